/**
 * How many of TikTok's identifiers were deleted, and which on the sites of this session; sole writer of storage.local `forgotten` and
 * storage.session `forgottenHere`.
 *
 * @import { Forgotten, ForgottenHere } from '../types.js'
 */

import { api } from '../shared/browser.js';

const SITES_KEPT = 200;

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * Counts deleted identifiers, one after the other.
 *
 * @param {string} site
 * @param {string[]} names
 */
export function addForgotten(site, names) {
  if (names.length > 0) last = last.then(() => addNow(site, names)).catch(report);
  return last;
}

/** @param {unknown} error */
const report = (error) => console.error('Detick: deleted identifiers could not be counted.', error);

/** @param {string} site @param {string[]} names */
async function addNow(site, names) {
  const [local, session] = await Promise.all([
    api.storage.local.get('forgotten'),
    api.storage.session.get('forgottenHere'),
  ]);
  const before = /** @type {Forgotten | undefined} */ (local.forgotten);
  const sites = /** @type {ForgottenHere | undefined} */ (session.forgottenHere) ?? {};
  const after = { since: before?.since ?? Date.now(), all: (before?.all ?? 0) + names.length };
  await Promise.all([
    api.storage.local.set({ forgotten: after }),
    api.storage.session.set({ forgottenHere: withNames(sites, site, names) }),
  ]);
}

/**
 * @param {ForgottenHere} sites
 * @param {string} site
 * @param {string[]} names
 * @returns {ForgottenHere} with the names counted; the sites that were heard of first make room.
 */
export function withNames(sites, site, names) {
  const { [site]: known = {}, ...others } = sites;
  const here = { ...known };
  for (const name of names) here[name] = (here[name] ?? 0) + 1;
  return Object.fromEntries([...Object.entries(others).slice(1 - SITES_KEPT), [site, here]]);
}
