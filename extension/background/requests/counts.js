/**
 * What was stopped on the page of each tab; sole writer of storage.session `tab:ID` and `left:ID`.
 *
 * Stored is what was stopped, never where somebody was: no address of a page, and nothing at all of pages where nothing was.
 *
 * The maps here are caches: they are written 200 ms after the last change and at most 1 s after the first, and read back
 * when a worker wakes. Nothing here is awaited by a decision: in Firefox a read of storage.session can take long.
 *
 * @import { Arrival, Fact, Stopped, TabRecord } from '../../types.js'
 */

import { api, BLOCKED_ERROR, showsBlocked } from '../../shared/browser.js';
import { askedFor } from '../../shared/level.js';
import { siteOf } from '../../shared/site.js';
import {
  addLearned,
  addStopped,
  asLeft,
  asStored,
  emptyRecord,
  isTabRecord,
  joined,
  keyOf,
  merged,
  tellsSomething,
} from '../../stored/tab-record.js';
import * as badge from '../icon/badge.js';
import * as totals from './totals.js';

const SOFT_FLUSH_MS = 200;
const HARD_FLUSH_MS = 1000;

/** Pages that a tab may go back to with their numbers. */
const LEFT_KEPT = 8;

/** The page that each tab shows. @type {Map<number, TabRecord>} */
const pages = new Map();

/** The page that a tab is about to show: its address has answered, but the tab has not switched yet. @type {Map<number, TabRecord>} */
const coming = new Map();

/** Pages that a tab has left, latest first: the browser may show one again without asking for anything. @type {Map<number, TabRecord[]>} */
const left = new Map();

/** Tabs whose left pages are to be written. @type {Set<number>} */
const moved = new Set();

/** Tabs that have asked the network for their next page. @type {Set<number>} */
const asking = new Set();

/** Tabs whose record began in this life of the worker; the others need what storage holds. @type {Set<number>} */
const begun = new Set();

/** Tabs to be written. @type {Set<number>} */
const dirty = new Set();

/** Cleaned addresses of navigations under way. @type {Map<number, Arrival>} */
const arrivals = new Map();

/** Cleaned addresses of pages that are shown; only for this life of the worker. @type {WeakMap<TabRecord, Arrival>} */
const originals = new WeakMap();

/** Keys that storage holds. @type {Set<string>} */
const written = new Set();

/** @type {Promise<void> | undefined} */
let restoring;

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
  api.tabs.onRemoved.addListener(forget);
  restore();
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
  const before = pages.get(tabId);
  const record = returned(details, wasAsked) ?? arrived(details, prepared);
  if (before) leave(tabId, before);
  pages.set(tabId, record);
  changed(tabId);
  if (!begun.has(tabId)) restore().then(() => resume(details, wasAsked, record));
  begun.add(tabId);
}

/**
 * A worker that was woken by a page's return learns only now what was stopped on it.
 *
 * @param {Committed} details
 * @param {boolean} wasAsked
 * @param {TabRecord} record what has been counted on it since
 */
function resume(details, wasAsked, record) {
  const earlier = pages.get(details.tabId) === record && returned(details, wasAsked);
  if (!earlier) return;
  pages.set(details.tabId, merged(earlier, record));
  changed(details.tabId);
}

/**
 * The record of a page that the browser kept and shows again.
 *
 * @param {Committed} details
 * @param {boolean} wasAsked then it is another page at the same address
 * @returns {TabRecord | undefined}
 */
function returned({ tabId, url, documentId, transitionQualifiers }, wasAsked) {
  const known = left.get(tabId) ?? [];
  const isBack = !wasAsked && transitionQualifiers?.includes('forward_back');
  const record = known.find((one) => (documentId ? one.documentId === documentId : isBack && one.page === keyOf(url)));
  if (record)
    setLeft(
      tabId,
      known.filter((one) => one !== record),
    );
  return record;
}

/** @param {Committed} details @param {TabRecord | undefined} prepared @returns {TabRecord} of a page that was loaded */
function arrived({ tabId, url, documentId, timeStamp }, prepared) {
  const known = prepared?.host === siteOf(url) ? prepared : emptyRecord(url);
  const record = { ...known, page: keyOf(url), documentId, sinceMs: timeStamp };
  const arrival = arrivals.get(tabId);
  arrivals.delete(tabId);
  if (arrival && siteOf(arrival.url) === record.host) cameBy(record, arrival);
  return record;
}

