/**
 * Sees every request while the log is open, and only then: the listeners are this page's own, so a closed log costs
 * nothing.
 *
 * @import { RequestDetails } from '../types.js'
 * @import { Tab } from './judge.js'
 */

import { api } from '../shared/browser.js';

/** @typedef {(details: RequestDetails, tab: Tab | undefined) => void} See */

/** Not our own files. */
const WEB = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'];

/** @type {Map<number, Tab>} */
const tabs = new Map();

/** Requests that have left, until they end: what is said of them was said. @type {Set<string>} */
const left = new Set();

/**
 * Any of webRequest's events: each has listeners of another type, of which all take a `RequestDetails`.
 *
 * @typedef {{ addListener(react: never, filter: chrome.webRequest.RequestFilter): void }} WebRequestEvent
 */

/**
 * Calls `see` once for each request, when it is clear whether it leaves, and for each address that it is redirected to.
 *
 * @param {See} see
 */
export async function observe(see) {
  const everything = { urls: WEB };
  /** @param {WebRequestEvent} event @param {(details: RequestDetails) => void} react */
  const listen = (event, react) => event.addListener(/** @type {never} */ (react), everything);
  await followTabs();
  const tell = (/** @type {RequestDetails} */ details) => see(details, tabs.get(details.tabId));
  listen(api.webRequest.onSendHeaders, (details) => {
    left.add(details.requestId);
    arrive(details);
    tell(details);
  });
  listen(api.webRequest.onBeforeRedirect, (details) => {
    // The next address is another matter, which may be stopped.
    if (!left.delete(details.requestId)) tell(details);
  });
  const end = (/** @type {RequestDetails} */ details) => {
    if (!left.delete(details.requestId)) tell(details);
  };
  listen(api.webRequest.onCompleted, end);
  listen(api.webRequest.onErrorOccurred, end);
}

/** A tab is at a new page as soon as that is asked for. @param {RequestDetails} details */
function arrive({ type, tabId, url }) {
  if (type === 'main_frame') tabs.set(tabId, { isPrivate: false, ...tabs.get(tabId), url });
}

async function followTabs() {
  api.tabs.onUpdated.addListener((_, __, tab) => learn(tab));
  api.tabs.onCreated.addListener(learn);
  api.tabs.onRemoved.addListener((id) => tabs.delete(id));
  for (const tab of await api.tabs.query({})) learn(tab);
}

/** @param {chrome.tabs.Tab} tab */
function learn({ id = api.tabs.TAB_ID_NONE, url = '', incognito }) {
  tabs.set(id, { url, isPrivate: incognito });
}
