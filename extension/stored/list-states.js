/**
 * How each list fares, for people to see: storage.local `listStates` and `listSet`, which this module alone writes and
 * the settings page reads. Changes are queued, so that each sees what the one before it wrote. What is damaged counts
 * as never written.
 *
 * @import { ListSet, ListState } from '../types.js'
 */

import { isCount, isRecord, isText, listOf, oneOf } from '../shared/shapes.js';
import * as keys from './keys.js';
import { soundPart } from './twice.js';

/** @param {unknown} value a message and its values */
const isProblem = (value) =>
  isRecord(value) && isText(value.key) && listOf((one) => isText(one) || Number.isFinite(one))(value.values);

/** @type {Record<keyof Required<ListState>, (value: unknown) => boolean>} */
const STATE_KINDS = {
  doing: oneOf('fetching', 'compiling'),
  received: isCount,
  fetched: isCount,
  checked: isCount,
  next: isCount,
  failures: isCount,
  problem: isProblem,
  title: isText,
  homepage: isText,
  version: isText,
};

const COUNTS = ['lines', 'converted', 'refused', 'left', 'unread', 'unprivileged'];

/** @param {unknown} value what lists came to, by address */
const areCounts = (value) =>
  isRecord(value) && Object.values(value).every((one) => isRecord(one) && COUNTS.every((name) => isCount(one[name])));

/** @type {Record<keyof Required<ListSet>, (value: unknown) => boolean>} */
const SET_KINDS = {
  doing: oneOf('compiling'),
  tries: isCount,
  problem: isProblem,
  heeded: isText,
  key: isText,
  rules: isCount,
  counts: areCounts,
  ms: isCount,
};

/** @returns {Promise<Record<string, ListState>>} by address */
export async function all() {
  return soundStates(await keys.get('listStates'));
}

/** @param {Record<string, unknown>} [stored] @returns {Record<string, ListState>} */
function soundStates(stored = {}) {
  const known = Object.entries(stored).filter(([, state]) => isRecord(state));
  return Object.fromEntries(known.map(([url, state]) => [url, { failures: 0, ...soundPart(state, STATE_KINDS) }]));
}

/**
 * Changes the state of one list.
 *
 * @param {string} url
 * @param {(state: ListState) => ListState} change A pure function.
 * @returns {Promise<ListState>} as written
 */
export async function update(url, change) {
  /** @type {ListState} */
  let state = { failures: 0 };
  await keys.change('listStates', (stored) => {
    const states = soundStates(stored);
    state = change(states[url] ?? state);
    return { ...states, [url]: state };
  });
  return state;
}

/**
 * Forgets lists that are not subscribed to any more.
 *
 * @param {string[]} urls those that are
 */
export async function keepOnly(urls) {
  await keys.change('listStates', (stored) => {
    const states = Object.entries(soundStates(stored));
    const kept = states.filter(([url]) => urls.includes(url));
    return kept.length < states.length ? Object.fromEntries(kept) : stored;
  });
}

/** @returns {Promise<ListSet>} what all lists and own lines come to */
export async function set() {
  return soundPart(await keys.get('listSet'), SET_KINDS);
}

/** @param {(set: ListSet) => ListSet} change A pure function. */
export async function updateSet(change) {
  await keys.change('listSet', (stored) => change(soundPart(stored, SET_KINDS)));
}

/** Nothing is being done about the set; the life before may have said otherwise. */
export async function rest() {
  if ((await set()).doing) await updateSet(({ doing: _, tries: __, ...calm }) => calm);
}
