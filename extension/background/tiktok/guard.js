/**
 * Where the browser does not heed a `Permissions-Policy` that rules add, a script in TikTok's pages denies visitors'
 * pages the same things. It runs only while the visitor's defence is on: by itself in every tab, or, where somebody is
 * signed in in another cookie store, put into each page of a visitor's when it begins.
 */

import { api, heedsPermissionsPolicy } from '../../shared/browser.js';
import { makeQueue } from '../../shared/queue.js';
import { hostOf, isWithin } from '../../shared/site.js';
import { levelNow, onLevelChange, visitorTabs } from '../rules/level.js';
import { replaceScripts } from '../rules/page-scripts.js';

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
  guard();
  api.webNavigation.onCommitted.addListener(guardFrame);
}

/** @param {{ tabId: number, frameId: number, url: string }} frame */
async function guardFrame({ tabId, frameId, url }) {
  if (!isWithin(hostOf(url), 'tiktok.com') || !(await visitorTabs()).includes(tabId)) return;
  const target = { tabId, frameIds: [frameId] };
  await api.scripting.executeScript({ target, files: SCRIPT.js ?? [], world: 'MAIN', injectImmediately: true });
}

const queued = makeQueue();

/**
 * Registers or removes the script, one change after the other. An update of the extension makes the browser forget it.
 */
function guard() {
  return queued(guardNow).catch((error) => console.error('Detick: the guard could not be set.', error));
}

async function guardNow() {
  await replaceScripts([ID], (await levelNow()) === 'visitor' ? [SCRIPT] : []);
}
