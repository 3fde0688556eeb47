/**
 * Under which circumstances a request is made, and which of the lists that are not always in force apply to it. The
 * rules of the same lists are switched by background/rules/rules.js: both must come to the same answer.
 *
 * @import { Account, Engine, Level, RequestDetails, Settings } from '../types.js'
 */

import { api, ORDINARY_STORE, storeOfTab } from '../shared/browser.js';
import { familyOf } from '../shared/families.js';
import { accountIn, levelOf } from '../shared/level.js';
import { isPlayer } from '../shared/player.js';
import { hostOf, isWithin } from '../shared/site.js';
import * as keys from '../stored/keys.js';
import * as settings from '../stored/settings.js';

/**
 * @typedef {object} Circumstances
 * @property {Settings} settings
 * @property {Account | undefined} account
 * @property {number | undefined} liftedUntil ms since 1970 until which a lockout rests; nothing while that is being
 *   read
 */

/** @type {Circumstances | undefined} */
let current;

/** @type {Promise<void> | undefined} */
let loading;

/** @type {number | undefined} */
let liftedUntil;

/** Cookie stores of tabs, for browsers that do not tell them with a request. @type {Map<number, string>} */
const stores = new Map();

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.tabs.onCreated.addListener(learnStore);
  api.tabs.onRemoved.addListener((tabId) => stores.delete(tabId));
  settings.onChange((chosen) => {
    if (current) current = { ...current, settings: chosen };
  });
  keys.onChange('account', (account) => {
    if (current) current = { ...current, account };
  });
  keys.onChange('liftedUntil', learnLifted);
}

/** The circumstances if they are known already: a request that need not wait should not. */
export function circumstancesNow() {
  return current;
}

/** @returns {Promise<Circumstances>} as last stored; one read in the life of a worker, unless it fails */
export async function circumstances() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  await loading;
  return /** @type {Circumstances} */ (current);
}

async function load() {
  // In Firefox this one can take long, and nobody waits for it.
  keys.get('liftedUntil').then((until) => {
    if (liftedUntil === undefined) learnLifted(until);
  });
  const [chosen, account, tabs] = await Promise.all([settings.load(), keys.get('account'), api.tabs.query({})]);
  tabs.forEach(learnStore);
  current = { settings: chosen, account, liftedUntil };
}

/** @param {chrome.tabs.Tab} tab */
function learnStore(tab) {
  if (tab.id !== undefined) stores.set(tab.id, storeOfTab(tab));
}

/** @param {number} [until] */
function learnLifted(until = 0) {
  liftedUntil = until;
  if (current) current = { ...current, liftedUntil };
}

/**
 * Says of each list that is not always in force (`src/shipped.rs`), by its name, whether it is for one request.
 *
 * @type {Record<string, (request: Asked) => boolean>}
 */
const SWITCHED = {
  'embeds.txt': ({ known, details }) => asksForEmbeds(known, details),
  'player.txt': ({ known, asker, page }) => known.settings.embeds === 'ask' && isInPlayer(asker, page),
  'visitor.txt': ({ level }) => level === 'visitor',
  'lockout.txt': ({ known, level }) => level === 'lockout' && known.liftedUntil !== undefined,
};

/** @typedef {{ known: Circumstances, details: RequestDetails, asker: string, page: string, level: Level }} Asked */

/**
 * The lists that are not in force for a request, as the engine takes them.
 *
 * @param {Engine} engine
 * @param {Circumstances} known
 * @param {RequestDetails} details
 * @param {string} asker the address, or the origin, of the document that makes the request
 * @param {string} page the address of the page at the top
 * @returns {number} the sum of their bits
 */
export function listsOff(engine, known, details, asker, page) {
  const request = { known, details, asker, page, level: levelFor(known, details) };
  let off = 0;
  for (const { bit, isOn } of switchesOf(engine)) if (!isOn(request)) off |= bit;
  return off;
}

/** @param {Circumstances} known @param {RequestDetails} details @returns {Level} */
function levelFor({ settings, account, liftedUntil }, { cookieStoreId, tabId }) {
  const store = cookieStoreId ?? stores.get(tabId) ?? ORDINARY_STORE;
  return levelOf(settings, accountIn(account, store), liftedUntil);
}

/**
 * Whether embeds wait for a click. The player itself is left to the rules, which know the tabs that may show it.
 *
 * @param {Circumstances} known
 * @param {RequestDetails} details
 */
function asksForEmbeds({ settings }, { type, url }) {
  return settings.embeds === 'ask' && !(type === 'sub_frame' && isPlayer(url));
}

/**
 * Whether a request comes from within a player: from a frame of TikTok's on another site's page. All other frames of
 * TikTok's are kept out there.
 *
 * @param {string} asker
 * @param {string} page
 */
function isInPlayer(asker, page) {
  return isWithin(hostOf(asker), 'tiktok.com') && familyOf(hostOf(page)) === undefined;
}

/** @typedef {{ bit: number, isOn: (request: Asked) => boolean }} Switch */

/** @type {WeakMap<Engine, Switch[]>} */
const switches = new WeakMap();

/** @param {Engine} engine @returns {Switch[]} */
function switchesOf(engine) {
  const found =
    switches.get(engine) ?? Object.entries(SWITCHED).map(([name, isOn]) => ({ bit: engine.listBit(name), isOn }));
  switches.set(engine, found);
  return found;
}
