/**
 * What concerns people without an account: who Detick takes the person for, and what was deleted.
 *
 * @import { Settings } from '../types.js'
 * @import { State } from './state.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { familyOf } from '../shared/families.js';
import { isolated, plural, text } from '../shared/text.js';
import { embedSections } from './embeds.js';

/** @type {Settings['level'][]} */
const LEVELS = ['auto', 'pixels', 'visitor', 'lockout'];

/**
 * @param {State} state
 * @param {Actions} actions
 */
export function visitorSections(state, actions) {
  if (state.site === '') return [];
  const isTikTok = familyOf(state.site) !== undefined;
  return [isTikTok && levelSection(state, actions), forgottenSection(state), embedSections(state, actions)];
}

/** @param {State} state @param {Actions} actions */
function levelSection(state, actions) {
  return h(
    'section',
    { class: 'level' },
    h('h2', {}, text('onTikTok')),
    h('p', { id: 'account' }, reason(state)),
    state.isLevelManaged
      ? h('p', { class: 'soft' }, text('levelIsManaged'))
      : h('label', {}, h('span', { class: 'soft' }, text('level')), levelChoice(state, actions)),
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
  const names = { auto: 'levelAuto', pixels: 'levelPixels', visitor: 'levelVisitor', lockout: 'levelLockout' };
  const option = (/** @type {Settings['level']} */ level) =>
    h('option', { key: level, value: level }, text(names[level]));
  const chosen = (/** @type {Event} */ event) =>
    actions.setLevel(/** @type {Settings['level']} */ (/** @type {HTMLSelectElement} */ (event.currentTarget).value));
  return h('select', { id: 'level', value: settings.level, onChange: chosen }, LEVELS.map(option));
}

/** @param {State} state */
function forgottenSection({ forgotten, forgottenHere }) {
  const names = Object.keys(forgottenHere);
  if (!forgotten?.all || names.length === 0) return undefined;
  return h(
    'section',
    { class: 'forgotten' },
    h('p', {}, text('forgottenHere', names.map(isolated).join(', '))),
    h('p', { class: 'soft' }, plural('forgottenAll', forgotten.all)),
  );
}
