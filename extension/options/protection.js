/**
 * How far Detick goes, and what belongs to that.
 *
 * @import { Actions, Section } from './frame.js'
 */

import { h } from 'preact';
import { levelCards } from '../shared/level-cards.js';
import * as preloading from '../shared/preloading.js';
import { text } from '../shared/text.js';
import { choicePart, switchPart } from './parts.js';

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
      isAheadOff = await preloading.isOff();
      redraw();
    };
    again();
    preloading.onChange(again);
    window.addEventListener('focus', again); // the browser's own settings page may have changed it
  },
  content: (view) => [
    levelCards({
      level: view.settings.level,
      isLocked: view.locked.includes('level'),
      choose: (level) => view.change((now) => ({ ...now, level })),
    }),
    h('h3', {}, text('forget')),
    choicePart(view, 'forget', 'forget', FORGET),
    switchPart(view, 'clearView'),
    switchPart(view, 'gpc'),
    h('h3', {}, text('ahead')),
    aheadPart(view),
  ],
};

/** @param {Actions} actions */
function aheadPart({ say }) {
  const change = async () => {
    const words = await switchAhead();
    isAheadOff = await preloading.isOff();
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
  if (!isAheadOff) return (await preloading.switchOff()) === 'taken' ? text('aheadTaken') : '';
  await preloading.giveBack();
  return '';
}
