/**
 * Pieces that several parts of the popup are made of.
 *
 * @import { VNode } from 'preact'
 * @import { State } from './state.js'
 */

import { h } from 'preact';
import { Fold } from '../shared/fold.js';
import { plural, text } from '../shared/text.js';

/**
 * A list of which only the first rows show at once; a click unfolds the others.
 *
 * @param {VNode[]} rows each with its key
 * @param {{ name: string, shown: number }} how `name` is the list's class
 * @returns {VNode | undefined} nothing if there are no rows.
 */
export function foldedList(rows, { name, shown }) {
  if (rows.length === 0) return undefined;
  // One row more takes no more room than the words that would stand for it.
  if (rows.length <= shown + 1) return h('ul', { class: name }, rows);
  return h(
    'div',
    {},
    h('ul', { class: name }, rows.slice(0, shown)),
    h(
      Fold,
      {},
      h('summary', { class: 'more' }, plural('moreRows', rows.length - shown)),
      h('ul', { class: name }, rows.slice(shown)),
    ),
  );
}

/**
 * What a button says: for a moment after it was pressed, what came of that.
 *
 * @param {State} state
 * @param {string} id the button's
 * @param {string} key the message's that it says otherwise
 * @returns {string}
 */
export function words({ answer }, id, key) {
  return answer?.id === id ? answer.words : text(key);
}
