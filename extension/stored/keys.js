/**
 * Everything of ours in the browser's storage: each key with its area, what it may hold and the one module that changes
 * it.
 *
 * What is damaged counts as never written. Settings and own lines are stored twice and read by `twice.js`; the records
 * of tabs are many, and `tab-records.js` writes them together; files of lists are on the disk (`list-files.js`).
 *
 * @import { Check } from '../shared/shapes.js'
 * @import { Stored } from '../types.js'
 */

import { api } from '../shared/browser.js';
import { makeQueue } from '../shared/queue.js';
import { isCount, isRecord, isSwitch, isText, listOf, oneOf } from '../shared/shapes.js';
import { sharing } from '../shared/sharing.js';
import { isRecent } from './recent.js';
import { isTabRecord } from './tab-record.js';

/** @typedef {{ area: 'local' | 'session', holds: Check, writer: string }} Key */

/** @param {Record<string, Check>} kinds of entries that have to be there @returns {Check} */
const withEntries = (kinds) => (value) =>
  isRecord(value) && Object.entries(kinds).every(([name, holds]) => holds(value[name]));

/** @param {Check} holds @returns {Check} */
const recordOf = (holds) => (value) => isRecord(value) && Object.values(value).every((one) => holds(one));

/** @param {Check} holds @returns {Check} */
const perhaps = (holds) => (value) => value === undefined || holds(value);

/** Those with a number behind them (`tab:7`) are of one tab. @type {{ [Name in keyof Stored]: Key }} */
export const KEYS = {
  settings: { area: 'local', holds: isRecord, writer: 'stored/settings.js' },
  ownLines: { area: 'local', holds: isRecord, writer: 'stored/own-lines.js' },
  account: {
    area: 'local',
    holds: withEntries({
      state: oneOf('visitor', 'member', 'unknown'),
      stores: listOf(isText),
      products: perhaps(listOf(isText)),
    }),
    writer: 'background/tiktok/account.js',
  },
  totals: {
    area: 'local',
    holds: withEntries({ since: isText, all: isCount, days: recordOf(isCount) }),
    writer: 'background/requests/totals.js',
  },
  forgotten: {
    area: 'local',
    holds: withEntries({ since: isCount, all: isCount }),
    writer: 'background/tiktok/forgotten.js',
  },
  listStates: { area: 'local', holds: isRecord, writer: 'stored/list-states.js' },
  listSet: { area: 'local', holds: isRecord, writer: 'stored/list-states.js' },
  listRules: { area: 'local', holds: isText, writer: 'background/lists/in-force.js' },
  news: { area: 'local', holds: isText, writer: 'background/welcome.js' }, // options/about.js removes it
  tab: { area: 'session', holds: isTabRecord, writer: 'background/requests/tab-records.js' },
  left: { area: 'session', holds: listOf(isTabRecord), writer: 'background/requests/tab-records.js' },
  recent: { area: 'session', holds: listOf(isRecent), writer: 'background/requests/recent.js' },
  openBefore: { area: 'session', holds: listOf(isCount), writer: 'background/requests/open-before.js' },
  forgottenHere: { area: 'session', holds: recordOf(recordOf(isCount)), writer: 'background/tiktok/forgotten.js' },
  liftedUntil: { area: 'session', holds: isCount, writer: 'background/tiktok/lockout.js' },
  players: {
    area: 'session',
    holds: listOf(withEntries({ tabId: isCount, video: isText, token: isText, site: isText })),
    writer: 'background/tiktok/embeds.js',
  },
  tiktokTabs: {
    area: 'session',
    holds: listOf(withEntries({ tabId: isCount, store: isText })),
    writer: 'background/tiktok/forget.js',
  },
  expanded: { area: 'session', holds: recordOf(isText), writer: 'background/links/short-links.js' },
  unwrapped: {
    area: 'session',
    holds: listOf(withEntries({ tabId: perhaps(isCount), place: isText, ms: isCount })),
    writer: 'unwrap.js',
  },
  rulesSynced: {
    area: 'session',
    holds: (value) => isText(value) || isSwitch(value),
    writer: 'background/rules/rules.js',
  },
  faults: { area: 'session', holds: listOf(isText), writer: 'stored/faults.js' },
};

