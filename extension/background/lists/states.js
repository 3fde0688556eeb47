/**
 * How each list fares, for people to see: storage.local `listStates` and `listSet`, which this module alone writes. Changes are
 * queued, so that each sees what the one before it wrote.
 *
 * @import { ListSet, ListState } from '../../types.js'
 */

import { api } from '../../shared/browser.js';
import { isRecord } from '../../shared/shapes.js';

const STATES = 'listStates';
const SET = 'listSet';

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * @template T
 * @param {() => Promise<T>} write
 * @returns {Promise<T>}
 */
function queued(write) {
  const result = last.then(write);
  last = result.catch(() => {
    // The caller gets the error; the queue goes on.
  });
  return result;
}

/** @returns {Promise<Record<string, ListState>>} by address */
export async function all() {
  const { [STATES]: stored } = await api.storage.local.get(STATES);
  const sound = Object.entries(isRecord(stored) ? stored : {}).filter(([, state]) => isRecord(state));
  return /** @type {Record<string, ListState>} */ (Object.fromEntries(sound));
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
  return isRecord(stored) ? stored : {};
}

/** @param {(set: ListSet) => ListSet} change A pure function. */
export function updateSet(change) {
  return queued(async () => api.storage.local.set({ [SET]: change(await set()) }));
}

/** Nothing is being done about the set; the life before may have said otherwise. */
export async function rest() {
  if ((await set()).doing) await updateSet(({ doing: _, tries: __, ...calm }) => calm);
}
