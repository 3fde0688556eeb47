/**
 * The cleaner: text and links in, elements out.
 *
 * @import { ComponentChild } from 'preact'
 * @import { Removed } from '../types.js'
 */

import { h } from 'preact';
import { api } from '../shared/browser.js';
import { isolated, plural, text, translated } from '../shared/text.js';

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
 * @typedef {object} State
 * @property {string} given the text
 * @property {string} clean the same text with its links as they stand now
 * @property {Link[]} links
 * @property {number | 'all' | undefined} copied the link, by its index, or the whole text, that was copied just now
 */

/**
 * @typedef {object} Actions
 * @property {(given: string) => void} clean
 * @property {() => void} copyAll
 * @property {(index: number) => void} copyOne
 * @property {(index: number) => void} toggle
 * @property {(index: number) => void} expand
 */

/**
 * @param {State} state
 * @param {Actions} actions
 * @returns {ComponentChild[]}
 */
export function view(state, actions) {
  return [
    h(
      'header',
      {},
      h('img', { src: api.runtime.getURL('icons/on-128.png'), alt: '' }),
      h('h1', {}, text('cleanerTitle')),
    ),
    h('label', { for: 'text' }, text('cleanerField')),
    h('textarea', {
      id: 'text',
      rows: 6,
      spellcheck: false,
      value: state.given,
      onInput: (/** @type {Typed} */ { currentTarget }) => actions.clean(currentTarget.value),
    }),
    h('p', { class: 'soft' }, text('cleanerMore')),
    h('div', {}, results(state, actions)),
  ];
}

/** @typedef {import('preact').TargetedEvent<HTMLTextAreaElement>} Typed */

/** @param {State} state @param {Actions} actions */
function results({ clean, links, copied }, actions) {
  if (links.length === 0) return clean.trim() !== '' && h('p', { class: 'soft' }, text('noLinks'));
  return h(
    'div',
    { class: 'result' },
    h(
      'div',
      { class: 'row' },
      h('h2', {}, summary(links)),
      h(
        'button',
        { id: 'copy-all', class: 'main', onClick: actions.copyAll },
        text(copied === 'all' ? 'copied' : 'copyAll'),
      ),
    ),
    h('div', { class: 'clean-text', id: 'clean-text' }, clean),
    h(
      'ul',
      { class: 'links' },
      links.map((link, index) => linkPart(link, index, copied === index, actions)),
    ),
  );
}

/** What became of the links, in a sentence. @param {Link[]} links */
export function summary(links) {
  const changed = links.filter((link) => !link.isUndone && link.url !== link.original).length;
  return changed === 0 ? plural('linksClean', links.length) : plural('linksCleaned', changed, links.length);
}

/** @param {Link} link @param {number} index @param {boolean} isCopied @param {Actions} actions */
function linkPart(link, index, isCopied, actions) {
  const isChanged = link.url !== link.original;
  return h(
    'li',
    { key: link.original },
    h(
      'div',
      { class: link.isUndone ? 'address undone' : 'address' },
      h('span', { id: `link-${index}` }, link.isUndone ? link.original : link.url),
      isChanged &&
        h(
          'button',
          {
            id: `undo-${index}`,
            class: 'plain',
            'aria-describedby': `link-${index}`,
            onClick: () => actions.toggle(index),
          },
          text(link.isUndone ? 'cleanAgain' : 'undo'),
        ),
      h(
        'button',
        {
          id: `copy-${index}`,
          class: 'plain',
          'aria-describedby': `link-${index}`,
          onClick: () => actions.copyOne(index),
        },
        text(isCopied ? 'copied' : 'copyOne'),
      ),
    ),
    !isChanged && !link.isShort && h('p', { class: 'soft' }, text('wasClean')),
    !link.isUndone && removals(link),
    link.isShort && shortPart(link, index, actions),
  );
}

/** What was taken out, by what it tells. @param {Link} link */
function removals({ removed, unwrapped }) {
  if (removed.length + unwrapped.length === 0) return undefined;
  const reasons = Map.groupBy(removed, ({ why }) => why);
  return h(
    'ul',
    { class: 'removals' },
    unwrapped.map((host) => h('li', { key: `past ${host}` }, text('skippedOne', isolated(host)))),
    [...reasons].map(([why, those]) =>
      h(
        'li',
        { key: why },
        h('b', {}, translated('why', why)),
        ' ',
        names([...new Set(those.map(({ name }) => name))]),
      ),
    ),
  );
}

/** @param {string[]} all of parameters, which are written from left to right */
function names(all) {
  return all.map((name, index) => [index > 0 && ' ', h('bdi', { dir: 'ltr' }, name)]);
}

/** @param {Link} link @param {number} index @param {Actions} actions */
function shortPart(link, index, actions) {
  return h(
    'div',
    { class: 'short' },
    h('p', { class: 'soft' }, text('shortExplained')),
    h(
      'button',
      { id: `expand-${index}`, onClick: () => actions.expand(index) },
      text('expand', isolated(new URL(link.url).hostname)),
    ),
    link.problem !== '' && h('p', { class: 'notice wrong' }, link.problem),
  );
}
