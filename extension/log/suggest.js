/**
 * Lines that somebody who looks at a request may want to write.
 *
 * @import { Entry } from './entries.js'
 */

import { hostOf, isWithin } from '../shared/site.js';
import { isStopped } from './entries.js';

/** Signs that mean something in a line. */
const MEANINGFUL = /[*^$|,\s]/;

/**
 * @param {Pick<Entry, 'url' | 'site' | 'outcome'>} entry
 * @returns {string[]} the narrowest last: for a stopped request lines that let it through, for others lines that stop
 *   it
 */
export function suggestions(entry) {
  const host = hostOf(entry.url.replace(/^ws/, 'http'));
  if (host === '') return [];
  const everywhere = `${isStopped(entry) ? '@@' : ''}||${host}`;
  const here = entry.site !== '' && !isWithin(host, entry.site) ? [`domain=${entry.site}`] : [];
  const path = entry.url.replace(/^\w+:\/\/[^/?#]*/, '').replace(/[?#].*$/s, '');
  return [
    `${everywhere}^`,
    ...here.map((option) => `${everywhere}^$${option}`),
    ...(path.length > 1 && !MEANINGFUL.test(path) ? [`${everywhere}${path}`] : []),
  ];
}
