/**
 * Under which circumstances a request is made, and which of the lists that are not always in force hold for it. The rules of
 * the same lists are switched by background/rules/rules.js: both must come to the same answer.
 *
 * @import { Account, Engine, Level, RequestDetails, Settings } from '../types.js'
 */

import { api, ORDINARY_STORE, storeOfTab } from '../shared/browser.js';
import { familyOf } from '../shared/families.js';
import { accountIn, levelOf } from '../shared/level.js';
import { isPlayer } from '../shared/player.js';
import { hostOf, isWithin } from '../shared/site.js';
import * as settings from '../stored/settings.js';

/**
 * @typedef {object} Circumstances
 * @property {Settings} settings
 * @property {Account | undefined} account
 * @property {number | undefined} liftedUntil ms since 1970 until which a lockout rests; nothing while that is being read
 */

/** Lists that hold only where something says so, by their names in `filters/`. */
const EMBEDS = 'embeds.txt';
const PLAYER = 'player.txt';
const VISITOR = 'visitor.txt';
const LOCKOUT = 'lockout.txt';
const SWITCHED = [EMBEDS, PLAYER, VISITOR, LOCKOUT];

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
  api.storage.local.onChanged.addListener(({ account }) => {
    if (account && current) current = { ...current, account: /** @type {Account | undefined} */ (account.newValue) };
  });
  api.storage.session.onChanged.addListener((changes) => {
    if (changes.liftedUntil) learnLifted(/** @type {number | undefined} */ (changes.liftedUntil.newValue));
  });
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
  api.storage.session.get('liftedUntil').then((stored) => {
    if (liftedUntil === undefined) learnLifted(/** @type {number | undefined} */ (stored.liftedUntil));
  });
  const [chosen, { account }, tabs] = await Promise.all([
    settings.load(),
    api.storage.local.get('account'),
    api.tabs.query({}),
  ]);
  tabs.forEach(learnStore);
  current = { settings: chosen, account: /** @type {Account | undefined} */ (account), liftedUntil };
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
 * The lists that do not hold for a request, as the engine wants them.
 *
 * @param {Engine} engine
 * @param {Circumstances} known
 * @param {RequestDetails} details
 * @param {string} asker the address, or the origin, of the document that makes the request
 * @param {string} page the address of the page at the top
 * @returns {number} the sum of their bits
 */
export function listsOff(engine, known, details, asker, page) {
  const bits = bitsOf(engine);
  const level = levelFor(known, details);
  const holds = [
    asksForEmbeds(known, details),
    known.settings.embeds === 'ask' && isInPlayer(asker, page),
    level === 'visitor',
    level === 'lockout' && known.liftedUntil !== undefined,
  ];
  return holds.reduce((off, isOn, index) => (isOn ? off : off | (bits[index] ?? 0)), 0);
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
 * Whether a request comes from within a player: from a frame of TikTok's on another site's page. All other frames of TikTok's
 * are kept out there.
 *
 * @param {string} asker
 * @param {string} page
 */
function isInPlayer(asker, page) {
  return isWithin(hostOf(asker), 'tiktok.com') && familyOf(hostOf(page)) === undefined;
}

/** @type {WeakMap<Engine, number[]>} */
const known = new WeakMap();

/** @param {Engine} engine @returns {number[]} the bits of the switched lists, in their order */
function bitsOf(engine) {
  const bits = known.get(engine) ?? SWITCHED.map((name) => engine.listBit(name));
  known.set(engine, bits);
  return bits;
}
