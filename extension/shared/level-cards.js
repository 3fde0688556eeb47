/**
 * How far Detick goes: three cards with a sentence each, and in the first one whether the account is looked at. The
 * look is that of `cards.css`.
 *
 * @import { ComponentChild } from 'preact'
 * @import { Settings } from '../types.js'
 */

import { h } from 'preact';
import { text } from './text.js';

/** @typedef {'auto' | 'pixels' | 'lockout'} Card */

/** The levels that are a card, each with its name and its sentence. @type {Record<Card, [string, string]>} */
const CARDS = {
  auto: ['levelAuto', 'levelAutoMore'],
  pixels: ['levelPixels', 'levelPixelsMore'],
  lockout: ['levelLockout', 'lockoutMore'],
};

/**
 * @typedef {object} Choice
 * @property {Settings['level']} level that is chosen
 * @property {boolean} isLocked whether an organisation has set it
 * @property {(level: Settings['level']) => void} choose
 */

/**
 * @param {Choice} choice
 * @returns {ComponentChild}
 */
export function levelCards({ level, isLocked, choose }) {
  const chosen = level === 'visitor' ? 'auto' : level;
  const cards = /** @type {Card[]} */ (Object.keys(CARDS)).map((card) => {
    const [name, more] = CARDS[card];
    const button = h('input', {
      type: 'radio',
      id: `level-${card}`,
      name: 'level',
      value: card,
      checked: card === chosen,
      disabled: isLocked,
      'aria-labelledby': `level-${card}-name`,
      'aria-describedby': `level-${card}-more`,
      onChange: () => choose(card),
    });
    return h(
      'label',
      { key: card, class: 'card' },
      button,
      h('b', { id: `level-${card}-name` }, text(name)),
      h('span', { class: 'soft', id: `level-${card}-more` }, text(more)),
    );
  });
  return h(
    'fieldset',
    { class: 'cards' },
    h('legend', { class: 'hidden-text' }, text('level')),
    cards[0],
    chosen === 'auto' && visitorPart({ level, isLocked, choose }),
    cards.slice(1),
    isLocked && h('p', { class: 'soft' }, text('setByOrganisation')),
  );
}

/** Whether the account is looked at: part of the first card. @param {Choice} choice */
function visitorPart({ level, isLocked, choose }) {
  const isVisitor = level === 'visitor';
  const box = h('input', {
    type: 'checkbox',
    id: 'level-visitor',
    checked: isVisitor,
    disabled: isLocked,
    'aria-describedby': 'level-visitor-more',
    onChange: () => choose(isVisitor ? 'auto' : 'visitor'),
  });
  return h(
    'div',
    { key: 'visitor', class: 'of-card' },
    h('label', {}, box, text('levelVisitor')),
    h('p', { class: 'soft', id: 'level-visitor-more' }, text('levelVisitorMore')),
  );
}
