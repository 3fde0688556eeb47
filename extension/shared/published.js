/**
 * Our own lists between two releases: each release publishes what of them may be in force everywhere, at an address
 * that stays. Offered like lists of others, and like those asked for by nobody before a person switches it on.
 */

import { api } from './browser.js';
import { text } from './text.js';

/** The file's name in a release; `scripts/published.mjs` writes it. */
const FILE = 'detick-lists.txt';

/**
 * The entry of the catalogue for our own lists.
 *
 * @returns {import('./catalogue.js').Offered | undefined} nothing while the manifest names no home page, whose releases
 *   have the file
 */
export function publishedLists() {
  const home = (api.runtime.getManifest().homepage_url ?? '').replace(/\/$/, '');
  if (home === '') return undefined;
  const url = `${home}/releases/latest/download/${FILE}`;
  return { url, name: text('newerLists'), about: 'newerListsMore', home, licence: 'GPL-3.0+' };
}

/**
 * Whether what was published is older than what this package holds, and so must not stand above it: an exception that
 * was taken back would be in force again.
 *
 * @param {string} url a list's address
 * @param {string | undefined} version as the list says
 * @returns {boolean} false for every other list
 */
export function isOutdated(url, version) {
  return url === publishedLists()?.url && isBefore(version ?? '', api.runtime.getManifest().version);
}

/** @param {string} one such as `1.2.0`; what is no number counts as the oldest @param {string} other */
function isBefore(one, other) {
  const numbers = (/** @type {string} */ version) => version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [ours, theirs] = [numbers(one), numbers(other)];
  for (let at = 0; at < Math.max(ours.length, theirs.length); at += 1) {
    const difference = (ours[at] ?? 0) - (theirs[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
