/**
 * How each list fares, for people to see: storage.local `listStates` and `listSet`, which this module alone writes and the settings
 * page reads. Changes are queued, so that each sees what the one before it wrote. What is damaged counts as never written.
 *
 * @import { ListSet, ListState } from '../types.js'
 */

import { api } from '../shared/browser.js';
import { makeQueue } from '../shared/queue.js';
import { isCount, isRecord, isText, listOf, oneOf } from '../shared/shapes.js';
import { soundPart } from './twice.js';

const STATES = 'listStates';
const SET = 'listSet';

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

const queued = makeQueue();

/** @returns {Promise<Record<string, ListState>>} by address */
export async function all() {
  const { [STATES]: stored } = await api.storage.local.get(STATES);
  const known = Object.entries(isRecord(stored) ? stored : {}).filter(([, state]) => isRecord(state));
  return Object.fromEntries(known.map(([url, state]) => [url, { failures: 0, ...soundPart(state, STATE_KINDS) }]));
}

/**
 * Changes the state of one list.
 *
 * @param {string} url
 * @param {(state: ListState) => ListState} change A pure function.
 * @returns {Promise<ListState>} as written
 */
export function update(url, change) {
  return queued(async () => {
    const states = await all();
    const state = change(states[url] ?? { failures: 0 });
    await api.storage.local.set({ [STATES]: { ...states, [url]: state } });
    return state;
  });
}

/**
 * Forgets lists that are not subscribed to any more.
 *
 * @param {string[]} urls those that are
 */
export function keepOnly(urls) {
  return queued(async () => {
    const states = Object.entries(await all());
    const kept = states.filter(([url]) => urls.includes(url));
    if (kept.length < states.length) await api.storage.local.set({ [STATES]: Object.fromEntries(kept) });
  });
}

/** @returns {Promise<ListSet>} what all lists and own lines come to */
export async function set() {
  const { [SET]: stored } = await api.storage.local.get(SET);
  return soundPart(stored, SET_KINDS);
}

/** @param {(set: ListSet) => ListSet} change A pure function. */
export function updateSet(change) {
  return queued(async () => api.storage.local.set({ [SET]: change(await set()) }));
}

/** Nothing is being done about the set; the life before may have said otherwise. */
export async function rest() {
  if ((await set()).doing) await updateSet(({ doing: _, tries: __, ...calm }) => calm);
}
