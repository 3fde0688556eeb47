/**
 * What can be done about the page: pause here, clean a text, log, settings, tell what is broken.
 *
 * @import { State, Status } from './state.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { Fold } from '../shared/fold.js';
import { text } from '../shared/text.js';
import { words } from './parts.js';
import { reportText } from './report.js';

const HOUR_MS = 3_600_000;

/** @param {State} state @param {Status} status @param {Actions} actions */
export function footer(state, status, actions) {
  const canPause = state.site !== '' && (status === 'protecting' || status === 'quiet' || status === 'lockout');
  return h(
    'footer',
    {},
    h(
      'div',
      { class: 'buttons' },
      canPause && pauseMenu(actions),
      h('button', { id: 'cleaner', onClick: actions.openCleaner }, text('cleanText')),
      h('button', { id: 'log', onClick: actions.openLog }, text('log')),
      h('button', { id: 'settings', onClick: actions.openSettings }, text('settings')),
    ),
    state.site !== '' && broken(state, actions),
    state.hasNews && h('button', { id: 'news', class: 'plain', onClick: actions.openNews }, text('sectionNews')),
  );
}

/** @param {Actions} actions */
function pauseMenu(actions) {
  const choice = (/** @type {string} */ key, /** @type {number} */ durationMs) =>
    h('button', { id: key, onClick: () => actions.pause(durationMs) }, text(key));
  return h(
    Fold,
    { class: 'menu' },
    h('summary', { class: 'button', id: 'pause' }, text('pauseHere')),
    h('div', {}, choice('pauseHour', HOUR_MS), choice('pauseDay', 24 * HOUR_MS), choice('pauseOpen', 0)),
  );
}

/** @param {State} state @param {Actions} actions */
function broken(state, actions) {
  return h(
    Fold,
    { class: 'report' },
    h('summary', { class: 'more', id: 'report' }, text('reportBroken')),
    h('p', { class: 'soft', id: 'report-more' }, text('reportMore')),
    h('textarea', {
      id: 'report-text',
      rows: 8,
      'aria-label': text('reportText'),
      'aria-describedby': 'report-more',
      dir: 'auto',
      defaultValue: reportText(state), // what the person writes stays
    }),
    h('button', { id: 'copy-report', onClick: actions.copyReport }, words(state, 'copy-report', 'copyReport')),
  );
}
