/**
 * Lines that somebody who looks at a request may want to write.
 *
 * @import { Entry } from './entries.js'
 */

import { MEANINGFUL } from '../shared/exceptions.js';
import { hostOf, isWithin } from '../shared/site.js';
import { isStopped } from './entries.js';

/**
 * A line, and the message that says what it holds for: `lineThisHere` (this request on one site), `lineHostHere` (all
 * of a host on one site), `lineThis`, `lineHost` (on every site), `linePage`, `linePages` (pages that are opened).
 *
 * @typedef {{ line: string, key: string }} Suggestion
 */

/**
 * @param {Pick<Entry, 'url' | 'site' | 'outcome' | 'type'>} entry
 * @returns {Suggestion[]} the narrowest first: for a stopped request lines that let it through, for others lines that
 *   stop it
 */
export function suggestions(entry) {
  const host = hostOf(entry.url.replace(/^ws/, 'http'));
  if (host === '') return [];
  const start = `${isStopped(entry) ? '@@' : ''}||${host}`;
  const path = entry.url.replace(/^\w+:\/\/[^/?#]*/, '').replace(/[?#].*$/s, '');
  const isPlain = path.length > 1 && !MEANINGFUL.test(path);
  /** @type {(end: string, keys: [string, string]) => Suggestion[]} */
  const both = (end, [one, all]) => [
    ...(isPlain ? [{ line: `${start}${path}${end}`, key: one }] : []),
    { line: `${start}^${end}`, key: all },
  ];
  if (entry.type === 'main_frame') return both('$document', ['linePage', 'linePages']);
  const isOwn = entry.site === '' || isWithin(host, entry.site); // another site has hardly a reason to ask for it
  const here = isOwn && !isStopped(entry) ? [] : both(`$domain=${entry.site}`, ['lineThisHere', 'lineHostHere']);
  return [...(entry.site === '' ? [] : here), ...both('', ['lineThis', 'lineHost'])];
}

/**
 * Whether a line lets something through on every site. Such a line is saved by its button alone.
 *
 * @param {string} line
 */
export function opensEverywhere(line) {
  return line.trim().startsWith('@@') && !/[$,](?:domain|from)=(?!~)/.test(line);
}
