/**
 * What was stopped in each tab; sole writer of storage.session `tab:ID`, and sole owner of the badge.
 *
 * The maps here are caches: they are written 200 ms after the last change and at most 1 s after the first, and read back
 * when a worker wakes. Nothing here is awaited by a decision: in Firefox a read of storage.session can take long.
 *
 * @import { Arrival, Settings, Stopped, TabRecord } from '../types.js'
 */

import { api } from '../shared/browser.js';
import { askedFor } from '../shared/level.js';
import * as settings from '../shared/settings.js';
import { siteOf } from '../shared/site.js';
import * as totals from './totals.js';

const SOFT_FLUSH_MS = 200;
const HARD_FLUSH_MS = 1000;
const KINDS_PER_TAB = 500;
const FLASH_MS = 1500;
const BADGE_COLOUR = '#0b7a55';

/** The page that each tab shows. @type {Map<number, TabRecord>} */
const pages = new Map();

/** The page that a tab is about to show: its address has answered, but the tab has not switched yet. @type {Map<number, TabRecord>} */
const coming = new Map();

/** Tabs whose record began in this life of the worker; the others need what storage holds. @type {Set<number>} */
const begun = new Set();

/** Tabs to be written. @type {Set<number>} */
const dirty = new Set();

/** Cleaned addresses of navigations under way. @type {Map<number, Arrival>} */
const arrivals = new Map();

/** @type {Promise<void> | undefined} */
let restoring;

let showsBadge = true;

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.webNavigation.onCommitted.addListener((details) => {
    if (details.frameId === 0 && !isHidden(details) && !isUnwrapping(details.url))
      commit(details.tabId, askedFor(details.url));
  });
  api.webNavigation.onErrorOccurred.addListener((details) => {
    if (details.frameId === 0) abandon(details.tabId);
  });
  api.tabs.onRemoved.addListener(forget);
  settings.follow(showBadge);
  api.action.setBadgeBackgroundColor({ color: BADGE_COLOUR });
  restore();
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

/**
 * The tab shows a new page.
 *
 * @param {number} tabId
 * @param {string} url
 */
export function commit(tabId, url) {
  const prepared = coming.get(tabId);
  coming.delete(tabId);
  const record = prepared && siteOf(prepared.url) === siteOf(url) ? prepared : emptyRecord(url);
  record.url = url;
  const arrival = arrivals.get(tabId);
  arrivals.delete(tabId);
  if (arrival && siteOf(arrival.url) === siteOf(url)) record.arrival = arrival;
  pages.set(tabId, record);
  begun.add(tabId);
  changed(tabId);
}

/** A navigation came to nothing (a download, say): its requests belong to the page that stays. @param {number} tabId */
function abandon(tabId) {
  const record = coming.get(tabId);
  coming.delete(tabId);
  arrivals.delete(tabId);
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
  if (tabId >= 0) count(coming.get(tabId) ?? pageOf(tabId, pageUrl), { ...stopped, count: 1 });
  changed(tabId);
}

/**
 * Remembers that a navigation was cleaned on its way; shown once the tab arrives.
 *
 * @param {number} tabId
 * @param {Arrival} arrival
 */
export function addArrival(tabId, arrival) {
  const before = arrivals.get(tabId);
  arrivals.set(tabId, before && before.url === arrival.from ? joined(before, arrival) : arrival);
}

/**
 * The page changed its address without a navigation, and the new one was cleaned.
 *
 * @param {number} tabId
 * @param {Arrival} arrival
 */
export function tidied(tabId, arrival) {
  const record = pageOf(tabId, arrival.url);
  const before = record.arrival?.url === arrival.from ? record.arrival : undefined;
  record.arrival = before ? joined(before, arrival) : arrival;
  record.url = arrival.url;
  changed(tabId);
}

/**
 * The host of the page in a tab as far as this life of the worker knows it.
 *
 * @param {number} tabId
 */
export function pageUrl(tabId) {
  return (coming.get(tabId) ?? pages.get(tabId))?.url;
}

