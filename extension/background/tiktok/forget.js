/**
 * When the last page of TikTok's is left, a visitor is forgotten: identifying cookies (which those are is in
 * cookie-names.js) and what the pages stored. Never a cookie of an account, and nothing at all in a cookie store where
 * somebody is signed in. Each cookie store has a visitor of its own.
 *
 * An advertiser or a seller may be a visitor on www.tiktok.com. The session of such a product goes to all of
 * tiktok.com, so deleting what lies beside it would hide nobody and might end it: no cookie of that domain goes, nor
 * what the products' own sites store.
 *
 * Sole writer of storage.session `tiktokTabs`.
 *
 * @import { Settings } from '../../types.js'
 */

import { api, cookieStores, cookiesOf, removeStored, storeOfTab } from '../../shared/browser.js';
import { familyOf, SISTERS, TIKTOK } from '../../shared/families.js';
import { hostOf } from '../../shared/site.js';
import * as keys from '../../stored/keys.js';
import * as settings from '../../stored/settings.js';
import { levelIn } from '../rules/level.js';
import { fateOf, sessionOf } from './cookie-names.js';
import { addForgotten } from './forgotten.js';

/** A tab that shows something of TikTok's, and its cookie store. @typedef {{ tabId: number, store: string }} Tab */

/** Pages under these hosts store things of their own. */
const PAGE_HOSTS = ['www.tiktok.com', 'm.tiktok.com', 'us.tiktok.com'];

/** Those of products with accounts of their own; others of these are never touched. */
const PRODUCT_HOSTS = ['shop.tiktok.com', 'ads.tiktok.com', 'www.tiktokshop.com'];

/** What a page that is being closed still sends may still be answered with cookies. */
const AFTER_LAST_PAGE_MS = 400;

/** How long after a page was last opened. @type {Record<Settings['forget'], number>} */
const MINUTES = { closed: 0, tenMinutes: 10, hour: 60 };

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
  api.runtime.onInstalled.addListener(({ reason }) => (reason === 'update' ? beginAnew() : undefined));
}

/**
 * A tab shows something of TikTok's, or is about to: what that is given stays until it is left.
 *
 * @param {number} tabId
 * @returns {Promise<void>} once it is noted; a tab that is gone is not
 */
export async function enter(tabId) {
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
  const before = await change((tabs) => tabs.filter((tab) => tab.tabId !== tabId));
  const store = before.find((tab) => tab.tabId === tabId)?.store;
  if (store === undefined) return;
  await new Promise((done) => setTimeout(done, AFTER_LAST_PAGE_MS));
  await forgetVisitor(store, () => isShownIn(store));
}

/**
 * Changes the tabs that show something of TikTok's, one change after the other.
 *
 * @param {(tabs: Tab[]) => Tab[]} next
 * @returns {Promise<Tab[]>} those of before
 */
async function change(next) {
  const { before } = await keys.change('tiktokTabs', (tabs = []) => {
    const changed = next(tabs);
    return changed.length === tabs.length ? tabs : changed;
  });
  return before ?? [];
}

/** @returns {Promise<Tab[]>} */
async function load() {
  return (await keys.get('tiktokTabs')) ?? [];
}

/** Forgets the visitors of all cookie stores. */
export async function forgetEverywhere() {
  await Promise.all((await cookieStores()).map((store) => forgetVisitor(store)));
}

/**
 * Notes the tabs that show something of TikTok's anew, since an update clears storage.session, and forgets the visitors
 * who have none. A browser that updates Detick just as it starts tells it of the update only, and may have ended what
 * the version before had begun.
 */
async function beginAnew() {
  const tabs = await api.tabs.query({});
  const shows = await Promise.all(tabs.map(showsTikTok));
  await Promise.all(tabs.map(({ id = -1 }, index) => (shows[index] ? enter(id) : undefined)));
  await Promise.all((await cookieStores()).map((store) => forgetVisitor(store, () => isShownIn(store))));
}

/** @param {string} store @returns {Promise<boolean>} whether a tab there is noted that shows something of TikTok's */
async function isShownIn(store) {
  return (await load()).some((tab) => tab.store === store);
}

/** @param {chrome.tabs.Tab} tab @returns {Promise<boolean>} whether it or a frame of it does; one that is gone does not */
async function showsTikTok({ id = -1 }) {
  const frames = await api.webNavigation.getAllFrames({ tabId: id }).catch(() => null);
  return (frames ?? []).some(({ url }) => familyOf(hostOf(url)) !== undefined);
}

/**
 * Deletes what would tell TikTok that the next visitor is the same person.
 *
 * @param {string} store
 * @param {() => Promise<boolean>} isBack whether something of TikTok's is shown there: it needs what it was given
 */
async function forgetVisitor(store, isBack = async () => false) {
  if ((await levelIn(store)) === 'pixels') return;
  const jars = await Promise.all([...TIKTOK, ...SISTERS].map((domain) => jarOf(domain, store)));
  const ofTikTok = jars.slice(0, TIKTOK.length);
  if (ofTikTok.some((jar) => holds(jar, 'person'))) return;
  // A sister's site may have an account of its own.
  const identifying = jars
    .filter((jar) => !holds(jar, 'person') && !holds(jar, 'product'))
    .flat()
    .filter(({ name }) => fateOf(name) === 'forgotten');
  if (await isBack()) return; // it came while the jars were read
  await Promise.all(identifying.map(removeCookie));
  addForgotten(
    'tiktok.com',
    identifying.map(({ name }) => name),
  );
  const hosts = ofTikTok.some((jar) => holds(jar, 'product')) ? PAGE_HOSTS : [...PAGE_HOSTS, ...PRODUCT_HOSTS];
  await removeStored(hosts, store, !(await isAnybodySignedIn()));
}

/**
 * Every cookie of a domain; none of a store that is gone.
 *
 * @param {string} domain
 * @param {string} storeId
 * @returns {Promise<chrome.cookies.Cookie[]>}
 */
async function jarOf(domain, storeId) {
  try {
    return await cookiesOf(domain, storeId);
  } catch {
    return []; // A private window or a container that was closed with its last page.
  }
}

/** @param {chrome.cookies.Cookie[]} jar @param {'person' | 'product'} kind of session */
function holds(jar, kind) {
  return jar.some((cookie) => sessionOf(cookie) === kind);
}

/** Whether anybody is, in any cookie store, to TikTok or to a product of its. */
async function isAnybodySignedIn() {
  const account = await keys.get('account');
  return account?.state === 'member' || (account?.products ?? []).length > 0;
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
