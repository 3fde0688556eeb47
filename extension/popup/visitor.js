/**
 * What concerns people without an account: who Detick takes the person for, and what was deleted.
 *
 * @import { Settings } from '../types.js'
 * @import { State } from './state.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { language, plural, text } from '../shared/text.js';
import { LEVEL_NAMES } from './rows.js';

/** @type {Settings['level'][]} */
const LEVELS = ['auto', 'pixels', 'visitor', 'lockout'];

/** @param {State} state @param {Actions} actions */
export function protectionView(state, actions) {
  return h(
    'section',
    { class: 'level' },
    h('p', { id: 'account' }, reason(state)),
    state.isLevelManaged
      ? h('p', { class: 'soft' }, text('levelIsManaged'))
      : h('label', {}, h('span', { class: 'hidden-text' }, text('level')), levelChoice(state, actions)),
  );
}

/** Which state holds, and why. @param {State} state */
function reason({ settings, level, account, isMemberElsewhere }) {
  if (level === 'lockout') return text('levelIsLockout');
  if (settings.level === 'pixels') return text('levelIsPixels');
  if (settings.level === 'visitor') return text('levelIsVisitor');
  if (isMemberElsewhere) return text('isVisitorHere');
  const words = { visitor: 'isVisitor', member: 'isMember', unknown: 'isUnknown' };
  return text(words[account?.state ?? 'unknown']);
}

/** @param {State} state @param {Actions} actions */
function levelChoice({ settings }, actions) {
  const option = (/** @type {Settings['level']} */ level) =>
    h('option', { key: level, value: level }, text(LEVEL_NAMES[level]));
  const chosen = (/** @type {Event} */ event) =>
    actions.setLevel(/** @type {Settings['level']} */ (/** @type {HTMLSelectElement} */ (event.currentTarget).value));
  return h('select', { id: 'level', value: settings.level, onChange: chosen }, LEVELS.map(option));
}

/** @param {State} state */
export function clearedView({ forgotten, forgottenHere }) {
  const rows = Object.entries(forgottenHere).map(([name, count]) =>
    h('li', { key: name }, h('code', {}, name), h('span', { class: 'number' }, count.toLocaleString(language()))),
  );
  return h(
    'section',
    { class: 'cleared' },
    h('p', { class: 'soft' }, text('clearedMore')),
    h('ul', {}, rows),
    forgotten && h('p', { class: 'soft' }, plural('forgottenAll', forgotten.all)),
  );
}
