/**
 * Every way we know for a page to make the browser ask a tracker: one table, played by `play.js`.
 *
 * @typedef {object} Target what a vector is aimed at
 * @property {string} name the vector's
 * @property {string} host its own, below the tracker's, so that even a bare connection tells who made it
 * @property {string} origin
 * @property {string} path names the vector too, for other spellings of the host
 * @property {string} url all of it
 *
 * @typedef {object} Vector
 * @property {(target: Target) => string} html what the page has in its body
 * @property {(target: Target) => Record<string, string>} [headers] which the page comes with
 * @property {(target: Target) => string} [worker] the service worker at /worker.js
 * @property {boolean} [alone] it needs a tab of its own
 * @property {boolean} [last] it is played by itself once all others are through, as it breaks something for them
 * @property {'click' | 'leave'} [act] what is done in its tab once that has loaded: `#go` is clicked, or
 *   another page is opened
 * @property {'http'} [scheme] of the page, if not https
 * @property {boolean} [quick] `npm test` plays it although it needs a tab of its own
 * @property {boolean} [connectionOnly] it sends no request: that the browser connects is all there is
 *
 * @typedef {Record<string, Vector | Vector['html']>} Vectors by name; a function alone is the `html` of a vector that
 *   shares a page with others
 */

import { elements, styles } from './vectors/elements.js';
import { frames, otherRedirects, redirects } from './vectors/frames.js';
import { hints } from './vectors/hints.js';
import { bounces, reports } from './vectors/leaving.js';
import { scripts } from './vectors/scripts.js';
import { spellings } from './vectors/spellings.js';

/** @type {Vectors[]} */
const TABLES = [elements, styles, hints, scripts, frames, redirects, otherRedirects, bounces, reports, spellings];

/** @type {ReadonlyMap<string, Vector>} by name */
export const VECTORS = new Map(
  TABLES.flatMap(Object.entries).map(([name, vector]) => [
    name,
    typeof vector === 'function' ? { html: vector } : vector,
  ]),
);

/**
 * @param {Vector} vector
 * @returns {boolean} whether it needs a tab of its own
 */
function isAlone({ alone = false, last = false, headers, act }) {
  return alone || last || headers !== undefined || act !== undefined;
}

/**
 * Each vector that needs a tab of its own costs as much as a dozen that share one.
 *
 * @param {Vector} vector
 * @returns {boolean} whether `npm run test:attacks` alone plays it
 */
function isSlow(vector) {
  return isAlone(vector) && !vector.quick;
}

/** @type {ReadonlySet<string>} the names of vectors that `npm run test:attacks` alone plays */
export const SLOW = new Set([...VECTORS].filter(([, vector]) => isSlow(vector)).map(([name]) => name));

/** So many vectors share a page: more get into each other's way. */
const ON_A_PAGE = 12;

/** @param {Vector['scheme']} scheme @returns {string[]} the vectors that share pages with it */
const sharing = (scheme) =>
  [...VECTORS].filter(([, vector]) => !isAlone(vector) && vector.scheme === scheme).map(([name]) => name);

/** @param {string} name @param {string[]} vectors @returns {[string, string[]][]} pages */
const shared = (name, vectors) =>
  Array.from({ length: Math.ceil(vectors.length / ON_A_PAGE) }, (_, page) => [
    `${name}-${page}`,
    vectors.slice(page * ON_A_PAGE, (page + 1) * ON_A_PAGE),
  ]);

/**
 * @type {ReadonlyMap<string, string[]>} the pages by name, with the vectors that each plays: first those that take long
 */
export const PAGES = new Map([
  ...shared('page', sharing(undefined)),
  ...shared('http-page', sharing('http')),
  ...[...VECTORS]
    .filter(([, vector]) => isAlone(vector))
    .map(([name]) => /** @type {[string, string[]]} */ ([name, [name]])),
]);

/**
 * @param {string} name a vector's
 * @param {string} site the tracker, or whatever is asked instead
 * @returns {Target}
 */
export function aim(name, site) {
  const host = `${name}.${site}`;
  const path = `/attack/${name}?who=reader`;
  return { name, host, origin: `https://${host}`, path, url: `https://${host}${path}` };
}
