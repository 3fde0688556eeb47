/**
 * Where the browser does not heed a `Permissions-Policy` that rules add, a script in TikTok's pages denies visitors' pages the
 * same things. It runs only while the visitor's defence is on.
 */

import { api, heedsPermissionsPolicy } from '../shared/browser.js';
import { levelNow, onLevelChange } from './level.js';

const ID = 'guard';

/** @type {chrome.scripting.RegisteredContentScript} */
const SCRIPT = {
  id: ID,
  js: ['content/guard.js'],
  matches: ['*://*.tiktok.com/*'],
  allFrames: true,
  runAt: 'document_start',
  world: 'MAIN',
};

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  if (heedsPermissionsPolicy) return;
  onLevelChange(guard);
  api.runtime.onInstalled.addListener(guard);
}

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/** Registers or removes the script, one change after the other. An update of the extension makes the browser forget it. */
function guard() {
  last = last.then(guardNow).catch((error) => console.error('Detick: the guard could not be set.', error));
  return last;
}

async function guardNow() {
  const [level, present] = await Promise.all([levelNow(), api.scripting.getRegisteredContentScripts({ ids: [ID] })]);
  const wanted = level === 'visitor';
  if (wanted === present.length > 0) return;
  if (wanted) await api.scripting.registerContentScripts([SCRIPT]);
  else await api.scripting.unregisterContentScripts({ ids: [ID] });
}
