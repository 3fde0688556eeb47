/**
 * The requests of a page, for a report of it: as many as its record counts, with what is remembered of the last of
 * them.
 *
 * @import { Logged, Passed, Recent, Stopped, TabRecord } from '../types.js'
 */

import { hostOf } from '../shared/site.js';

/** More are not told apart in a file that anybody reads. */
const MOST_OF_KIND = 5000;

/**
 * @param {number} tabId
 * @param {TabRecord} record of the page that the tab shows
 * @param {Recent[]} recent what is remembered of all tabs, oldest first
 * @returns {Logged[]} oldest first; then those whose time is not known
 */
export function requestsOf(tabId, record, recent) {
  const inTab = recent.filter((one) => one.tabId === tabId && one.site === record.host);
  const base = { tabId, site: record.host, isPrivate: false, isEarlier: /** @type {const} */ (true) };
  const all = [
    ...record.stopped.flatMap((one) => asMany(one.count, inTab.filter(isOf(one)), () => stoppedOnce(one, base))),
    ...(record.passed ?? []).flatMap((one) =>
      asMany(one.count, inTab.filter(isPassedOf(one)), () => passedOnce(one, base)),
    ),
  ];
  const timed = all.filter(({ time }) => !Number.isNaN(time)).sort((one, other) => one.time - other.time);
  return [...timed, ...all.filter(({ time }) => Number.isNaN(time))];
}

/**
 * The last requests that are remembered: a tab may have shown the site before. What is not remembered is told without
 * its time.
 *
 * @param {number} count
 * @param {Recent[]} remembered oldest first
 * @param {() => Logged} otherwise
 * @returns {Logged[]}
 */
function asMany(count, remembered, otherwise) {
  const known = remembered.slice(-count).map(asLogged);
  const missing = Math.min(count, MOST_OF_KIND) - known.length;
  return [...Array.from({ length: Math.max(0, missing) }, otherwise), ...known];
}

/** @param {Recent} recent @returns {Logged} */
function asLogged({ from, ...recent }) {
  return { ...recent, asker: from && `https://${from}/`, isPrivate: false, isEarlier: true };
}

/** @param {Stopped} stopped @returns {(one: Recent) => boolean} */
const isOf =
  ({ url, type, action, filter }) =>
  (one) =>
    one.url === url && one.type === type && one.outcome === action && one.filter === filter;

/** @param {Passed} passed @returns {(one: Recent) => boolean} */
const isPassedOf =
  ({ why, host, filter }) =>
  (one) =>
    one.outcome === why && hostOf(one.url) === host && (filter === '' || one.filter === filter);

/** @typedef {Pick<Logged, 'tabId' | 'site' | 'isPrivate' | 'isEarlier'>} Base */

/** @param {Stopped} stopped @param {Base} base @returns {Logged} */
function stoppedOnce({ url, type, action, company, purpose, filter, list, line }, base) {
  const said = { company, purpose, filter, list, line };
  return { ...base, time: Number.NaN, type, method: '', url, asker: '', outcome: action, ...said };
}

/** Of what left, only the host is counted. @param {Passed} passed @param {Base} base @returns {Logged} */
function passedOnce({ host, why }, base) {
  const outcome = why === 'video' ? 'passed' : why;
  return { ...base, time: Number.NaN, type: 'other', method: '', url: `https://${host}/`, asker: '', outcome };
}
