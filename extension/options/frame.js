/**
 * The settings page's frame: a head, a plain list of sections, and the sections, each a module of its own.
 *
 * @import { ComponentChild } from 'preact'
 * @import { Settings } from '../types.js'
 */

import { h } from 'preact';
import { api } from '../shared/browser.js';
import { text } from '../shared/text.js';

/**
 * What was said last in a section: the answer to an import, say.
 *
 * @typedef {{ section: string, words: string, isWrong: boolean }} Notice
 */

/**
 * What a section may do.
 *
 * @typedef {object} Actions
 * @property {(change: (settings: Settings) => Settings) => Promise<unknown>} change writes the settings; the page is
 *   drawn again
 * @property {(section: string, words: string, isWrong?: boolean) => void} say shows a sentence below a section, and
 *   reads it out
 */

/**
 * What a section may know besides.
 *
 * @typedef {object} Known
 * @property {Settings} settings as they hold now
 * @property {readonly string[]} locked names of the settings that an organisation has set
 */

/** @typedef {Actions & Known} View */

/**
 * One section of the page.
 *
 * @typedef {object} Section
 * @property {string} id its anchor, and the key of the message that is its title
 * @property {(view: View) => ComponentChild[]} content what it shows; a pure function of the view and of what `follow`
 *   keeps
 * @property {(redraw: () => void, actions: Actions) => void} [follow] called once, for a section that shows more than
 *   settings: it calls `redraw` whenever that has changed
 */

/**
 * @param {readonly Section[]} sections in order
 * @param {View} view
 * @param {Notice | undefined} notice
 * @returns {ComponentChild[]}
 */
export function page(sections, view, notice) {
  return [
    h(
      'header',
      {},
      h('img', { src: api.runtime.getURL('icons/on-128.png'), alt: '' }),
      h('h1', {}, text('settingsTitle')),
      h('a', { id: 'to-log', href: '../log/page.html' }, text('log')),
    ),
    h(
      'nav',
      { 'aria-label': text('sections') },
      h(
        'ul',
        {},
        sections.map(({ id }) => sectionLink(id)),
      ),
    ),
    h(
      'div',
      { class: 'sections' },
      sections.map((section) => sectionPart(section, view, notice)),
    ),
  ];
}

/** @param {string} id */
function sectionLink(id) {
  return h('li', { key: id }, h('a', { href: `#${id}` }, text(id)));
}

/** @param {Section} section @param {View} view @param {Notice | undefined} notice */
function sectionPart({ id, content }, view, notice) {
  const said = notice?.section === id && h('p', { class: notice.isWrong ? 'notice wrong' : 'notice' }, notice.words);
  return h(
    'section',
    { key: id, id, 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title` }, text(id)),
    content(view),
    said,
  );
}