/**
 * Shows a mark in place of the number for a moment: the answer to a menu or a shortcut.
 *
 * @param {number} tabId
 * @param {string} mark
 */
export async function flash(tabId, mark) {
  await setBadge(tabId, mark);
  await new Promise((done) => setTimeout(done, FLASH_MS));
  await paint(tabId);
}

/** @param {number} tabId @param {string} url */
function pageOf(tabId, url) {
  const record = pages.get(tabId) ?? emptyRecord(url);
  pages.set(tabId, record);
  return record;
}

/** @param {string} url @returns {TabRecord} */
function emptyRecord(url) {
  return { url, host: siteOf(url), count: 0, stopped: [] };
}

/** @param {TabRecord} record @param {Stopped} stopped */
function count(record, stopped) {
  record.count += stopped.count;
  const known = record.stopped.find((other) => isSameKind(other, stopped));
  if (known) known.count += stopped.count;
  else if (record.stopped.length < KINDS_PER_TAB) record.stopped.push(stopped);
}

/** @param {Stopped} one @param {Stopped} other */
function isSameKind(one, other) {
  return one.url === other.url && one.type === other.type && one.action === other.action && one.filter === other.filter;
}

/** @param {TabRecord} first @param {TabRecord} second @returns {TabRecord} */
function merged(first, second) {
  const record = { ...first, stopped: first.stopped.map((one) => ({ ...one })) };
  const listed = second.stopped.reduce((sum, one) => sum + one.count, 0);
  for (const one of second.stopped) count(record, one);
  record.count += second.count - listed;
  return record;
}

/** @param {Arrival} first @param {Arrival} second @returns {Arrival} One redirect after the other. */
function joined(first, second) {
  return {
    from: first.from,
    url: second.url,
    removed: [...first.removed, ...second.removed],
    unwrapped: [...first.unwrapped, ...second.unwrapped],
  };
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
  for (const map of [pages, coming, arrivals]) map.delete(tabId);
  begun.delete(tabId);
  dirty.delete(tabId);
  api.storage.session.remove(keyOf(tabId));
}

/** @param {number} tabId */
const keyOf = (tabId) => `tab:${tabId}`;

/** Reads back what the worker's last life had written; asked for once. */
function restore() {
  restoring ??= api.storage.session.get(null).then((stored) => {
    for (const [key, record] of Object.entries(stored)) {
      const tabId = Number(key.match(/^tab:(\d+)$/)?.[1] ?? Number.NaN);
      if (Number.isNaN(tabId) || begun.has(tabId)) continue;
      const here = pages.get(tabId);
      const before = /** @type {TabRecord} */ (record);
      pages.set(tabId, here ? merged(before, here) : before);
    }
  });
  return restoring;
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
  /** @type {Record<string, TabRecord>} */
  const records = {};
  for (const tabId of tabIds) {
    const record = pages.get(tabId);
    if (record) records[keyOf(tabId)] = record;
  }
  await Promise.all([api.storage.session.set(records), totals.save(), ...tabIds.map(paint)]);
}

/** @param {Settings} chosen */
async function showBadge(chosen) {
  if (showsBadge === chosen.badge) return;
  showsBadge = chosen.badge;
  await restore();
  await Promise.all([...pages.keys()].map(paint));
}

/** @param {number} tabId */
function paint(tabId) {
  const number = pages.get(tabId)?.count ?? 0;
  return setBadge(tabId, showsBadge && number > 0 ? short(number) : '');
}

/** @param {number} tabId @param {string} text */
async function setBadge(tabId, text) {
  if (tabId < 0) return;
  try {
    await api.action.setBadgeText({ tabId, text });
  } catch {
    // The tab closed meanwhile: there is nothing to paint.
  }
}

/** @param {number} number @returns {string} at most four characters, which is what a badge holds. */
function short(number) {
  return number < 1000 ? String(number) : `${Math.floor(number / 1000)}k`;
}
