/**
 * Tabs whose page was there before Detick: installed, switched on or updated later, it does not know what that page did
 * until then. Sole writer of storage.session `openBefore`, which names tabs and no pages.
 */

import { api } from '../../shared/browser.js';
import { hostOf } from '../../shared/site.js';
import * as keys from '../../stored/keys.js';

/** Tabs that went on, or were closed, in this life of the background. @type {Set<number>} */
const gone = new Set();

/** Tabs as stored; nothing while they are being read. @type {Set<number> | undefined} */
let known;

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.webNavigation.onCommitted.addListener(({ tabId, frameId, documentLifecycle }) => {
    if (frameId === 0 && documentLifecycle !== 'prerender') leave(tabId);
  });
  api.tabs.onRemoved.addListener(leave);
  begin().catch((error) => console.error('Detick: it is not known which pages were open before.', error));
}

/** The first life of a background since Detick was switched on finds nothing stored, and writes down what is open. */
async function begin() {
  const stored = await keys.get('openBefore');
  const open = stored ?? (await api.tabs.query({})).filter(({ url }) => hostOf(url) !== '').map(({ id = -1 }) => id);
  known = new Set(open.filter((tabId) => tabId >= 0));
  const isNews = stored === undefined || open.some((tabId) => gone.has(tabId));
  for (const tabId of gone) known.delete(tabId);
  if (isNews) await keys.put('openBefore', [...known]);
}

/** @param {number} tabId */
function leave(tabId) {
  if (!known) gone.add(tabId);
  else if (known.delete(tabId)) keys.put('openBefore', [...known]);
}