/** @typedef {keyof Stored} Name */

/** @param {Name} name @param {number} [tabId] @returns {string} as the browser has it */
const keyOf = (name, tabId) => (tabId === undefined ? name : `${name}:${tabId}`);

/** @param {Name} name @returns {chrome.storage.StorageArea} */
const areaOf = (name) => api.storage[KEYS[name].area];

/**
 * @template {Name} N
 * @param {N} name
 * @param {unknown} value as it was stored
 * @returns {Stored[N] | undefined} nothing if it is not what it may be; of a list the entries that are
 */
export function sound(name, value) {
  const { holds } = KEYS[name];
  return /** @type {Stored[N] | undefined} */ (holds(value) ? value : holds.entries?.(value));
}

/**
 * @template {Name} N
 * @param {N} name
 * @param {number} [tabId] for what is stored of one tab
 * @returns {Promise<Stored[N] | undefined>} what is stored; nothing if that is nothing, or damaged
 */
export function get(name, tabId) {
  if (tabId !== undefined) return read(name, tabId);
  const reader = readers.get(name) ?? sharing(() => read(name));
  readers.set(name, reader);
  return /** @type {Promise<Stored[N] | undefined>} */ (reader());
}

/** Of what is stored once. @type {Map<Name, () => Promise<unknown>>} */
const readers = new Map();

/**
 * @template {Name} N
 * @param {N} name
 * @param {number} [tabId]
 * @returns {Promise<Stored[N] | undefined>}
 */
async function read(name, tabId) {
  const key = keyOf(name, tabId);
  return sound(name, (await areaOf(name).get(key))[key]);
}

/**
 * Several keys of one area at once, as one question to the browser.
 *
 * @template {Name} N
 * @param {N[]} names of one area
 * @param {number} [tabId] for those that are of one tab: `tab`, `left`
 * @returns {Promise<{ [Each in N]?: Stored[Each] }>}
 */
export async function getAll(names, tabId) {
  const [first] = names;
  if (first === undefined) return {};
  const keys = names.map((name) => keyOf(name, OF_A_TAB.has(name) ? tabId : undefined));
  const stored = await areaOf(first).get(keys);
  const values = names.map((name, index) => [name, sound(name, stored[keys[index] ?? ''])]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** @type {Set<Name>} */
const OF_A_TAB = new Set(['tab', 'left']);

/**
 * Writes a value, whatever stood there. For its writer alone.
 *
 * @template {Name} N
 * @param {N} name
 * @param {Stored[N] | undefined} value nothing removes it
 * @param {number} [tabId]
 * @returns {Promise<void>} once it is written
 * @throws {Error} if the browser does not write it
 */
export function put(name, value, tabId) {
  const key = keyOf(name, tabId);
  return value === undefined ? areaOf(name).remove(key) : areaOf(name).set({ [key]: value });
}

/** @type {Map<Name, ReturnType<typeof makeQueue>>} */
const queues = new Map();

/**
 * Changes a value, one change after the other, so that each sees what the one before it wrote. For its writer alone.
 *
 * @template {Name} N
 * @param {N} name
 * @param {(before: Stored[N] | undefined) => Stored[N] | undefined} next the same value writes nothing, no value
 *   removes it
 * @param {number} [tabId]
 * @returns {Promise<{ before: Stored[N] | undefined, after: Stored[N] | undefined }>} once it is written
 * @throws {Error} if the browser does not write it
 */
export function change(name, next, tabId) {
  const queued = queues.get(name) ?? makeQueue();
  queues.set(name, queued);
  return queued(async () => {
    const before = await read(name, tabId);
    const after = next(before);
    if (after !== before) await put(name, after, tabId);
    return { before, after };
  });
}

/**
 * Calls `react` after every change. To be called synchronously when a background starts, so that a change wakes it.
 *
 * @template {Name} N
 * @param {N} name
 * @param {(value: Stored[N] | undefined) => unknown} react
 */
export function onChange(name, react) {
  areaOf(name).onChanged.addListener((changes) => {
    const changed = changes[name];
    if (changed) react(sound(name, changed.newValue));
  });
}
