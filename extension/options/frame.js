/**
 * The settings page's frame: a head, a plain list of sections, and the sections, each a module of its own.
 *
 * @import { ComponentChild } from 'preact'
 * @import { Problem } from '../stored/policy.js'
 * @import { Settings } from '../types.js'
 */

import { h } from 'preact';
import { api } from '../shared/browser.js';
import { isolated, text } from '../shared/text.js';

/**
 * What was said last in a section or part: the answer to an import, say.
 *
 * @typedef {object} Notice
 * @property {string} section the id of the section, or of the part
 * @property {string} words
 * @property {boolean} isWrong
 * @property {() => unknown} [undo] takes back what was done; until something else is done
 */

/**
 * What a section may do.
 *
 * @typedef {object} Actions
 * @property {(change: (settings: Settings) => Settings) => Promise<unknown>} change writes the settings; the page is
 *   drawn again
 * @property {(section: string, words: string, isWrong?: boolean, undo?: () => unknown) => void} say shows a sentence
 *   below a section, and reads it out
 * @property {(words: string) => void} tell reads out what the eye sees anyway
 */

/**
 * What a section may know besides.
 *
 * @typedef {object} Known
 * @property {Settings} settings as they hold now
 * @property {readonly string[]} locked names of the settings that an organisation has set
 * @property {readonly Problem[]} policyProblems what an organisation has set that cannot be
 * @property {Notice | undefined} notice
 */

/** @typedef {Actions & Known} View */

/**
 * One section of the page.
 *
 * @typedef {object} Section
 * @property {string} id its anchor
 * @property {string} title the key of the message
 * @property {(view: View) => ComponentChild[]} content what it shows; a pure function of the view and of what `follow`
 *   keeps
 * @property {(redraw: () => void, actions: Actions) => void} [follow] called once, for a section that shows more than
 *   settings: it calls `redraw` whenever that has changed
 */

/**
 * @param {readonly Section[]} sections in order
 * @param {View} view
 * @returns {ComponentChild[]}
 */
export function page(sections, view) {
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
        sections.map(({ id, title }) => h('li', { key: id }, h('a', { href: `#${id}` }, text(title)))),
      ),
    ),
    h(
      'div',
      { class: 'sections' },
      problemsPart(view.policyProblems),
      sections.map((section) => sectionPart(section, view)),
    ),
  ];
}

/** For administrators: what of their policy does not hold. @param {readonly Problem[]} problems */
function problemsPart(problems) {
  if (problems.length === 0) return undefined;
  const words = problems.map(({ place, found, possible }) =>
    found === undefined || possible === undefined
      ? text('policyUnknown', isolated(place))
      : text('policyWrong', isolated(place), isolated(found), isolated(possible)),
  );
  return h(
    'div',
    { id: 'policy-problems', class: 'notice wrong' },
    h('p', {}, text('policyProblems')),
    h(
      'ul',
      {},
      words.map((one) => h('li', { key: one }, one)),
    ),
  );
}

/** @param {Section} section @param {View} view */
function sectionPart({ id, title, content }, view) {
  return h(
    'section',
    { key: id, id, 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title` }, text(title)),
    content(view),
    noticePart(view, id),
  );
}

/**
 * A part of a section, with a title of its own.
 *
 * @param {string} id its anchor, and the key of the message that is its title
 * @param {View} view
 * @param {ComponentChild[]} content
 */
export function part(id, view, content) {
  return h('div', { key: id, id, class: 'part' }, h('h3', {}, text(id)), content, noticePart(view, id));
}

/** @param {View} view @param {string} id of the section or part that it is about */
function noticePart({ notice }, id) {
  if (notice?.section !== id || notice.words === '') return undefined;
  const { words, isWrong, undo } = notice;
  return h(
    'p',
    { class: isWrong ? 'notice wrong' : 'notice' },
    words,
    undo && h('button', { id: 'undo', class: 'plain', onClick: undo }, text('undo')),
  );
}
