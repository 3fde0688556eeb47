/**
 * The log's face: entries and filter in, elements out.
 *
 * @import { ComponentChild, VNode } from 'preact'
 * @import { Entry, Filter, Outcome } from './entries.js'
 */

import { h } from 'preact';
import { api } from '../shared/browser.js';
import { language, plural, text, translated } from '../shared/text.js';
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
 * What the log shows.
 *
 * @typedef {object} State
 * @property {Filter} filter
 * @property {Entry[]} shown newest first
 * @property {number} found how many the filter finds, shown or not
 * @property {number} all how many there are
 * @property {Map<number, string>} tabs in which requests were made, and the site that each showed last
 * @property {boolean} isResting whether new requests are left out
 * @property {boolean} hasAccess
 * @property {boolean | undefined} seesPrivate whether requests of private windows are among them; nothing until that is
 *   known
 * @property {{ words: string, isWrong: boolean } | undefined} answer to what was done last
 */

/**
 * @typedef {object} Actions
 * @property {(change: Partial<Filter>) => void} filter
 * @property {() => void} togglePause
 * @property {() => void} clear
 * @property {() => void} save
 * @property {() => void} showOlder
 * @property {(entry: Entry) => void} makeLine
 */

/**
 * @param {State} state
 * @param {Actions} actions
 * @returns {ComponentChild[]}
 */
export function view(state, actions) {
  const { answer, shown, found } = state;
  return [
    head(state, actions),
    h('div', { id: 'notes' }, notes(state)),
    h('div', { id: 'answer' }, answer && h('p', { class: answer.isWrong ? 'notice wrong' : 'notice' }, answer.words)),
    h('p', { id: 'count', class: 'soft' }, counts(state)),
    h(
      'ol',
      { id: 'entries', class: 'log' },
      shown.map((entry) => drawn(entry, actions.makeLine)),
    ),
    h('button', { id: 'older', hidden: found <= shown.length, onClick: actions.showOlder }, text('logOlder')),
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

/** Entries never change: each is drawn once. @type {WeakMap<Entry, VNode>} */
const rows = new WeakMap();

/** @param {Entry} entry @param {Actions['makeLine']} makeLine @returns {VNode} */
function drawn(entry, makeLine) {
  const known = rows.get(entry) ?? row(entry, makeLine);
  rows.set(entry, known);
  return known;
}

/** @param {State} state @param {Actions} actions */
function head({ filter, tabs, isResting }, actions) {
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
        spellcheck: false,
        onInput: ({ currentTarget }) => actions.filter({ text: currentTarget.value }),
      }),
      h(
        'select',
        {
          id: 'outcome',
          'aria-label': text('logOutcome'),
          value: filter.outcome,
          onChange: (/** @type {Chosen} */ { currentTarget }) =>
            actions.filter({ outcome: /** @type {Filter['outcome']} */ (currentTarget.value) }),
        },
        h('option', { value: 'any' }, text('outcomeAny')),
        h('option', { value: 'stopped' }, text('outcomeStopped')),
        OUTCOMES.map((outcome) => h('option', { key: outcome, value: outcome }, text(WORDS[outcome]))),
      ),
      h(
        'select',
        {
          id: 'tab',
          'aria-label': text('logTab'),
          value: String(filter.tabId ?? ''),
          onChange: (/** @type {Chosen} */ { currentTarget: { value } }) =>
            actions.filter({ tabId: value === '' ? undefined : Number(value) }),
        },
        tabOptions(tabs),
      ),
      h(
        'button',
        { id: 'pause', 'aria-pressed': isResting, onClick: actions.togglePause },
        text(isResting ? 'logResume' : 'logPause'),
      ),
      h('button', { id: 'clear', onClick: actions.clear }, text('logClear')),
      h('button', { id: 'save', onClick: actions.save }, text('logSave')),
    ),
  ];
}

/** @typedef {import('preact').TargetedEvent<HTMLSelectElement>} Chosen */

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

/**
 * One entry. Its time, outcome, kind and site come first, then the address, then what decided.
 *
 * @param {Entry} entry
 * @param {(entry: Entry) => void} makeLine
 */
function row(entry, makeLine) {
  return h(
    'li',
    { key: entry.id, class: isStopped(entry) ? 'entry stopped' : 'entry' },
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
        { class: 'plain', 'aria-label': text('logLineFor', entry.url), onClick: () => makeLine(entry) },
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
      unwrapped.map((host) => h('li', {}, text('skippedOne', host))),
      removed.map(({ name, why }) => h('li', {}, h('b', {}, name), ' ', translated('why', why))),
    ),
  );
}

/** @param {number} ms since 1970 */
function clock(ms) {
  return new Intl.DateTimeFormat(language(), { timeStyle: 'medium' }).format(ms);
}
