/**
 * The log's face: entries and filter in, elements out.
 *
 * @import { ComponentChild } from 'preact'
 * @import { Entry, Filter, Numbers } from './entries.js'
 * @import { Place } from './in-sight.js'
 */

import { h } from 'preact';
import { api } from '../shared/browser.js';
import { reportChoice } from '../shared/report-choice.js';
import { language, plural, text } from '../shared/text.js';
import { moveFocus } from './list.js';
import { row } from './row.js';

/**
 * What the log shows.
 *
 * @typedef {object} State
 * @property {Filter} filter
 * @property {Place<Entry>[]} places of the lines that are drawn
 * @property {number} height of all lines, in px
 * @property {number} found how many the filter finds
 * @property {Numbers} numbers how many it would find of each group
 * @property {number} all how many there are
 * @property {Map<number, string>} tabs in which requests were made, and the site that each showed last
 * @property {string | undefined} calledFrom the site of the tab that the log was called from, once that is known
 * @property {Set<number>} open entries whose details are shown, by id
 * @property {boolean} isResting whether new requests are left out
 * @property {boolean} hasAccess
 * @property {boolean} mayWrite whether the person may write lines: an organisation may have set them
 * @property {boolean | undefined} seesPrivate whether requests of private windows are among them; nothing until that is
 *   known
 * @property {Answer | undefined} answer to what was done last
 */

/**
 * @typedef {object} Answer
 * @property {string} words
 * @property {boolean} isWrong
 * @property {string} [before] own lines, to take back what was saved
 * @property {number} [tabId] to be loaded anew
 */

/**
 * @typedef {object} Actions
 * @property {(change: Partial<Filter>) => void} filter
 * @property {() => void} togglePause
 * @property {() => void} clear
 * @property {() => void} saveHar
 * @property {() => void} saveLines
 * @property {(form: { isHtml: boolean, hasValues: boolean }) => void} saveReport
 * @property {(entry: Entry) => void} toggle shows its details, or hides them
 * @property {(entry: Entry) => void} makeLine
 * @property {(before: string) => void} undo
 * @property {(tabId: number) => void} reload
 */

/**
 * @param {State} state
 * @param {Actions} actions
 * @returns {ComponentChild[]}
 */
export function view(state, actions) {
  const { places, height, found, open, mayWrite } = state;
  return [
    head(state, actions),
    h('div', { id: 'notes' }, notes(state)),
    h('div', { id: 'answer' }, answerPart(state, actions)),
    h(
      'div',
      { class: 'row' },
      h('p', { id: 'count', class: 'soft' }, counts(state)),
      h('button', { id: 'save-har', class: 'plain', onClick: actions.saveHar }, text('logSaveHar')),
      h('button', { id: 'save', class: 'plain', onClick: actions.saveLines }, text('logSaveLines')),
      reportChoice(actions.saveReport),
    ),
    h(
      'ol',
      { id: 'entries', class: 'log', style: { height: `${height}px` }, onKeyDown: moveFocus },
      places.map((place) => row(place, found, open.has(place.entry.id), mayWrite, actions)),
    ),
  ];
}

/** @param {State} state */
function counts({ found, all }) {
  return all === 0 ? text('logEmpty') : plural('logCount', found, all.toLocaleString(language()));
}

/** What the log cannot show, and why. @param {State} state */
function notes({ hasAccess, seesPrivate }) {
  if (seesPrivate === undefined) return undefined;
  return [
    !hasAccess && h('p', { class: 'notice wrong' }, text('logNoAccess')),
    h('p', { class: 'soft' }, text(seesPrivate ? 'logPrivateSeen' : 'logPrivateUnseen')),
  ];
}

/** @param {State} state @param {Actions} actions */
function answerPart({ answer }, actions) {
  if (!answer) return undefined;
  const { words, isWrong, before, tabId } = answer;
  return h(
    'div',
    { class: isWrong ? 'notice wrong' : 'notice' },
    h('span', {}, words),
    before !== undefined && [
      h('button', { id: 'undo-line', class: 'plain', onClick: () => actions.undo(before) }, text('undo')),
      h('a', { href: '../options/page.html#sectionOwn' }, text('sectionOwn')),
    ],
    tabId !== undefined &&
      tabId >= 0 &&
      h('button', { id: 'reload', class: 'plain', onClick: () => actions.reload(tabId) }, text('reloadPage')),
  );
}

/** @param {State} state @param {Actions} actions */
function head(state, actions) {
  const { filter, isResting } = state;
  return [
    h('header', {}, h('img', { src: api.runtime.getURL('icons/on-128.png'), alt: '' }), h('h1', {}, text('logTitle'))),
    h('p', { class: 'soft' }, text('logMore')),
    h(
      'div',
      { class: 'row tools' },
      h('input', {
        type: 'search',
        id: 'find',
        placeholder: text('logFind'),
        'aria-label': text('logFind'),
        value: filter.text,
        spellcheck: false,
        onInput: ({ currentTarget }) => actions.filter({ text: currentTarget.value }),
      }),
      tabChoice(state, actions),
      h(
        'button',
        { id: 'pause', 'aria-pressed': isResting, onClick: actions.togglePause },
        text(isResting ? 'logResume' : 'logPause'),
      ),
      h('button', { id: 'clear', onClick: actions.clear }, text('logClear')),
    ),
    groupChoice(state, actions),
  ];
}

/** @type {[Filter['group'], string][]} */
const GROUPS = [
  ['stopped', 'outcomeStopped'],
  ['through', 'outcomeThrough'],
  ['cleaned', 'outcomeCleanedAll'],
  ['rest', 'outcomeRest'],
  ['any', 'outcomeAny'],
];

/** @param {State} state @param {Actions} actions */
function groupChoice({ filter, numbers }, actions) {
  const chips = GROUPS.map(([group, key]) =>
    h(
      'label',
      { key: group, class: 'chip' },
      h('input', {
        type: 'radio',
        name: 'group',
        id: `group-${group}`,
        checked: filter.group === group,
        onChange: () => actions.filter({ group }),
      }),
      text(key),
      h('span', { class: 'number' }, numbers[group].toLocaleString(language())),
    ),
  );
  return h('fieldset', { class: 'chips' }, h('legend', { class: 'hidden-text' }, text('logOutcome')), chips);
}

/** @typedef {import('preact').TargetedEvent<HTMLSelectElement>} Chosen */

/** @param {State} state @param {Actions} actions */
function tabChoice({ filter, tabs }, actions) {
  const props = {
    id: 'tab',
    'aria-label': text('logTab'),
    value: String(filter.tabId ?? ''),
    onChange: (/** @type {Chosen} */ { currentTarget: { value } }) =>
      actions.filter({ tabId: value === '' ? undefined : Number(value) }),
  };
  return h('select', props, tabOptions(tabs));
}

/**
 * The tabs to choose from, by name; those that show the same site are told apart by their numbers.
 *
 * @param {Map<number, string>} tabs
 */
function tabOptions(tabs) {
  const sites = [...tabs.values()];
  const named = [...tabs].map(([id, site]) => {
    const name = id < 0 ? text('logNoTab') : site || text('logNoSite');
    const isAlone = sites.indexOf(site) === sites.lastIndexOf(site);
    return { id, name: isAlone || id < 0 ? name : `${name} (${id})` };
  });
  named.sort((one, other) => one.name.localeCompare(other.name));
  return [
    h('option', { value: '' }, text('logAnyTab')),
    ...named.map(({ id, name }) => h('option', { key: id, value: id }, name)),
  ];
}
