// Requests for who has no recorded ones: addresses that filters of lists may stop, and twice as many that look like
// them.
//
// They tell engines apart, but are no web: real pages ask for the same few hosts again and again.

import { readText } from './inputs.js';

/** @import { RequestRow } from '../types.js' */

/** A host, and a path without wildcards, as most filters have them. */
const PATTERN = /^\|\|([a-z\d.-]+\.[a-z]+)(\/[\w./-]*)?(?:\^|$|\$)/;
const TYPES = ['script', 'image', 'xmlhttprequest', 'sub_frame', 'stylesheet', 'other'];
/** One page has this many requests. */
const PER_PAGE = 12;
const EVERY = 10;

/**
 * @param {string[]} files lists
 * @returns {RequestRow[]} the same for the same lists
 */
export function inventRequests(files) {
  const lines = files.flatMap((file) => readText(file).split('\n'));
  const hits = lines.map((line) => PATTERN.exec(line)).filter((match) => match !== null);
  return hits
    .filter((_, at) => at % EVERY === 0)
    .flatMap(([, host = '', path = '/'], at) => {
      const page = Math.floor((at * 3) / PER_PAGE);
      const sourceUrl = `https://www.page-${page}.example/articles/${page}?from=${page % 7}`;
      const type = TYPES[at % TYPES.length] ?? 'other';
      const file = `${path.replace(/\/?$/, '/')}assets/${at}.js?v=${at % 97}&id=a1b2c3d4`;
      return [
        { url: `https://${host}${file}`, sourceUrl, type },
        { url: `https://www.page-${page}.example/static${file}`, sourceUrl, type },
        { url: `https://cdn${at % 50}.files.example/npm/library@${at % 9}/dist/index.min.js`, sourceUrl, type },
      ];
    });
}
