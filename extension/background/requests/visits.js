/**
 * Which page a tab is at: it asks the network, the address answers (from then on requests are the new page's), the tab
 * shows the page, and leaves it, perhaps to come back.
 *
 * @import { Arrival, TabRecord } from '../../types.js'
 */

import { api, BLOCKED_ERROR, showsBlocked } from '../../shared/browser.js';
import { askedFor } from '../../shared/level.js';
import { siteOf } from '../../shared/site.js';
import { emptyRecord, keyOf, merged, tellsSomething } from '../../stored/tab-record.js';
import * as tabs from './tab-records.js';

/**
 * The page that a tab is about to show: its address has answered, but the tab has not switched yet.
 *
 * @type {Map<number, TabRecord>}
 */
const coming = new Map();

/**
 * Where browsers let us answer: what tabs have asked the network for and do not show yet, where it was sent last.
 *
 * @type {Map<number, { requestId: string, url: string }>}
 */
const asking = new Map();

/** How the addresses of navigations under way were cleaned. @type {Map<number, Arrival>} */
const arrivals = new Map();

/**
 * @typedef {object} Committed What both browsers tell of a navigation that a tab has made.
 * @property {number} tabId
 * @property {number} frameId
 * @property {string} url
 * @property {number} timeStamp ms since 1970
 * @property {string} [documentId] Chromium: the same for a document that comes back
 * @property {string} [documentLifecycle] Chromium
 * @property {string[]} [transitionQualifiers]
 */

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.webNavigation.onCommitted.addListener((details) => {
    if (details.frameId === 0 && !isHidden(details) && !isUnwrapping(details.url)) {
      commit({ ...details, url: askedFor(details.url) });
    }
  });
  api.webNavigation.onErrorOccurred.addListener((details) => {
    if (details.frameId !== 0) return;
    if (showsBlocked && details.error === BLOCKED_ERROR) commit(details);
    else if (!isEarlier(details)) abandon(details.tabId);
  });
  api.tabs.onRemoved.addListener((tabId) => {
    forget(tabId);
    tabs.forget(tabId);
  });
  tabs.restore();
}

/**
 * A tab asks the network for its next page, which will not be one out of memory, or is sent elsewhere for it.
 *
 * @param {{ tabId: number, requestId: string, url: string }} details
 */
export function ask({ tabId, requestId, url }) {
  if (asking.get(tabId)?.requestId !== requestId) arrivals.delete(tabId); // of a navigation that came to nothing
  asking.set(tabId, { requestId, url });
}

/**
 * A page's address has answered: requests from now on are the new page's, though the tab still shows the old one.
 *
 * @param {number} tabId
 * @param {string} url
 */
export function begin(tabId, url) {
  coming.set(tabId, emptyRecord(url));
}

/** The tab shows another page: one that it asked for, or one that the browser kept. @param {Committed} details */
function commit(details) {
  const { tabId } = details;
  if (isEarlier(details)) return void tabs.show(tabId, returned(details, false) ?? pageAt(details));
  const wasAsked = asking.has(tabId);
  const [prepared, arrival] = [coming.get(tabId), arrivals.get(tabId)];
  forget(tabId);
  const record = returned(details, wasAsked) ?? arrived(details, prepared, arrival);
  tabs.show(tabId, record)?.then(() => resume(details, wasAsked, record));
}

/**
 * Firefox may tell what became of a page when the tab has asked for the next one already: nothing of that one is the
 * earlier page's.
 *
 * @param {{ tabId: number, url: string }} details
 */
function isEarlier({ tabId, url }) {
  const next = asking.get(tabId);
  return next !== undefined && siteOf(next.url) !== siteOf(url);
}

/**
 * A worker that was woken by a page's return learns only now what was stopped on it.
 *
 * @param {Committed} details
 * @param {boolean} wasAsked
 * @param {TabRecord} record what has been counted on it since
 */