/** @param {TabRecord} record @param {Arrival} arrival how its page was come to */
function cameBy(record, arrival) {
  const whole = followed(originals.get(record), arrival);
  originals.set(record, whole);
  record.arrival = { removed: whole.removed, unwrapped: whole.unwrapped };
}

/** @param {number} tabId @param {TabRecord} record */
function leave(tabId, record) {
  const known = left.get(tabId) ?? [];
  const others = known.filter((one) => one.page !== record.page || one.documentId !== record.documentId);
  if (record.host && tellsSomething(record)) setLeft(tabId, [keptOf(record), ...others].slice(0, LEFT_KEPT));
  else if (others.length < known.length) setLeft(tabId, others);
}

/** @param {TabRecord} record @returns {TabRecord} */
function keptOf(record) {
  const kept = asLeft(record);
  const original = originals.get(record);
  if (original) originals.set(kept, original);
  return kept;
}

/** @param {number} tabId @param {TabRecord[]} records */
function setLeft(tabId, records) {
  left.set(tabId, records);
  moved.add(tabId);
}

/** A navigation came to nothing (a download, say): its requests belong to the page that stays. @param {number} tabId */
function abandon(tabId) {
  const record = coming.get(tabId);
  coming.delete(tabId);
  arrivals.delete(tabId);
  asking.delete(tabId);
  if (!record?.count) return;
  pages.set(tabId, merged(pageOf(tabId, ''), record));
  changed(tabId);
}

/**
 * Counts one stopped request.
 *
 * @param {number} tabId
 * @param {Omit<Stopped, 'count'>} stopped
 * @param {string} pageUrl The page it was made for, as far as known.
 */
export function add(tabId, stopped, pageUrl) {
  totals.add(new Date());
  if (tabId >= 0) addStopped(recordFor(tabId, pageUrl), { ...stopped, count: 1 });
  changed(tabId);
}

/**
 * Remembers what a stopped request would have told, for as long as its page is open.
 *
 * @param {number} tabId
 * @param {Fact[]} facts
 * @param {string} pageUrl The page it was made for, as far as known.
 */
export function learn(tabId, facts, pageUrl) {
  if (tabId < 0) return;
  addLearned(recordFor(tabId, pageUrl), facts);
  changed(tabId);
}

/**
 * Remembers that a navigation was cleaned on its way; shown once the tab arrives. A worker that has just woken may be slower than the
 * tab: then it is the page's that came after.
 *
 * @param {number} tabId
 * @param {Arrival} arrival
 * @param {number} cleanedMs when, since 1970
 */
export function addArrival(tabId, arrival, cleanedMs) {
  const page = pages.get(tabId);
  if (page && cleanedMs < (page.sinceMs ?? 0)) {
    if (page.host !== siteOf(arrival.url)) return;
    cameBy(page, arrival);
    changed(tabId);
  } else {
    arrivals.set(tabId, followed(arrivals.get(tabId), arrival));
  }
}

/** @param {Arrival | undefined} before @param {Arrival} arrival @returns {Arrival} both as one, if one led to the other */
function followed(before, arrival) {
  return before?.url === arrival.from ? joined(before, arrival) : arrival;
}

/**
 * The page changed its address without a navigation, and the new one was cleaned.
 *
 * @param {number} tabId
 * @param {Arrival} arrival
 */
export function tidied(tabId, arrival) {
  const record = pageOf(tabId, arrival.url);
  cameBy(record, arrival);
  record.page = keyOf(arrival.url);
  changed(tabId);
}

/**
 * The address that a tab's page was asked for before Detick cleaned it. It is not stored, so a worker that has just woken knows of none.
 *
 * @param {{ tabId: number, url: string }} page the tab, and the address that it shows
 * @returns {Promise<string | undefined>}
 */
export async function originalAddress({ tabId, url }) {
  const record = pages.get(tabId);
  const arrival = record && originals.get(record);
  return arrival?.url === url ? arrival.from : undefined;
}

/**
 * An address on the site that a tab shows, or is about to, as far as this life of the worker knows it: no more of it is remembered.
 *
 * @param {number} tabId
 */
export function pageUrl(tabId) {
  const host = (coming.get(tabId) ?? pages.get(tabId))?.host;
  return host ? `https://${host}/` : undefined;
}

/**
 * Whether a tab shows an address, or is about to.
 *
 * @param {number} tabId
 * @param {string} url
 */
export function isAbout(tabId, url) {
  return (coming.get(tabId) ?? pages.get(tabId))?.page === keyOf(url);
}

