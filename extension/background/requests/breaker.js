/**
 * Addresses that insist on what cleaning takes out of them: a site that puts a parameter back sends the browser, or its
 * own page, in a circle. What comes back dirty right after it was cleaned is let pass, and left alone while the page
 * lives.
 *
 * All of this is kept in memory. A background that dies forgets it, and a circle has to begin anew before it is broken
 * anew.
 */

import { api } from '../../shared/browser.js';
import { hostOf } from '../../shared/site.js';

const SOON_MS = 10_000;
/** How often an address may be made clean in that time, in one tab: people open links twice, nobody does so thrice. */
const TIMES = 2;

/**
 * @typedef {object} Tab
 * @property {Set<string>} chains what leads from one address to the next until the tab shows another page
 * @property {Map<string, Made>} made clean addresses
 *
 * @typedef {object} Made
 * @property {number} ms when last, since 1970
 * @property {number} times
 * @property {boolean} isLeft whether it comes back
 */

/** @type {Map<number, Tab>} */
const tabs = new Map();

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.webNavigation.onCommitted.addListener(({ tabId, frameId, url, documentLifecycle }) => {
    if (frameId !== 0 || documentLifecycle === 'prerender') return;
    if (url === 'about:blank')
      tabs.delete(tabId); // the person began anew
    else if (hostOf(url) !== '') arrive(tabId, hostOf(url));
  });
  api.tabs.onRemoved.addListener((tabId) => tabs.delete(tabId));
}

/**
 * Notes that an address is about to be cleaned, unless it comes back.
 *
 * @param {number} tabId
 * @param {string} clean what would be made of it
 * @param {string} chain a name for what led here: whatever is cleaned twice in one chain is in a circle
 * @param {number} [now] ms since 1970
 * @returns {'no' | 'in this tab' | 'always'} whether it comes back: by itself, whoever asks, or as far as one can see
 *   in this tab
 */
export function comesBack(tabId, clean, chain, now = Date.now()) {
  const tab = tabs.get(tabId) ?? { chains: new Set(), made: new Map() };
  tabs.set(tabId, tab);
  const before = tab.made.get(clean);
  const times = before && now - before.ms < SOON_MS ? before.times : 0;
  const isCircle = tab.chains.has(chain);
  const isLeft = isCircle || before?.isLeft === true || times >= TIMES;
  tab.chains.add(chain);
  tab.made.set(clean, { ms: now, times: times + 1, isLeft });
  if (isCircle) return 'always';
  return isLeft ? 'in this tab' : 'no';
}

/** A tab shows another page: what the last one insisted on goes with it. @param {number} tabId @param {string} host */
function arrive(tabId, host) {
  const tab = tabs.get(tabId);
  if (!tab) return;
  tab.chains.clear();
  const now = Date.now();
  for (const [clean, { ms, isLeft }] of tab.made) {
    if (isLeft ? hostOf(clean) !== host : now - ms >= SOON_MS) tab.made.delete(clean);
  }
}
