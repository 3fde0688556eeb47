/**
 * What is known of one page, as plain values: nothing here remembers anything.
 *
 * @import { Arrival, Learned, Passed, Stopped, TabRecord } from '../types.js'
 */

import { isCount, isRecord, isText, listOf, oneOf } from '../shared/shapes.js';
import { siteOf } from '../shared/site.js';

/** Kinds of stopped requests that are listed; the number of requests stays exact beyond that. */
const KINDS_LISTED = 500;

/** Kinds of requests that left all the same. */
const PASSED_LISTED = 50;

/** Facts that are told of a page. */
const FACTS_TOLD = 60;

/** As much is kept of a page that was left. */
const KINDS_OF_LEFT = 40;

/** As much is told of an identifier that TikTok would have been sent. */
const ID_TOLD = 16;

/** @param {string} url @returns {TabRecord} of a page that has just been opened */
export function emptyRecord(url) {
  return { host: siteOf(url), page: keyOf(url), count: 0, stopped: [], learned: [] };
}

/**
 * A name that tells an address from the others of a tab, and does not tell the address: it has 32 bits, and countless
 * others share it.
 *
 * @param {string} url
 */
export function keyOf(url) {
  let hash = 0x811c9dc5; // FNV-1a
  for (let index = 0; index < url.length; index += 1) hash = Math.imul(hash ^ url.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** @param {TabRecord} record @returns {boolean} whether there is anything to remember of the page */
export function tellsSomething({ count, learned, arrival, passed }) {
  return count > 0 || learned.length > 0 || arrival !== undefined || passed !== undefined;
}

/**
 * A record as it is stored. Where the browser has a name for the document, that tells the page from others as well.
 *
 * @param {TabRecord} record
 * @returns {TabRecord}
 */
export function asStored({ host, page, documentId, sinceMs, count, stopped, learned, arrival, passed }) {
  const name = documentId ? { page: '', documentId } : { page };
  const perhaps = { ...(sinceMs && { sinceMs }), ...(arrival && { arrival }), ...(passed && { passed }) };
  return { host, ...name, count, stopped, learned, ...perhaps };
}

/** @param {unknown} value as it was stored @returns {value is TabRecord} */
export function isTabRecord(value) {
  return (
    isRecord(value) &&
    typeof value.host === 'string' &&
    typeof value.page === 'string' &&
    Number.isFinite(value.count) &&
    Array.isArray(value.stopped) &&
    Array.isArray(value.learned) &&
    (value.passed === undefined || arePassed(value.passed))
  );
}

const isWhy = oneOf('paused', 'allowed', 'video');

const arePassed = listOf(
  (/** @type {unknown} */ value) =>
    isRecord(value) && isWhy(value.why) && isText(value.host) && isText(value.filter) && isCount(value.count),
);

/** @param {TabRecord} record to be added to @param {Stopped} stopped */
export function addStopped(record, stopped) {
  record.count += stopped.count;
  list(record, stopped);
}

/** @param {TabRecord} record @param {Stopped} stopped */
function list(record, stopped) {
  const known = record.stopped.find((other) => isSameKind(other, stopped));
  if (known) known.count += stopped.count;
  else if (record.stopped.length < KINDS_LISTED) record.stopped.push(stopped);
}

/** @param {Stopped} one @param {Stopped} other */
function isSameKind(one, other) {
  return one.url === other.url && one.type === other.type && one.action === other.action && isSameLine(one, other);
}

/** Where the text is not known, or not yet, its place stands for it. @param {Stopped} one @param {Stopped} other */
function isSameLine(one, other) {
  if (one.filter !== other.filter) return false;
  const isSamePlace = one.list === other.list && one.line === other.line && one.file?.hash === other.file?.hash;
  return one.filter !== '' || isSamePlace;
}

/**
 * Fills in the lines that are not known yet. What turns out to be of one kind is counted as one.
 *
 * @param {TabRecord} record to be changed
 * @param {(one: Stopped) => Promise<Omit<Stopped, 'file'>>} quoted reads the line
 * @returns {Promise<void>}
 */
export async function fillLines(record, quoted) {
  const waiting = record.stopped.filter(({ file }) => file);
  if (waiting.length === 0) return;
  const filled = new Map(
    await Promise.all(waiting.map(async (one) => /** @type {const} */ ([one, await quoted(one)]))),
  );
  // Meanwhile more may have been counted.
  const all = record.stopped.map((one) => ({ ...(filled.get(one) ?? one), count: one.count }));
  record.stopped = [];
  for (const one of all) list(record, one);
}

/** @param {TabRecord} record to be added to @param {Passed} passed */
export function addPassed(record, passed) {
  record.passed ??= [];
  const { why, host, filter, count } = passed;
  const known = record.passed.find((one) => one.why === why && one.host === host && one.filter === filter);
  if (known) known.count += count;
  else if (record.passed.length < PASSED_LISTED) record.passed.push({ why, host, filter, count });
}

/** What grows while a page is there: what is said last stands for all before. */
const GROWING = ['read_to', 'clicks', 'stayed_ms'];

/**
 * Each fact is told once. One that the page told the pixel stands for the same that the pixel would have gathered.
 *
 * @param {TabRecord} record to be added to
 * @param {Learned[]} facts
 */
export function addLearned(record, facts) {
  const known = new Map(record.learned.map((fact) => [nameOf(fact), fact]));
  for (const fact of facts.map(briefly)) {
    const same = known.get(nameOf(fact));
    if (same && !fact.gathered) delete same.gathered;
    if (!same) known.set(nameOf(fact), fact);
    else if (GROWING.includes(fact.kind)) same.text = fact.text;
  }
  record.learned = [...known.values()].slice(0, FACTS_TOLD);
}

/** @param {Learned} fact */
function nameOf({ gathered: _, ...fact }) {
  return GROWING.includes(fact.kind) ? fact.kind : JSON.stringify(fact);
}

/**
 * Shortens a fact: of an address only whether it had a query or fragment, of an identifier only its beginning.
 *
 * @param {Learned} fact
 * @returns {Learned}
 */
function briefly(fact) {
  if (fact.kind === 'page' || fact.kind === 'referrer' || fact.kind === 'led_to')
    return { ...fact, text: fact.text.replace(/([?#]).*$/s, '$1…') };
  const isLong = (fact.kind === 'click_id' || fact.kind === 'visitor_id') && fact.text.length > ID_TOLD;
  return isLong ? { ...fact, text: `${fact.text.slice(0, ID_TOLD)}…` } : fact;
}

/**
 * @param {TabRecord} first
 * @param {TabRecord} second
 * @returns {TabRecord} merged; identity fields are those of `first`
 */
export function merged(first, second) {
  const record = structuredClone(first);
  const listed = second.stopped.reduce((sum, one) => sum + one.count, 0);
  for (const one of second.stopped) addStopped(record, one);
  record.count += second.count - listed;
  addLearned(record, second.learned);
  for (const one of second.passed ?? []) addPassed(record, one);
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
