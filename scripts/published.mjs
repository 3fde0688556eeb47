// Our own lists as a release publishes them, for those who subscribe to them between releases: one file in our own
// syntax. Only lists that are in force everywhere: one that the extension switches would be in force always.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './setup.mjs';

/** The file's name, which stays: `extension/shared/published.js` asks for it. */
export const PUBLISHED = 'detick-lists.txt';

const LISTS = ['tiktok.txt', 'links.txt'];

/** What a list says of itself as a whole; the published file says it once, for both. */
const OWN_HEAD = /^! (?:Title|Version|Licence|Expires|Homepage):.*\n/gm;

/**
 * @param {string} version of the extension
 * @returns {string} the list
 */
export function publishedLists(version) {
  const head = ['Title: Detick, newer lists', `Version: ${version}`, 'Expires: 1 day', 'Licence: GPL-3.0-or-later'];
  const texts = LISTS.map((name) => readFileSync(join(ROOT, 'filters', name), 'utf8').replace(OWN_HEAD, ''));
  return [head.map((line) => `! ${line}\n`).join(''), ...texts].join('\n');
}
