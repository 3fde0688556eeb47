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

/** Tabs that have asked the network for their next page. @type {Set<number>} */
const asking = new Set();

/** Cleaned addresses of navigations under way. @type {Map<number, Arrival>} */
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
    else abandon(details.tabId);
  });
  api.tabs.onRemoved.addListener((tabId) => {
    forget(tabId);
    tabs.forget(tabId);
  });
  tabs.restore();
}

/**
 * A tab asks the network for its next page: it will not be one out of memory.
 *
 * @param {number} tabId
 */
export function ask(tabId) {
  asking.add(tabId);
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
  const wasAsked = asking.delete(tabId);
  const prepared = coming.get(tabId);
  coming.delete(tabId);
  const record = returned(details, wasAsked) ?? arrived(details, prepared);
  tabs.show(tabId, record)?.then(() => resume(details, wasAsked, record));
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

/** @param {Committed} details @param {TabRecord | undefined} prepared @returns {TabRecord} of a page that was loaded */
function arrived({ tabId, url, documentId, timeStamp }, prepared) {
  const known = prepared?.host === siteOf(url) ? prepared : emptyRecord(url);
  const record = { ...known, page: keyOf(url), documentId, sinceMs: timeStamp };
  const arrival = arrivals.get(tabId);
  arrivals.delete(tabId);
  if (arrival && siteOf(arrival.url) === record.host) tabs.cameBy(record, arrival);
  return record;
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
  if (isNext && !coming.has(tabId)) begin(tabId, pageUrl);
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
