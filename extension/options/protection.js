/**
 * How far Detick goes: three cards with a sentence each, and what belongs to them.
 *
 * @import { Settings } from '../types.js'
 * @import { Actions, Section, View } from './frame.js'
 */

import { h } from 'preact';
import * as ahead from '../shared/ahead.js';
import { text } from '../shared/text.js';
import { choicePart, managedNote, switchPart } from './parts.js';

/** @typedef {'auto' | 'pixels' | 'lockout'} Card */

/** The levels that are a card, each with its name and its sentence. @type {Record<Card, [string, string]>} */
const CARDS = {
  auto: ['levelAuto', 'levelAutoMore'],
  pixels: ['levelPixels', 'levelPixelsMore'],
  lockout: ['levelLockout', 'lockoutMore'],
};

const FORGET = /** @type {const} */ ({
  closed: 'forgetClosed',
  tenMinutes: 'forgetTenMinutes',
  hour: 'forgetHour',
});

/** Whether the browser loads nothing ahead, because Detick asked it to. */
let isAheadOff = false;

/** @type {Section} */
export const protection = {
  id: 'sectionProtection',
  title: 'rowProtection',
  follow: (redraw) => {
    const again = async () => {
      isAheadOff = await ahead.isOff();
      redraw();
    };
    again();
    ahead.onChange(again);
    window.addEventListener('focus', again); // the browser's own settings page may have changed it
  },
  content: (view) => [
    levelCards(view),
    h('h3', {}, text('forget')),
    choicePart(view, 'forget', 'forget', FORGET),
    switchPart(view, 'clearView'),
    h('h3', {}, text('ahead')),
    aheadPart(view),
  ],
};

/** @param {View} view */
function levelCards(view) {
  const isLocked = view.locked.includes('level');
  const chosen = cardOf(view.settings.level);
  const cards = /** @type {Card[]} */ (Object.keys(CARDS)).map((level) => {
    const [name, more] = CARDS[level];
    const button = h('input', {
      type: 'radio',
      id: `level-${level}`,
      name: 'level',
      value: level,
      checked: level === chosen,
      disabled: isLocked,
      'aria-labelledby': `level-${level}-name`,
      'aria-describedby': `level-${level}-more`,
      onChange: () => view.change((now) => ({ ...now, level })),
    });
    return h(
      'label',
      { key: level, class: 'card' },
      button,
      h('b', { id: `level-${level}-name` }, text(name)),
      h('span', { class: 'soft', id: `level-${level}-more` }, text(more)),
    );
  });
  return h(
    'fieldset',
    { class: 'cards' },
    h('legend', { class: 'hidden-text' }, text('level')),
    cards[0],
    chosen === 'auto' && visitorPart(view, isLocked),
    cards.slice(1),
    managedNote(isLocked),
  );
}

/** @param {Settings['level']} level @returns {Card} the card that it belongs to */
function cardOf(level) {
  return level === 'visitor' ? 'auto' : level;
}

/** Whether the account is looked at: part of the first card. @param {View} view @param {boolean} isLocked */
function visitorPart(view, isLocked) {
  const isVisitor = view.settings.level === 'visitor';
  const box = h('input', {
    type: 'checkbox',
    id: 'level-visitor',
    checked: isVisitor,
    disabled: isLocked,
    'aria-describedby': 'level-visitor-more',
    onChange: () => view.change((now) => ({ ...now, level: isVisitor ? 'auto' : 'visitor' })),
  });
  return h(
    'div',
    { key: 'visitor', class: 'switch' },
    h('label', {}, box, text('levelVisitor')),
    h('p', { class: 'soft', id: 'level-visitor-more' }, text('levelVisitorMore')),
  );
}

/** @param {Actions} actions */
function aheadPart({ say }) {
  const change = async () => {
    const words = await switchAhead();
    isAheadOff = await ahead.isOff();
    say('sectionProtection', words, words !== '');
  };
  const box = h('input', {
    type: 'checkbox',
    id: 'ahead',
    checked: isAheadOff,
    'aria-describedby': 'ahead-more',
    onChange: change,
  });
  return h(
    'div',
    { class: 'switch' },
    h('label', {}, box, text('aheadOff')),
    h('p', { class: 'soft', id: 'ahead-more' }, text('aheadMore')),
  );
}

/** @returns {Promise<string>} what there is to say about it */
async function switchAhead() {
  if (!isAheadOff) return (await ahead.switchOff()) === 'taken' ? text('aheadTaken') : '';
  await ahead.giveBack();
  return '';
}
