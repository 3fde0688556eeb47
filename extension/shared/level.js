/**
 * How far Detick goes: only against trackers elsewhere, also on TikTok's own pages, or keeping TikTok out altogether.
 *
 * @import { Account, Level, Settings } from '../types.js'
 */

/**
 * The page that stands in for what is locked out; the address that was asked for is its fragment. Its host may change.
 */
const LOCKOUT_PAGE = /^(?:chrome|moz)-extension:\/\/[^/]+\/lockout\/page\.html(?=#|$)/;

/**
 * Whether an address is that of our page that stands in for what is locked out.
 *
 * @param {string} url
 */
export function isLockoutPage(url) {
  return LOCKOUT_PAGE.test(url);
}

/**
 * The address that a page is about: the page that stands in for what is locked out is about that.
 *
 * @param {string} url
 */
export function askedFor(url) {
  return isLockoutPage(url) ? url.replace(/^[^#]*#?/, '') : url;
}

/**
 * The account as far as one cookie store is concerned: somebody who is signed in in a container is a visitor outside of
 * it.
 *
 * @param {Account | undefined} account as far as known
 * @param {string} store
 * @returns {Account | undefined}
 */
export function accountIn(account, store) {
  if (account?.state !== 'member' || account.stores.includes(store)) return account;
  return { ...account, state: 'visitor' };
}

/**
 * The level that holds now. Left to itself, Detick defends on tiktok.com only where it knows that nobody is signed in:
 * a login, likes and uploads must work for those who have an account.
 *
 * @param {Settings} settings
 * @param {Account | undefined} account as far as known
 * @param {number} [liftedUntil] ms since 1970 until which a lockout rests
 * @param {number} [now] ms since 1970
 * @returns {Level}
 */
export function levelOf(settings, account, liftedUntil = 0, now = Date.now()) {
  const isLifted = settings.level === 'lockout' && liftedUntil > now;
  if (settings.level !== 'auto' && !isLifted) return settings.level;
  return account?.state === 'visitor' ? 'visitor' : 'pixels';
}
