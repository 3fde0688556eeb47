/**
 * When the last page of TikTok's is left, a visitor is forgotten: identifying cookies and what the pages stored. Never a cookie of an
 * account, and nothing at all in a cookie store where somebody is signed in.
 *
 * Sole writer of storage.session `tiktokTabs`.
 */

import { api, everyCookie, STORED_BY_SITES, storageOf } from '../shared/browser.js';
import { familyOf, SISTERS, TIKTOK } from '../shared/families.js';
import { hostOf } from '../shared/site.js';
import { addForgotten } from './forgotten.js';
import { levelNow } from './level.js';

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

const KEY = 'tiktokTabs';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.webNavigation.onCommitted.addListener((details) => {
    const isTikTok = familyOf(hostOf(details.url)) !== undefined;
    if (isTikTok) change((tabs) => [...tabs.filter((tab) => tab !== details.tabId), details.tabId]);
    else if (details.frameId === 0) leave(details.tabId);
  });
  api.tabs.onRemoved.addListener(leave);
  api.runtime.onStartup.addListener(() => forgetVisitor());
}

/** @param {number} tabId */
async function leave(tabId) {
  const { before, after } = await change((tabs) => tabs.filter((tab) => tab !== tabId));
  if (before.length === 0 || after.length > 0) return;
  await new Promise((done) => setTimeout(done, AFTER_LAST_PAGE_MS));
  if ((await load()).length === 0) await forgetVisitor();
}

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * Changes the tabs that show something of TikTok's, one change after the other.
 *
 * @param {(tabs: number[]) => number[]} next
 * @returns {Promise<{before: number[], after: number[]}>}
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

/** @returns {Promise<number[]>} */
async function load() {
  const stored = await api.storage.session.get(KEY);
  return /** @type {number[] | undefined} */ (stored[KEY]) ?? [];
}

/** Deletes what would tell TikTok that the next visitor is the same person. */
export async function forgetVisitor() {
  const level = await levelNow();
  if (level === 'pixels') return;
  const stores = await api.cookies.getAllCookieStores();
  const signedIn = await Promise.all(stores.map((store) => forgetIn(store.id)));
  if (!signedIn.includes(true)) await api.browsingData.remove(storageOf(PAGE_HOSTS), STORED_BY_SITES);
}

/**
 * Forgets in one cookie store; a domain with a session is left alone, and with TikTok's own all others.
 *
 * @param {string} storeId
 * @returns {Promise<boolean>} whether somebody is signed in there
 */
async function forgetIn(storeId) {
  const jars = await Promise.all(
    [...TIKTOK, ...SISTERS].map((domain) => api.cookies.getAll({ ...everyCookie, domain, storeId })),
  );
  const isSignedIn = (/** @type {chrome.cookies.Cookie[]} */ jar) =>
    jar.some(({ name, value }) => SESSION.test(name) && value !== '');
  const mine = jars.slice(0, TIKTOK.length);
  if (mine.some(isSignedIn)) return true;
  const cookies = jars.filter((jar) => !isSignedIn(jar)).flat();
  const identifying = cookies.filter(({ name }) => fateOf(name) === 'forgotten');
  await Promise.all(identifying.map(removeCookie));
  addForgotten(
    'tiktok.com',
    identifying.map(({ name }) => name),
  );
  return jars.some(isSignedIn);
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
