/**
 * What was stopped on the page of each tab, what that would have told, and how the page's address was cleaned.
 *
 * @import { Arrival, Learned, Passed, Stopped } from '../../types.js'
 */

import { siteOf } from '../../shared/site.js';
import { addLearned, addPassed, addStopped, keyOf } from '../../stored/tab-record.js';
import * as tabs from './tab-records.js';
import * as totals from './totals.js';
import * as visits from './visits.js';

/**
 * Counts one stopped request.
 *
 * @param {number} tabId
 * @param {Omit<Stopped, 'count'>} stopped
 * @param {string} pageUrl The page it was made for, as far as known.
 */
export function add(tabId, stopped, pageUrl) {
  totals.add(new Date());
  for (const id of tabsOf(tabId, pageUrl)) {
    addStopped(visits.recordFor(id, pageUrl), { ...stopped, count: 1 });
    tabs.changed(id);
  }
  if (tabId < 0) tabs.changed(tabId); // the total is written
}

/**
 * Counts one request that left though Detick would have stopped it.
 *
 * @param {number} tabId
 * @param {Omit<Passed, 'count'>} passed
 * @param {string} pageUrl The page it was made for, as far as known.
 */
export function pass(tabId, passed, pageUrl) {
  for (const id of tabsOf(tabId, pageUrl)) {
    addPassed(visits.recordFor(id, pageUrl), { ...passed, count: 1 });
    tabs.changed(id);
  }
}

/**
 * Remembers what a stopped request would have told, for as long as its page is open.
 *
 * @param {number} tabId
 * @param {Learned[]} facts
 * @param {string} pageUrl The page it was made for, as far as known.
 */
export function learn(tabId, facts, pageUrl) {
  for (const id of tabsOf(tabId, pageUrl)) {
    addLearned(visits.recordFor(id, pageUrl), facts);
    tabs.changed(id);
  }
}

/**
 * Remembers what a page says that it told, also while it is being left.
 *
 * @param {{ tabId: number, url: string, documentId?: string | undefined }} page
 * @param {Learned[]} facts
 */
export function learnOf({ tabId, url, documentId }, facts) {
  const record = tabs.lately(tabId, url, documentId);
  if (!record) return learn(tabId, facts, url);
  addLearned(record, facts);
  tabs.changedLeft(tabId);
}

/**
 * A worker that many pages share is in no tab: what it asks for, it asks for those that show its site.
 *
 * @param {number} tabId
 * @param {string} pageUrl
 */
function tabsOf(tabId, pageUrl) {
  return tabId >= 0 ? [tabId] : tabs.showing(siteOf(pageUrl));
}

/**
 * Remembers that a navigation was cleaned on its way; shown once the tab arrives. A worker that has just woken may be
 * slower than the tab: then it is the page's that came after.
 *
 * @param {number} tabId
 * @param {Arrival} arrival
 * @param {number} cleanedMs when, since 1970
 */
export function addArrival(tabId, arrival, cleanedMs) {
  const page = tabs.shown(tabId);
  if (page && cleanedMs < (page.sinceMs ?? 0)) {
    if (page.host !== siteOf(arrival.url)) return;
    tabs.cameBy(page, arrival);
    tabs.changed(tabId);
  } else {
    visits.comesBy(tabId, arrival);
  }
}

/**
 * The page changed its address without a navigation, and the new one was cleaned.
 *
 * @param {number} tabId
 * @param {Arrival} arrival
 */
export function tidied(tabId, arrival) {
  const record = tabs.pageOf(tabId, arrival.url);
  tabs.cameBy(record, arrival);
  record.page = keyOf(arrival.url);
  tabs.changed(tabId);
}

/**
 * The address that a tab's page was asked for before Detick cleaned it. It is not stored, so a worker that has just
 * woken knows of none.
 *
 * @param {{ tabId: number, url: string }} page the tab, and the address that it shows
 * @returns {Promise<string | undefined>}
 */
export async function originalAddress({ tabId, url }) {
  const record = tabs.shown(tabId);
  const arrival = record && tabs.arrivalOf(record);
  return arrival?.url === url ? arrival.from : undefined;
}