/**
 * The record that a request belongs to. Firefox tells of a page's first requests before it tells that the tab shows that page.
 *
 * @param {number} tabId
 * @param {string} pageUrl
 */
function recordFor(tabId, pageUrl) {
  const site = siteOf(pageUrl);
  const isNext = asking.has(tabId) && site !== '' && site !== pages.get(tabId)?.host;
  if (isNext && !coming.has(tabId)) begin(tabId, pageUrl);
  return coming.get(tabId) ?? pageOf(tabId, pageUrl);
}

/** @param {number} tabId @param {string} url */
function pageOf(tabId, url) {
  const record = pages.get(tabId) ?? emptyRecord(url);
  pages.set(tabId, record);
  return record;
}

/** A page that is being prepared in secret must not reset the tab it may replace. @param {{ documentLifecycle?: string }} details */
function isHidden(details) {
  return details.documentLifecycle === 'prerender';
}

/** The page that unwraps leaves at once for where the link leads: that is what the tab arrives at. @param {string} url */
function isUnwrapping(url) {
  return url.startsWith(`${api.runtime.getURL('')}unwrap.html`); // asked for the file itself, Chromium names a changing address
}

/** @param {number} tabId */
function forget(tabId) {
  for (const tabs of [pages, coming, left, moved, arrivals, asking, begun, dirty]) tabs.delete(tabId);
  api.storage.session.remove([`tab:${tabId}`, `left:${tabId}`]);
}

/** Reads back what the worker's last life had written, and asks what the tabs show; once. */
function restore() {
  restoring ??= Promise.all([api.storage.session.get(null), api.tabs.query({})]).then(([stored, tabs]) => {
    const shown = new Map(tabs.map(({ id = api.tabs.TAB_ID_NONE, url = '' }) => [id, askedFor(url)]));
    for (const [key, value] of Object.entries(stored)) {
      const [kind, id] = key.split(':');
      if (kind !== 'tab' && kind !== 'left') continue;
      written.add(key);
      if (kind === 'tab' && isTabRecord(value)) restorePage(Number(id), value, shown.get(Number(id)));
      if (kind === 'left' && Array.isArray(value))
        left.set(Number(id), [...(left.get(Number(id)) ?? []), ...value.filter(isTabRecord)]);
    }
    for (const [tabId, url] of shown) if (url && !pages.has(tabId)) pages.set(tabId, emptyRecord(url));
  });
  return restoring;
}

/**
 * @param {number} tabId
 * @param {TabRecord} before
 * @param {string | undefined} shown the address that the tab shows, if it is still there
 */
function restorePage(tabId, before, shown) {
  if (begun.has(tabId)) return leave(tabId, before);
  if (shown && siteOf(shown) !== before.host) return leave(tabId, before); // it went on, and the worker died over that
  const here = pages.get(tabId);
  pages.set(tabId, here ? merged(before, here) : before);
  badge.recall(tabId, pages.get(tabId)?.count ?? 0);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let flushTimer;

/** When the oldest unwritten change happened, ms; 0 if all is written. */
let oldestChangeMs = 0;

/** @param {number} tabId */
function changed(tabId) {
  dirty.add(tabId);
  const now = Date.now();
  oldestChangeMs ||= now;
  clearTimeout(flushTimer);
  flushTimer = setTimeout(flush, Math.max(0, Math.min(SOFT_FLUSH_MS, oldestChangeMs + HARD_FLUSH_MS - now)));
}

/** Writes what changed and paints the badges. */
export async function flush() {
  oldestChangeMs = 0;
  await restore();
  const tabIds = [...dirty];
  dirty.clear();
  /** @type {Record<string, TabRecord | TabRecord[]>} */
  const records = {};
  const empty = [];
  for (const tabId of tabIds) {
    const record = pages.get(tabId);
    if (record && tellsSomething(record)) records[`tab:${tabId}`] = asStored(record);
    else empty.push(`tab:${tabId}`);
    if (!moved.delete(tabId)) continue;
    const before = left.get(tabId) ?? [];
    if (before.length > 0) records[`left:${tabId}`] = before.map(asStored);
    else empty.push(`left:${tabId}`);
  }
  const gone = empty.filter((key) => written.delete(key));
  for (const key of Object.keys(records)) written.add(key);
  const painted = tabIds.map((tabId) => badge.show(tabId, pages.get(tabId)?.count ?? 0));
  await Promise.all([
    Object.keys(records).length > 0 && api.storage.session.set(records),
    gone.length > 0 && api.storage.session.remove(gone),
    totals.save(),
    ...painted,
  ]);
}
