/**
 * The cleaner's results: links in, elements out. (The field for the text stays as it is, so that nobody loses the cursor.)
 *
 * @import { Removed } from '../types.js'
 */

import { h } from '../shared/dom.js';
import { plural, text, translated } from '../shared/text.js';

/**
 * One link of the text as it stands now.
 *
 * @typedef {object} Link
 * @property {string} original
 * @property {string} url what takes its place
 * @property {Removed[]} removed
 * @property {string[]} unwrapped
 * @property {number} start
 * @property {number} end
 * @property {boolean} isUndone the original was put back
 * @property {boolean} isShort only its host knows where it leads
 * @property {string} problem what went wrong when the host was asked
 */

/**
 * @typedef {object} Actions
 * @property {() => void} copyAll
 * @property {(index: number) => void} toggle
 * @property {(index: number) => void} expand
 */

/**
 * @param {string} clean
 * @param {Link[]} links
 * @param {Actions} actions
 * @returns {HTMLElement[]}
 */
export function render(clean, links, actions) {
  if (links.length === 0) return clean.trim() === '' ? [] : [h('p', { class: 'soft' }, text('noLinks'))];
  return [
    h(
      'div',
      { class: 'result' },
      h(
        'div',
        { class: 'row' },
        h('h2', {}, summary(links)),
        h('button', { id: 'copy-all', class: 'main', onclick: actions.copyAll }, text('copyAll')),
      ),
      h('div', { class: 'clean-text', id: 'clean-text' }, clean),
      h('ul', { class: 'links' }, ...links.map((link, index) => linkPart(link, index, actions))),
    ),
  ];
}

/** @param {Link[]} links */
function summary(links) {
  const changed = links.filter((link) => !link.isUndone && link.url !== link.original).length;
  return changed === 0 ? plural('linksClean', links.length) : plural('linksCleaned', changed, links.length);
}

/** @param {Link} link @param {number} index @param {Actions} actions */
function linkPart(link, index, actions) {
  const isChanged = link.url !== link.original;
  return h(
    'li',
    {},
    h(
      'div',
      { class: link.isUndone ? 'address undone' : 'address' },
      h('span', {}, link.isUndone ? link.original : link.url),
      isChanged &&
        h(
          'button',
          { id: `undo-${index}`, class: 'plain', onclick: () => actions.toggle(index) },
          text(link.isUndone ? 'cleanAgain' : 'undo'),
        ),
    ),
    !isChanged && !link.isShort && h('p', { class: 'soft' }, text('wasClean')),
    !link.isUndone && removals(link),
    link.isShort && shortPart(link, index, actions),
  );
}

/** @param {Link} link */
function removals({ removed, unwrapped }) {
  if (removed.length + unwrapped.length === 0) return undefined;
  return h(
    'ul',
    { class: 'removals' },
    ...unwrapped.map((host) => h('li', {}, text('skippedOne', host))),
    ...removed.map((one) => h('li', { title: one.rule }, h('b', {}, one.name), ' ', translated('why', one.why))),
  );
}

/** @param {Link} link @param {number} index @param {Actions} actions */
function shortPart(link, index, actions) {
  return h(
    'div',
    { class: 'short' },
    h('p', { class: 'soft' }, text('shortExplained')),
    h(
      'button',
      { id: `expand-${index}`, onclick: () => actions.expand(index) },
      text('expand', new URL(link.url).hostname),
    ),
    link.problem !== '' && h('p', { class: 'notice wrong' }, link.problem),
  );
}
