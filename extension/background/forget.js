/**
 * When the last page of TikTok's is left, a visitor is forgotten: identifying cookies and what the pages stored. Never a cookie of an
 * account, and nothing at all in a cookie store where somebody is signed in. Each cookie store has a visitor of its own.
 *
 * Sole writer of storage.session `tiktokTabs`.
 *
 * @import { Account, Settings } from '../types.js'
 */

import { api, everyCookie, removeStored, storeOfTab } from '../shared/browser.js';
import { familyOf, SISTERS, TIKTOK } from '../shared/families.js';
import * as settings from '../shared/settings.js';
import { hostOf } from '../shared/site.js';
import { addForgotten } from './forgotten.js';
import { levelIn } from './level.js';

/** A tab that shows something of TikTok's, and its cookie store. @typedef {{ tabId: number, store: string }} Tab */

/** Set by or for an account; also by a former one, whose device they vouch for. */
const ACCOUNT =
  /^(sessionid(_ss)?|sid_tt|uid_tt(_ss)?|sid_guard|s?sid_ucp_v1|multi_sids|cmpl_token|passport_auth_status(_ss)?|store-idc|store-country-code(-src)?|tt-target-idc|d_ticket.*|living_user_id)$/;

/** What a page needs to work and what a person chose; neither is the same for two visits, or says who somebody is. */
const KEPT =
  /^(tt_csrf_token|passport_csrf_token(_default)?|passport_fe_beating_status|csrf_session_id|tiktok_webapp_theme.*|delay_guest_mode_vid|perf_feed_cache|cookie-consent)$/;

const SESSION = /^sessionid(_ss)?$/;

/** Pages under these hosts store things of their own. */
const PAGE_HOSTS = [
  'www.tiktok.com',
  'm.tiktok.com',
  'us.tiktok.com',
  'shop.tiktok.com',
  'ads.tiktok.com',
  'www.tiktokshop.com',
];

/** What a page that is being closed still sends may still be answered with cookies. */
const AFTER_LAST_PAGE_MS = 400;

/** How long after a page was last opened. @type {Record<Settings['forget'], number>} */
const MINUTES = { closed: 0, tenMinutes: 10, hour: 60 };

const KEY = 'tiktokTabs';
const ALARM = 'forget';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.webNavigation.onCommitted.addListener(({ tabId, frameId, url }) => {
    if (familyOf(hostOf(url)) !== undefined) return enter(tabId);
    return frameId === 0 ? leave(tabId) : undefined;
  });
  api.tabs.onRemoved.addListener(leave);
  api.alarms.onAlarm.addListener((alarm) => (alarm.name === ALARM ? forgetEverywhere() : undefined));
  api.runtime.onStartup.addListener(forgetEverywhere);
}

/** @param {number} tabId */
async function enter(tabId) {
  const store = await storeOf(tabId);
  if (store === undefined) return;
  await change((tabs) => [...tabs.filter((tab) => tab.tabId !== tabId), { tabId, store }]);
  const minutes = MINUTES[(await settings.load()).forget];
  if (minutes > 0) await api.alarms.create(ALARM, { delayInMinutes: minutes });
}

/** @param {number} tabId @returns {Promise<string | undefined>} nothing for a tab that is gone */
async function storeOf(tabId) {
  try {
    return storeOfTab(await api.tabs.get(tabId));
  } catch {
    return undefined; // It was closed as soon as its page began.
  }
}

/** @param {number} tabId */
async function leave(tabId) {
  const { before } = await change((tabs) => tabs.filter((tab) => tab.tabId !== tabId));
  const store = before.find((tab) => tab.tabId === tabId)?.store;
  if (store === undefined) return;
  await new Promise((done) => setTimeout(done, AFTER_LAST_PAGE_MS));
  if (!(await load()).some((tab) => tab.store === store)) await forgetVisitor(store);
}

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * Changes the tabs that show something of TikTok's, one change after the other.
 *
 * @param {(tabs: Tab[]) => Tab[]} next
 * @returns {Promise<{before: Tab[], after: Tab[]}>}
 */
function change(next) {
  const result = last.then(async () => {
    const before = await load();
    const after = next(before);
    if (after.length !== before.length) await api.storage.session.set({ [KEY]: after });
    return { before, after };
  });
  last = result.catch(() => {
    // The caller gets the error; the queue goes on.
  });
  return result;
}

/** @returns {Promise<Tab[]>} */
async function load() {
  const { [KEY]: stored } = await api.storage.session.get(KEY);
  return Array.isArray(stored) ? stored : [];
}

/** Forgets the visitors of all cookie stores. */
export async function forgetEverywhere() {
  const stores = await api.cookies.getAllCookieStores();
  await Promise.all(stores.map(({ id }) => forgetVisitor(id)));
}

/**
 * Deletes what would tell TikTok that the next visitor is the same person.
 *
 * @param {string} store
 */
async function forgetVisitor(store) {
  if ((await levelIn(store)) === 'pixels') return;
  const jars = await Promise.all([...TIKTOK, ...SISTERS].map((domain) => cookiesOf(domain, store)));
  if (jars.slice(0, TIKTOK.length).some(isSignedIn)) return;
  // A sister's site may have an account of its own.
  const identifying = jars
    .filter((jar) => !isSignedIn(jar))
    .flat()
    .filter(({ name }) => fateOf(name) === 'forgotten');
  await Promise.all(identifying.map(removeCookie));
  addForgotten(
    'tiktok.com',
    identifying.map(({ name }) => name),
  );
  await removeStored(PAGE_HOSTS, store, !(await isMemberAnywhere()));
}

/**
 * Every cookie of a domain; none of a store that is gone.
 *
 * @param {string} domain
 * @param {string} storeId
 * @returns {Promise<chrome.cookies.Cookie[]>}
 */
async function cookiesOf(domain, storeId) {
  try {
    return await api.cookies.getAll({ ...everyCookie, domain, storeId });
  } catch {
    return []; // A private window or a container that was closed with its last page.
  }
}

/** @param {chrome.cookies.Cookie[]} jar */
function isSignedIn(jar) {
  return jar.some(({ name, value }) => SESSION.test(name) && value !== '');
}

async function isMemberAnywhere() {
  const { account } = await api.storage.local.get('account');
  return /** @type {Account | undefined} */ (account)?.state === 'member';
}

/**
 * What becomes of a visitor's cookie. Names that nobody has explained yet are taken for identifiers.
 *
 * @param {string} name
 * @returns {'account' | 'kept' | 'forgotten'}
 */
export function fateOf(name) {
  if (ACCOUNT.test(name)) return 'account';
  return KEPT.test(name) ? 'kept' : 'forgotten';
}

/**
 * @param {chrome.cookies.Cookie} cookie
 * @returns {Promise<unknown>} the cookie's details, or nothing if it was gone
 */
export function removeCookie({ name, domain, path, secure, storeId, partitionKey, ...rest }) {
  const url = `${secure ? 'https' : 'http'}://${domain.replace(/^\./, '')}${path}`;
  const { firstPartyDomain } = /** @type {{ firstPartyDomain?: string }} */ (rest);
  return api.cookies.remove({
    url,
    name,
    storeId,
    ...(partitionKey && { partitionKey }),
    ...(firstPartyDomain && { firstPartyDomain }),
  });
}
