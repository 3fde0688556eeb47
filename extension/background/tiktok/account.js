/**
 * Whether somebody is signed in to TikTok in this browser; sole writer of storage.local `account`.
 *
 * A session cookie tells, in any cookie store (containers, private windows): rules know no stores, so one account
 * anywhere means that the defence on tiktok.com rests everywhere. An advertiser's or a seller's account is noted too;
 * whoever has none besides is a visitor on tiktok.com.
 *
 * @import { Account } from '../../types.js'
 */

import { api, cookieStores, cookiesOf, hasSiteAccess } from '../../shared/browser.js';
import { makeQueue } from '../../shared/queue.js';
import { isWithin } from '../../shared/site.js';
import * as keys from '../../stored/keys.js';
import { sessionOf } from './cookie-names.js';

/** Where people sign in. */
const SITE = 'tiktok.com';

/** Where advertisers and sellers do. */
const PRODUCTS = [SITE, 'tiktokshop.com'];

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.cookies.onChanged.addListener(({ cookie }) => {
    if (sessionOn({ ...cookie, value: 'whether it comes or goes' }) !== undefined) look();
  });
  api.permissions.onAdded.addListener(look);
  api.permissions.onRemoved.addListener(look);
  look(); // What the last background heard of it may have died before it was written.
}

const queued = makeQueue();

/** Looks again, one look after the other, and writes down what changed. */
function look() {
  return queued(lookNow).catch((error) => console.error('Detick: the cookies could not be read.', error));
}

async function lookNow() {
  const before = await keys.get('account');
  const after = await read([...(before?.stores ?? []), ...(before?.products ?? [])]);
  if (JSON.stringify(after) !== JSON.stringify(before)) await keys.put('account', after);
}

/**
 * @param {string[]} remembered Stores with an account: a browser lists only those that are in use.
 * @returns {Promise<Account>}
 */
async function read(remembered) {
  if (!(await hasSiteAccess())) return { state: 'unknown', stores: [], products: [] };
  const stores = [...new Set([...(await cookieStores()), ...remembered])].sort();
  const sessions = await Promise.all(stores.map(sessionsIn));
  const withA = (/** @type {'person' | 'product'} */ kind) => stores.filter((_, index) => sessions[index]?.has(kind));
  const persons = withA('person');
  return { state: persons.length > 0 ? 'member' : 'visitor', stores: persons, products: withA('product') };
}

/**
 * Whose sessions a cookie store holds; one that is gone holds none.
 *
 * @param {string} storeId
 * @returns {Promise<Set<'person' | 'product'>>}
 */
async function sessionsIn(storeId) {
  try {
    const jars = await Promise.all(PRODUCTS.map((domain) => cookiesOf(domain, storeId)));
    return new Set(jars.flat().flatMap((cookie) => sessionOn(cookie) ?? []));
  } catch {
    return new Set(); // A container that was deleted, a private window that was closed.
  }
}

/**
 * Whose session with TikTok a cookie is: a person's counts on tiktok.com alone.
 *
 * @param {chrome.cookies.Cookie} cookie
 * @returns {'person' | 'product' | undefined}
 */
function sessionOn(cookie) {
  const host = cookie.domain.replace(/^\./, '');
  const session = sessionOf(cookie);
  const sites = session === 'person' ? [SITE] : PRODUCTS;
  return sites.some((site) => isWithin(host, site)) ? session : undefined;
}