function resume(details, wasAsked, record) {
  const earlier = tabs.shown(details.tabId) === record && returned(details, wasAsked);
  if (earlier) tabs.replace(details.tabId, merged(earlier, record));
}

/**
 * The record of a page that the browser kept and shows again.
 *
 * @param {Committed} details
 * @param {boolean} wasAsked then it is another page at the same address
 * @returns {TabRecord | undefined}
 */
function returned({ tabId, url, documentId, transitionQualifiers }, wasAsked) {
  const isBack = !wasAsked && transitionQualifiers?.includes('forward_back');
  return tabs.takeLeft(tabId, (one) =>
    documentId ? one.documentId === documentId : isBack === true && one.page === keyOf(url),
  );
}

/**
 * The record of a page that was loaded.
 *
 * @param {Committed} details
 * @param {TabRecord} [prepared] begun when its address answered
 * @param {Arrival} [arrival] how an address was cleaned on the way
 * @returns {TabRecord}
 */
function arrived(details, prepared, arrival) {
  const record = pageAt(details, prepared);
  if (arrival && siteOf(arrival.url) === record.host) tabs.cameBy(record, arrival);
  return record;
}

/** @param {Committed} details @param {TabRecord} [prepared] @returns {TabRecord} */
function pageAt({ url, documentId, timeStamp }, prepared) {
  const known = prepared?.host === siteOf(url) ? prepared : emptyRecord(url);
  return { ...known, page: keyOf(url), documentId, sinceMs: timeStamp };
}

/** A navigation came to nothing (a download, say): its requests belong to the page that stays. @param {number} tabId */
function abandon(tabId) {
  const record = coming.get(tabId);
  forget(tabId);
  if (record && tellsSomething(record)) tabs.replace(tabId, merged(tabs.pageOf(tabId, ''), record));
}

/**
 * The address of a navigation under way was cleaned.
 *
 * @param {number} tabId
 * @param {Arrival} arrival
 */
export function comesBy(tabId, arrival) {
  arrivals.set(tabId, tabs.followed(arrivals.get(tabId), arrival));
}

/**
 * An address on the site that a tab shows, or is about to, as far as this life of the worker knows it: no more of it is
 * remembered.
 *
 * @param {number} tabId
 */
export function pageUrl(tabId) {
  const host = (coming.get(tabId) ?? tabs.shown(tabId))?.host;
  return host ? `https://${host}/` : undefined;
}

/**
 * Whether a tab shows an address, or is about to.
 *
 * @param {number} tabId
 * @param {string} url
 */
export function isAbout(tabId, url) {
  return (coming.get(tabId) ?? tabs.shown(tabId))?.page === keyOf(url);
}

/**
 * The record that a request belongs to. Firefox tells of a page's first requests before it tells that the tab shows
 * that page.
 *
 * @param {number} tabId
 * @param {string} pageUrl
 */
export function recordFor(tabId, pageUrl) {
  const site = siteOf(pageUrl);
  const isNext = asking.has(tabId) && site !== '' && site !== tabs.shown(tabId)?.host;
  if (isNext && coming.get(tabId)?.host !== site) begin(tabId, pageUrl);
  return coming.get(tabId) ?? tabs.pageOf(tabId, pageUrl);
}

/**
 * A page that is being prepared in secret must not reset the tab it may replace.
 *
 * @param {{ documentLifecycle?: string }} details
 */
function isHidden(details) {
  return details.documentLifecycle === 'prerender';
}

/**
 * The page that unwraps leaves at once for where the link leads: that is what the tab arrives at.
 *
 * @param {string} url
 */
function isUnwrapping(url) {
  return url.startsWith(`${api.runtime.getURL('')}unwrap.html`); // asked for the file itself, Chromium names a changing address
}

/** @param {number} tabId whose navigation has ended, or that was closed */
function forget(tabId) {
  coming.delete(tabId);
  arrivals.delete(tabId);
  asking.delete(tabId);
}
