/**
 * What is known of one page, as plain values: nothing here remembers anything.
 *
 * @import { Arrival, Fact, Stopped, TabRecord } from '../types.js'
 */

import { isRecord } from '../shared/shapes.js';
import { siteOf } from '../shared/site.js';

/** Kinds of stopped requests that are listed; the number of requests stays exact beyond that. */
const KINDS_LISTED = 500;

/** Facts that are told of a page. */
const FACTS_TOLD = 60;

/** As much is kept of a page that was left. */
const KINDS_OF_LEFT = 40;

/** @param {string} url @returns {TabRecord} of a page that has just been opened */
export function emptyRecord(url) {
  return { url, host: siteOf(url), count: 0, stopped: [], learned: [] };
}

/** @param {unknown} value as it was stored @returns {value is TabRecord} */
export function isTabRecord(value) {
  return (
    isRecord(value) && typeof value.url === 'string' && Number.isFinite(value.count) && Array.isArray(value.stopped)
  );
}

/** @param {TabRecord} record to be added to @param {Stopped} stopped */
export function addStopped(record, stopped) {
  record.count += stopped.count;
  const known = record.stopped.find((other) => isSameKind(other, stopped));
  if (known) known.count += stopped.count;
  else if (record.stopped.length < KINDS_LISTED) record.stopped.push(stopped);
}

/** @param {Stopped} one @param {Stopped} other */
function isSameKind(one, other) {
  return one.url === other.url && one.type === other.type && one.action === other.action && one.filter === other.filter;
}

/** @param {TabRecord} record to be added to @param {Fact[]} facts each is told once */
export function addLearned(record, facts) {
  record.learned ??= []; // A record that the version before has written knows of none.
  const known = new Set(record.learned.map((fact) => JSON.stringify(fact)));
  const news = facts.filter((fact) => !known.has(JSON.stringify(fact)));
  record.learned.push(...news.slice(0, FACTS_TOLD - record.learned.length));
}

/** @param {TabRecord} first @param {TabRecord} second @returns {TabRecord} Both as one; the first tells whose it is. */
export function merged(first, second) {
  const record = structuredClone(first);
  const listed = second.stopped.reduce((sum, one) => sum + one.count, 0);
  for (const one of second.stopped) addStopped(record, one);
  record.count += second.count - listed;
  addLearned(record, second.learned ?? []);
  return record;
}

/** @param {TabRecord} record @returns {TabRecord} as it is kept after its page was left */
export function asLeft(record) {
  return { ...record, stopped: record.stopped.slice(0, KINDS_OF_LEFT) };
}

/** @param {Arrival} first @param {Arrival} second @returns {Arrival} One redirect after the other. */
export function joined(first, second) {
  return {
    from: first.from,
    url: second.url,
    removed: [...first.removed, ...second.removed],
    unwrapped: [...first.unwrapped, ...second.unwrapped],
  };
}
