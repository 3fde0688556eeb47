/**
 * One request in the log: a line that all others are aligned with, and its details once that is pressed.
 *
 * @import { ComponentChild, VNode } from 'preact'
 * @import { Outcome } from '../types.js'
 * @import { Entry } from './entries.js'
 * @import { Place } from './in-sight.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { language, text, translated } from '../shared/text.js';
import { isStopped } from './entries.js';

/** More of an address is not in sight on one line; details have it whole. */
const URL_ON_LINE = 300;

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
 * @param {Place<Entry>} place
 * @param {number} number of lines in the list
 * @param {boolean} isOpen whether its details are shown
 * @param {boolean} mayWrite whether the person may write lines
 * @param {Actions} actions
 * @returns {VNode}
 */
export function row({ entry, index, top }, number, isOpen, mayWrite, actions) {
  return h(
    'li',
    {
      key: entry.id,
      'data-id': entry.id,
      class: isStopped(entry) ? 'entry stopped' : 'entry',
      style: { top: `${top}px` },
      'aria-posinset': index + 1,
      'aria-setsize': number,
    },
    line(entry, isOpen, actions),
    isOpen && details(entry, mayWrite, actions),
  );
}

/**
 * Entries never change: the line of each is made once, and once more with its details.
 *
 * @type {WeakMap<Entry, Map<boolean, VNode>>}
 */
const made = new WeakMap();

/** @param {Entry} entry @param {boolean} isOpen @param {Actions} actions the same for all */
function line(entry, isOpen, actions) {
  const known = made.get(entry) ?? new Map();
  const node = known.get(isOpen) ?? makeLine(entry, isOpen, actions);
  made.set(entry, known.set(isOpen, node));
  return node;
}

/** @param {Entry} entry @param {boolean} isOpen @param {Actions} actions */
function makeLine(entry, isOpen, actions) {
  return h(
    'button',
    { 'aria-expanded': isOpen, onClick: () => actions.toggle(entry) },
    h('time', { datetime: new Date(entry.time).toISOString() }, clock(entry.time)),
    h('b', { class: `outcome ${entry.outcome}` }, text(WORDS[entry.outcome])),
    h('span', { class: 'kind' }, translated('type', entry.type)),
    h(
      'span',
      { class: 'site' },
      h('bdi', {}, entry.site || text('logNoSite')),
      entry.isPrivate && h('span', { class: 'private' }, text('logPrivate')),
    ),
    h('code', { class: 'url' }, entry.url.slice(0, URL_ON_LINE)),
  );
}

/** @param {Entry} entry @param {boolean} mayWrite @param {Actions} actions */
function details(entry, mayWrite, actions) {
  return h(
    'div',
    { class: 'details' },
    h('p', {}, h('code', { class: 'address' }, entry.url)),
    entry.isEarlier && h('p', { class: 'soft' }, text('logEarlier')),
    h('dl', {}, facts(entry)),
    cleanedPart(entry),
    mayWrite && lineButton(entry, actions),
  );
}

/** @param {Entry} entry @returns {ComponentChild[]} */
function facts({ company, purpose, filter, list, line, type, method, outcome }) {
  return [
    company && fact(text('logCompany'), company),
    purpose && fact(text('purpose'), translated('purpose', purpose)),
    fact(text('kind'), `${translated('type', type)}, ${method}`),
    outcome === 'stand-in' && fact(text('standIn'), text('standInMeans')),
    list && fact(text('logDecidedBy'), text('lineOfList', line ?? 0, list), filter && h('code', {}, filter)),
    list === '' && fact(text('logDecidedBy'), text('stoppedByBody')),
  ];
}

/** @param {string} name @param {ComponentChild[]} values */
function fact(name, ...values) {
  return [h('dt', {}, name), h('dd', {}, values)];
}

/**
 * What was let through needs no line to be stopped: taking back the choice that let it through does that.
 *
 * @param {Entry} entry
 * @param {Actions} actions
 */
function lineButton(entry, actions) {
  if (entry.outcome === 'allowed' || entry.outcome === 'paused') return undefined;
  const words = text(isStopped(entry) ? 'logAllow' : 'logBlock');
  return h('p', {}, h('button', { class: 'make-line', onClick: () => actions.makeLine(entry) }, words));
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
      removed.map(({ name, why }) =>
        h('li', {}, h('bdi', { dir: 'ltr' }, h('b', {}, name)), ' ', translated('why', why)),
      ),
    ),
  );
}

/** @type {Intl.DateTimeFormat | undefined} */
let format;

/** @param {number} ms since 1970 */
function clock(ms) {
  format ??= new Intl.DateTimeFormat(language(), { timeStyle: 'medium' }); // to make one takes longer than to use it
  return format.format(ms);
}
