/**
 * What concerns people without an account: who Detick takes the person for, and what was deleted.
 *
 * @import { State } from './state.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { levelCards } from '../shared/level-cards.js';
import { language, plural, text } from '../shared/text.js';
import { timeOf } from './head.js';

/** @param {State} state @param {Actions} actions */
export function protectionView(state, actions) {
  return h(
    'section',
    { class: 'level' },
    h('p', { id: 'account' }, levelReason(state)),
    levelCards({ level: state.settings.level, isLocked: state.locked.includes('level'), choose: actions.setLevel }),
  );
}

/** @param {State} state @returns {string} which state holds on TikTok's own pages, and why */
export function levelReason({ settings, level, account, isMemberElsewhere, liftedUntil, nowMs }) {
  if (liftedUntil > 0) return text('openUntil', timeOf(liftedUntil, nowMs));
  if (level === 'lockout') return text('levelIsLockout');
  if (settings.level === 'pixels') return text('levelIsPixels');
  if (settings.level === 'visitor') return text('levelIsVisitor');
  if (isMemberElsewhere) return text('isVisitorHere');
  const words = { visitor: 'isVisitor', member: 'isMember', unknown: 'isUnknown' };
  return text(words[account?.state ?? 'unknown']);
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
