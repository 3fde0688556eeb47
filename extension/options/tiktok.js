/**
 * TikTok's own pages, and its videos on other sites.
 *
 * @import { Actions, Section } from './frame.js'
 */

import { h } from 'preact';
import * as ahead from '../shared/ahead.js';
import { text } from '../shared/text.js';
import { choicePart, entryList } from './parts.js';

/** How far Detick goes, and its words. */
const LEVELS = /** @type {const} */ ({
  auto: 'levelAuto',
  pixels: 'levelPixels',
  visitor: 'levelVisitor',
  lockout: 'levelLockout',
});

const FORGET = /** @type {const} */ ({
  closed: 'forgetClosed',
  tenMinutes: 'forgetTenMinutes',
  hour: 'forgetHour',
});

const EMBEDS = /** @type {const} */ ({ ask: 'embedsAsk', load: 'embedsLoad' });

/** Whether the browser loads nothing ahead, because Detick asked it to. */
let isAheadOff = false;

/** @param {Actions['say']} say */
async function switchAhead(say) {
  if (isAheadOff) return ahead.giveBack();
  const answer = await ahead.switchOff();
  say('sectionTikTok', answer === 'taken' ? text('aheadTaken') : '', answer === 'taken');
}

/** @type {Section} */
export const level = {
  id: 'sectionTikTok',
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
    h('p', { class: 'soft' }, text('levelMore')),
    choicePart(view, 'level', 'level', LEVELS),
    h('h3', {}, text('forget')),
    choicePart(view, 'forget', 'forget', FORGET),
    h('h3', {}, text('ahead')),
    aheadPart(view),
  ],
};

/** @param {Actions} actions */
function aheadPart({ say }) {
  const redraw = () => say('sectionTikTok', '');
  const change = () =>
    switchAhead(say).finally(async () => {
      isAheadOff = await ahead.isOff();
      redraw();
    });
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

/** @type {Section} */
export const embeds = {
  id: 'sectionEmbeds',
  content: (view) => {
    const entries = view.settings.embedSites.map((host) => ({
      key: `embeds ${host}`,
      what: host,
      more: text('embedsPlayHere'),
      undo: () => view.change((now) => ({ ...now, embedSites: now.embedSites.filter((site) => site !== host) })),
    }));
    return [
      choicePart(view, 'embeds', 'sectionEmbeds', EMBEDS),
      entryList(entries, 'embedSitesNone', view.locked.includes('embedSites')),
    ];
  },
};
