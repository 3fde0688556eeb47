/**
 * Whether somebody is signed in to TikTok in this browser; sole writer of storage.local `account`.
 *
 * A session cookie tells, in any cookie store (containers, private windows): rules know no stores, so one account anywhere
 * means that the defence on tiktok.com rests everywhere.
 *
 * @import { Account } from '../types.js'
 */

import { api, everyCookie, hasSiteAccess } from '../shared/browser.js';
import { isWithin } from '../shared/site.js';

/** Nothing else proves an account: visitors and people who signed out carry most of the others. */
const SESSION_COOKIES = ['sessionid', 'sessionid_ss'];

const SITE = 'tiktok.com';
const KEY = 'account';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.cookies.onChanged.addListener(({ cookie }) => {
    if (isSession(cookie)) look();
  });
  api.permissions.onAdded.addListener(look);
  api.permissions.onRemoved.addListener(look);
  look(); // What the last background heard of it may have died before it was written.
}

/** @type {Promise<unknown>} */
let looking = Promise.resolve();

/** Looks again, one look after the other, and writes down what changed. */
function look() {
  looking = looking.then(lookNow).catch((error) => console.error('Detick: the cookies could not be read.', error));
  return looking;
}

async function lookNow() {
  const stored = await api.storage.local.get(KEY);
  const before = /** @type {Account | undefined} */ (stored[KEY]);
  const after = await read(before?.stores ?? []);
  if (JSON.stringify(after) !== JSON.stringify(before)) await api.storage.local.set({ [KEY]: after });
}

/**
 * @param {string[]} remembered Stores with an account: a browser lists only those that are in use.
 * @returns {Promise<Account>}
 */
async function read(remembered) {
  if (!(await hasSiteAccess())) return { state: 'unknown', stores: [] };
  const open = (await api.cookies.getAllCookieStores()).map((store) => store.id);
  const stores = [...new Set([...open, ...remembered])].sort();
  const signedIn = await Promise.all(stores.map(isSignedIn));
  const withAccount = stores.filter((_, index) => signedIn[index]);
  return { state: withAccount.length > 0 ? 'member' : 'visitor', stores: withAccount };
}

/**
 * Whether a cookie store holds a session of TikTok's; a store that is gone holds none.
 *
 * @param {string} storeId
 * @returns {Promise<boolean>}
 */
async function isSignedIn(storeId) {
  try {
    return (await api.cookies.getAll({ ...everyCookie, domain: SITE, storeId })).some(isSession);
  } catch {
    return false; // A container that was deleted, a private window that was closed.
  }
}

/**
 * Whether a cookie is a session of TikTok's.
 *
 * @param {chrome.cookies.Cookie} cookie
 */
function isSession({ name, domain, value }) {
  return SESSION_COOKIES.includes(name) && isWithin(domain.replace(/^\./, ''), SITE) && value !== '';
}
