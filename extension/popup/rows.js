/**
 * The rows of the popup's first view: each opens a view of its own.
 *
 * @import { ComponentChild } from 'preact'
 * @import { State, Status, ViewName } from './state.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { familyOf } from '../shared/families.js';
import { isWithin } from '../shared/site.js';
import { language, plural, text } from '../shared/text.js';
import { isLeftAlone } from '../stored/settings.js';
import { byCompany } from './companies.js';
import { copyButtons, readable, removedFrom } from './link.js';

/** @typedef {'stopped' | 'link' | 'videos' | 'protection' | 'cleared' | 'trouble' | 'news'} Row */

/**
 * Which rows there are.
 *
 * @param {State} state
 * @param {Status} status
 * @returns {Row[]} from above
 */
export function rowsOf(state, status) {
  const isSite = state.site !== '' && status !== 'noAccess';
  /** @type {[Row, boolean][]} */
  const all = [
    ['stopped', isSite],
    ['link', state.site !== ''],
    ['videos', isSite && hasVideos(state)],
    ['protection', isSite && familyOf(state.site) !== undefined],
    ['cleared', isSite && Object.keys(state.forgottenHere).length > 0],
    ['trouble', isSite],
    ['news', state.hasNews],
  ];
  return all.filter(([, isThere]) => isThere).map(([row]) => row);
}

/** @param {State} state */
function hasVideos({ waiting, playedOn, settings, site }) {
  return waiting > 0 || playedOn.length > 0 || settings.embedSites.some((one) => isWithin(site, one));
}

/** @param {Row[]} rows @param {State} state @param {Actions} actions */
export function rowList(rows, state, actions) {
  return h(
    'ul',
    { class: 'rows' },
    rows.map((row) => h('li', { key: row, class: `row-${row}` }, DRAWN[row](state, actions))),
  );
}

/** @type {Record<Row, (state: State, actions: Actions) => ComponentChild>} */
const DRAWN = {
  stopped: (state, actions) => opening('stopped', text('rowStopped'), stoppedValue(state), actions),
  link: linkRow,
  videos: (state, actions) =>
    opening('videos', text('rowVideos'), state.waiting > 0 ? plural('videosWaiting', state.waiting) : '', actions),
  protection: (state, actions) =>
    opening('protection', text('rowProtection'), text(LEVEL_NAMES[state.settings.level]), actions),
  cleared: (state, actions) => opening('cleared', text('rowCleared'), clearedValue(state), actions),
  trouble: (_, actions) => opening('trouble', text('rowTrouble'), '', actions),
  news: (_, actions) => h('button', { id: 'news', class: 'row', onClick: actions.openNews }, text('sectionNews')),
};

/** What the levels are called. */
const LEVEL_NAMES = /** @type {const} */ ({
  auto: 'levelAuto',
  pixels: 'levelPixels',
  visitor: 'levelVisitor',
  lockout: 'levelLockout',
});

/** @param {ViewName} view @param {string} name @param {string} value @param {Actions} actions */
function opening(view, name, value, actions) {
  return h(
    'button',
    { id: `open-${view}`, class: 'row', onClick: () => actions.show(view) },
    h('span', { class: 'name' }, h('b', {}, name), ' ', value !== '' && h('span', { class: 'soft' }, value)),
  );
}

/** @param {State} state @param {Actions} actions @returns {ComponentChild[]} */
function linkRow(state, actions) {
  const clean = state.cleaned?.url ?? state.url;
  return [
    h(
      'button',
      { id: 'open-link', class: 'row', onClick: () => actions.show('link') },
      h(
        'span',
        { class: 'name' },
        h('b', {}, text('rowLink')),
        ' ',
        h('span', { class: 'soft' }, linkValue(state)),
        h('bdi', { class: 'soft address', dir: 'ltr' }, readable(clean)),
      ),
    ),
    ...copyButtons(state, actions),
  ];
}

/** @param {State} state */
function linkValue(state) {
  if (isLeftAlone(state.settings, state.url)) return text('linkLeft');
  const count = removedFrom(state).length;
  return count > 0 ? plural('linkRemoved', count) : text('linkClean');
}

/** @param {State} state */
function stoppedValue(state) {
  const number = (/** @type {number} */ count) => count.toLocaleString(language());
  const names = byCompany(state.record?.stopped ?? []).map(({ name, count }) => `${name} ${number(count)}`);
  return new Intl.ListFormat(language(), { type: 'unit', style: 'short' }).format(names.slice(0, 3));
}

/** @param {State} state */
function clearedValue({ forgottenHere }) {
  const sum = Object.values(forgottenHere).reduce((total, count) => total + count, 0);
  return plural('identifiers', sum);
}
