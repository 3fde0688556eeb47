/**
 * The log's face: entries and filter in, elements out.
 *
 * @import { Entry, Filter, Outcome } from './entries.js'
 */

import { api } from '../shared/browser.js';
import { h } from '../shared/dom.js';
import { language, text, translated } from '../shared/text.js';
import { isStopped, OUTCOMES } from './entries.js';

/** @type {Record<Outcome, string>} */
const WORDS = {
  blocked: 'outcomeBlocked',
  'stand-in': 'outcomeStandIn',
  cleaned: 'outcomeCleaned',
  allowed: 'outcomeAllowed',
  paused: 'outcomePaused',
  passed: 'outcomePassed',
  ended: 'outcomeEnded',
};

/**
 * @typedef {object} Actions
 * @property {(change: Partial<Filter>) => void} filter
 * @property {() => void} togglePause
 * @property {() => void} clear
 * @property {() => void} save
 */

/**
 * What stands above the entries, and stays: nobody loses the cursor.
 *
 * @param {Actions} actions
 * @returns {HTMLElement[]}
 */
export function head(actions) {
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
        spellcheck: 'false',
        oninput: ({ target }) => actions.filter({ text: chosenIn(target) }),
      }),
      h(
        'select',
        {
          id: 'outcome',
          'aria-label': text('logOutcome'),
          onchange: ({ target }) => actions.filter({ outcome: /** @type {Filter['outcome']} */ (chosenIn(target)) }),
        },
        h('option', { value: 'any' }, text('outcomeAny')),
        h('option', { value: 'stopped' }, text('outcomeStopped')),
        ...OUTCOMES.map((outcome) => h('option', { value: outcome }, text(WORDS[outcome]))),
      ),
      h('select', {
        id: 'tab',
        'aria-label': text('logTab'),
        onchange: ({ target }) =>
          actions.filter({ tabId: chosenIn(target) === '' ? undefined : Number(chosenIn(target)) }),
      }),
      h('button', { id: 'pause', 'aria-pressed': 'false', onclick: actions.togglePause }, text('logPause')),
      h('button', { id: 'clear', onclick: actions.clear }, text('logClear')),
      h('button', { id: 'save', onclick: actions.save }, text('logSave')),
    ),
  ];
}

/** @param {EventTarget | null} field */
const chosenIn = (field) => /** @type {HTMLInputElement | HTMLSelectElement} */ (field).value;

/**
 * The tabs to choose from, by name; those that show the same site are told apart by their numbers.
 *
 * @param {Map<number, string>} tabs
 * @returns {HTMLElement[]}
 */
export function tabOptions(tabs) {
  const sites = [...tabs.values()];
  const named = [...tabs].map(([id, site]) => {
    const name = id < 0 ? text('logNoTab') : site || text('logNoSite');
    const isAlone = sites.indexOf(site) === sites.lastIndexOf(site);
    return { id, name: isAlone || id < 0 ? name : `${name} (${id})` };
  });
  named.sort((one, other) => one.name.localeCompare(other.name));
  return [
    h('option', { value: '' }, text('logAnyTab')),
    ...named.map(({ id, name }) => h('option', { value: id }, name)),
  ];
}

/**
 * One entry. Its time, outcome, kind and site come first, then the address, then what decided.
 *
 * @param {Entry} entry
 * @param {(entry: Entry) => void} makeLine
 * @returns {HTMLElement}
 */
export function row(entry, makeLine) {
  return h(
    'li',
    { class: isStopped(entry) ? 'entry stopped' : 'entry' },
    h(
      'p',
      { class: 'facts' },
      h('time', { datetime: new Date(entry.time).toISOString() }, clock(entry.time)),
      h('b', { class: `outcome ${entry.outcome}` }, text(WORDS[entry.outcome])),
      h('span', {}, translated('type', entry.type)),
      h('span', { class: 'site' }, entry.site || text('logNoSite')),
      entry.isPrivate && h('span', { class: 'private' }, text('logPrivate')),
      h(
        'button',
        { class: 'plain', 'aria-label': text('logLineFor', entry.url), onclick: () => makeLine(entry) },
        text('logLine'),
      ),
    ),
    h('code', { class: 'url' }, entry.url),
    sourcePart(entry),
    cleanedPart(entry),
  );
}

/** @param {Entry} entry */
function sourcePart({ company, purpose, filter, list, line }) {
  if (!filter || !list) return undefined;
  const who = [company, purpose && translated('purpose', purpose)].filter(Boolean).join(': ');
  return h(
    'p',
    { class: 'soft source' },
    who !== '' && h('span', {}, who),
    h('span', {}, text('lineOfList', line ?? 0, list)),
    h('code', {}, filter),
  );
}

/** @param {Entry} entry */
function cleanedPart({ cleanUrl, removed = [], unwrapped = [] }) {
  if (!cleanUrl) return undefined;
  return h(
    'div',
    { class: 'soft' },
    h('p', {}, text('logSentTo'), ' ', h('code', {}, cleanUrl)),
    h(
      'ul',
      { class: 'removals' },
      ...unwrapped.map((host) => h('li', {}, text('skippedOne', host))),
      ...removed.map(({ name, why }) => h('li', {}, h('b', {}, name), ' ', translated('why', why))),
    ),
  );
}

/** @param {number} ms since 1970 */
function clock(ms) {
  return new Intl.DateTimeFormat(language(), { timeStyle: 'medium' }).format(ms);
}
