/**
 * How many of TikTok's identifiers were deleted, and which on the sites of this session; sole writer of storage.local
 * `forgotten` and storage.session `forgottenHere`.
 *
 * @import { ForgottenHere } from '../../types.js'
 */

import * as keys from '../../stored/keys.js';

const SITES_KEPT = 200;
const NAMES_KEPT = 50;

/** What is told of a name that is none of TikTok's usual ones: sites choose them, and they stand in the popup. */
const PLAIN_NAME = /^[\w.-]{1,40}$/;
const OTHER_NAME = '…';

/**
 * Counts deleted identifiers, one after the other.
 *
 * @param {string} site
 * @param {string[]} names
 * @returns {Promise<void>}
 */
export async function addForgotten(site, names) {
  if (names.length > 0) await addNow(site, names).catch(report);
}

/** @param {unknown} error */
const report = (error) => console.error('Detick: deleted identifiers could not be counted.', error);

/** @param {string} site @param {string[]} names */
async function addNow(site, names) {
  await Promise.all([
    keys.change('forgotten', (before) => ({
      since: before?.since ?? Date.now(),
      all: (before?.all ?? 0) + names.length,
    })),
    keys.change('forgottenHere', (sites = {}) => withNames(sites, site, names)),
  ]);
}

/**
 * @param {ForgottenHere} sites
 * @param {string} site
 * @param {string[]} names
 * @returns {ForgottenHere} with the names counted, as many as there is room for; the sites that were heard of first
 *   make room.
 */
export function withNames(sites, site, names) {
  const { [site]: known = {}, ...others } = sites;
  const here = new Map(Object.entries(known));
  for (const name of names.map((given) => (PLAIN_NAME.test(given) ? given : OTHER_NAME)))
    if (here.has(name) || here.size < NAMES_KEPT) here.set(name, (here.get(name) ?? 0) + 1);
  return Object.fromEntries([...Object.entries(others).slice(1 - SITES_KEPT), [site, Object.fromEntries(here)]]);
}
