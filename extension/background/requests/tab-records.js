/**
 * The page that each tab shows, and those that it has left, with what was stopped on them; sole writer of
 * storage.session `tab:ID` and `left:ID`.
 *
 * Stored is what was stopped, never where somebody was: no address of a page, and nothing at all of pages where nothing
 * was.
 *
 * The maps here are caches: they are written 200 ms after the last change and at most 1 s after the first, and read
 * back when a worker wakes. Nothing here is awaited by a decision: in Firefox a read of storage.session can take long.
 *
 * @import { Arrival, TabRecord } from '../../types.js'
 */

import { quoted } from '../../engine/lines.js';
import { api } from '../../shared/browser.js';
import { askedFor } from '../../shared/level.js';
import { siteOf } from '../../shared/site.js';
import {
  asLeft,
  asStored,
  emptyRecord,
  fillLines,
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

/**
 * Pages that a tab has left, latest first: the browser may show one again without asking for anything.
 *
 * @type {Map<number, TabRecord[]>}
 */
const left = new Map();

/** Tabs whose left pages are to be written. @type {Set<number>} */
const moved = new Set();

/** Tabs whose record began in this life of the worker; the others need what storage holds. @type {Set<number>} */
const begun = new Set();

/** Tabs to be written. @type {Set<number>} */
const dirty = new Set();

/** Cleaned addresses of pages that are shown; only for this life of the worker. @type {WeakMap<TabRecord, Arrival>} */
const originals = new WeakMap();

/** Keys that storage holds. @type {Set<string>} */
const written = new Set();

/** @type {Promise<void> | undefined} */
let restoring;

/** @param {number} tabId @returns {TabRecord | undefined} of the page that a tab shows, as far as known */
export function shown(tabId) {
  return pages.get(tabId);
}

/**
 * The record of a page that a tab has just left, and that still has something to say.
 *
 * @param {number} tabId
 * @param {string} url of the page that says it
 * @param {string} [documentId] Chromium: the same
 * @returns {TabRecord | undefined} nothing if the tab shows that page, or nothing is known of it
 */
export function lately(tabId, url, documentId) {
  const isIt = (/** @type {TabRecord} */ one) =>
    documentId && one.documentId ? one.documentId === documentId : one.page === keyOf(url);
  const page = pages.get(tabId);
  return page && isIt(page) ? undefined : left.get(tabId)?.find(isIt);
}

/** What is known of a page that a tab has left has changed. @param {number} tabId */
export function changedLeft(tabId) {
  moved.add(tabId);
  changed(tabId);
}

/** @param {string} site @returns {number[]} tabs that show a page of it, as far as known */
export function showing(site) {
  return [...pages].filter(([, record]) => site !== '' && record.host === site).map(([tabId]) => tabId);
}

/**
 * A tab shows another page; the one of before is left.
 *
 * @param {number} tabId
 * @param {TabRecord} record of the page
 * @returns {Promise<void> | undefined} for the first in this life of the worker: when it is known what storage holds
 */
export function show(tabId, record) {
  const before = pages.get(tabId);
  if (before) leave(tabId, before);
  pages.set(tabId, record);
  changed(tabId);
  const isFirst = !begun.has(tabId);
  const known = isFirst ? restore() : undefined;
  begun.add(tabId);
  return known;
}

/**
 * The page that a tab shows is to be counted on from another record.
 *
 * @param {number} tabId
 * @param {TabRecord} record
 */
export function replace(tabId, record) {
  pages.set(tabId, record);
  changed(tabId);
}

/**
 * Takes the record of a page out of those that a tab has left.
 *
 * @param {number} tabId
 * @param {(record: TabRecord) => boolean} isIt
 * @returns {TabRecord | undefined}
 */
export function takeLeft(tabId, isIt) {
  const known = left.get(tabId) ?? [];
  const record = known.find(isIt);
  if (record)
    setLeft(
      tabId,
      known.filter((one) => one !== record),
    );
  return record;
}

/**
 * @param {number} tabId
 * @param {string} url of the page, if the tab is not known yet
 * @returns {TabRecord} to be added to
 */
export function pageOf(tabId, url) {
  const record = pages.get(tabId) ?? emptyRecord(url);
  pages.set(tabId, record);
  return record;
}

/** @param {TabRecord} record @param {Arrival} arrival how its page was come to */
export function cameBy(record, arrival) {
  const whole = followed(originals.get(record), arrival);
  originals.set(record, whole);
  record.arrival = { removed: whole.removed, unwrapped: whole.unwrapped };
}

/** @param {TabRecord} record @returns {Arrival | undefined} how its page was come to, in this life of the worker */
export function arrivalOf(record) {
  return originals.get(record);
}

/**
 * @param {Arrival | undefined} before
 * @param {Arrival} arrival
 * @returns {Arrival} both as one, if one led to the other
 */
export function followed(before, arrival) {
  return before?.url === arrival.from ? joined(before, arrival) : arrival;
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

/** @param {number} tabId that was closed */
export function forget(tabId) {
  for (const tabs of [pages, left, moved, begun, dirty]) tabs.delete(tabId);
  api.storage.session.remove([`tab:${tabId}`, `left:${tabId}`]);
}

/** Reads back what the worker's last life had written, and asks what the tabs show; once. */
export function restore() {
  restoring ??= Promise.all([api.storage.session.get(null), api.tabs.query({})]).then(([stored, tabs]) => {
    const showing = new Map(tabs.map(({ id = api.tabs.TAB_ID_NONE, url = '' }) => [id, askedFor(url)]));
    for (const [key, value] of Object.entries(stored)) {
      const [kind, id] = key.split(':');
      if (kind !== 'tab' && kind !== 'left') continue;
      written.add(key);
      if (kind === 'tab' && isTabRecord(value)) restorePage(Number(id), value, showing.get(Number(id)));
      if (kind === 'left' && Array.isArray(value))
        left.set(Number(id), [...(left.get(Number(id)) ?? []), ...value.filter(isTabRecord)]);
    }
    for (const [tabId, url] of showing) if (url && !pages.has(tabId)) pages.set(tabId, emptyRecord(url));
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

/** What is known of a tab has changed. @param {number} tabId */
export function changed(tabId) {
  dirty.add(tabId);
  const now = Date.now();
  oldestChangeMs ||= now;
  clearTimeout(flushTimer);
  flushTimer = setTimeout(flush, Math.max(0, Math.min(SOFT_FLUSH_MS, oldestChangeMs + HARD_FLUSH_MS - now)));
}

/** @param {number} tabId @returns {TabRecord[]} of the page that it shows, and of those it has left */
function recordsOf(tabId) {
  const page = pages.get(tabId);
  return [...(page ? [page] : []), ...(left.get(tabId) ?? [])];
}

/** Paints the badges and writes what changed, with the lines that were read meanwhile. */
export async function flush() {
  oldestChangeMs = 0;
  await restore();
  const tabIds = [...dirty];
  dirty.clear();
  const painted = tabIds.map((tabId) => badge.show(tabId, pages.get(tabId)?.count ?? 0));
  await Promise.all(tabIds.flatMap(recordsOf).map((record) => fillLines(record, quoted)));
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
  await Promise.all([
    Object.keys(records).length > 0 && api.storage.session.set(records),
    gone.length > 0 && api.storage.session.remove(gone),
    totals.save(),
    ...painted,
  ]);
}
