/**
 * TikTok's own pages, and its videos on other sites.
 *
 * @import { Section } from './frame.js'
 */

import { h } from '../shared/dom.js';
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

/** @type {Section} */
export const level = {
  id: 'sectionTikTok',
  content: (view) => [
    h('p', { class: 'soft' }, text('levelMore')),
    choicePart(view, 'level', 'level', LEVELS),
    h('h3', {}, text('forget')),
    choicePart(view, 'forget', 'forget', FORGET),
  ],
};

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
