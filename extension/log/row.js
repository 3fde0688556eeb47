/**
 * One request in the log: a line that all others are aligned with, and its details once that is pressed.
 *
 * @import { ComponentChild, VNode } from 'preact'
 * @import { Outcome } from '../types.js'
 * @import { Entry } from './entries.js'
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
 * Entries never change: each is drawn once, and once more with its details.
 *
 * @type {WeakMap<Entry, Map<boolean, VNode>>}
 */
const drawn = new WeakMap();

/**
 * @param {Entry} entry
 * @param {boolean} isOpen whether its details are shown
 * @param {Actions} actions the same for all
 * @returns {VNode}
 */
export function row(entry, isOpen, actions) {
  const known = drawn.get(entry) ?? new Map();
  const node = known.get(isOpen) ?? draw(entry, isOpen, actions);
  drawn.set(entry, known.set(isOpen, node));
  return node;
}

/** @param {Entry} entry @param {boolean} isOpen @param {Actions} actions */
function draw(entry, isOpen, actions) {
  return h(
    'li',
    { key: entry.id, class: isStopped(entry) ? 'entry stopped' : 'entry' },
    h(
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
    ),
    isOpen && details(entry, actions),
  );
}

/** @param {Entry} entry @param {Actions} actions */
function details(entry, actions) {
  return h(
    'div',
    { class: 'details' },
    h('p', {}, h('code', { class: 'address' }, entry.url)),
    entry.isEarlier && h('p', { class: 'soft' }, text('logEarlier')),
    h('dl', {}, facts(entry)),
    cleanedPart(entry),
    lineButton(entry, actions),
  );
}

/** @param {Entry} entry @returns {ComponentChild[]} */
function facts({ company, purpose, filter, list, line, type, method, outcome }) {
  return [
    company && fact(text('logCompany'), company),
    purpose && fact(text('purpose'), translated('purpose', purpose)),
    fact(text('kind'), `${translated('type', type)}, ${method}`),
    outcome === 'stand-in' && fact(text('standIn'), text('standInMeans')),
    filter && list && fact(text('logDecidedBy'), text('lineOfList', line ?? 0, list), h('code', {}, filter)),
    filter === '' && fact(text('logDecidedBy'), text('stoppedByBody')),
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
