/** Pieces that several parts of the popup are made of. */

import { h } from '../shared/dom.js';
import { plural } from '../shared/text.js';

/**
 * A list of which only the first rows show at once; a click unfolds the others.
 *
 * @param {HTMLElement[]} rows
 * @param {{ name: string, shown: number }} how `name` is the list's class and the fold's key
 * @returns {HTMLElement | undefined} nothing if there are no rows.
 */
export function foldedList(rows, { name, shown }) {
  if (rows.length === 0) return undefined;
  // One row more takes no more room than the words that would stand for it.
  if (rows.length <= shown + 1) return h('ul', { class: name }, ...rows);
  return h(
    'div',
    {},
    h('ul', { class: name }, ...rows.slice(0, shown)),
    h(
      'details',
      { 'data-key': name },
      h('summary', { class: 'more' }, plural('moreRows', rows.length - shown)),
      h('ul', { class: name }, ...rows.slice(shown)),
    ),
  );
}
