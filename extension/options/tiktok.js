/**
 * TikTok's own pages, and its videos on other sites: settings in, elements out.
 *
 * @import { Settings } from '../types.js'
 * @import { Actions } from './view.js'
 */

import { h } from '../shared/dom.js';
import { text } from '../shared/text.js';
import { list } from './view.js';

/** What can be chosen, and its words. */
const LEVELS = /** @type {const} */ ({
  auto: 'levelAuto',
  pixels: 'levelPixels',
  visitor: 'levelVisitor',
  lockout: 'levelLockout',
});

const EMBEDS = /** @type {const} */ ({ ask: 'embedsAsk', load: 'embedsLoad' });

/** @param {Settings} settings @param {Actions} actions */
export function levelChoice(settings, actions) {
  const choices = Object.entries(LEVELS).map(([level, words]) =>
    choice('level', level, settings.level, words, () =>
      actions.change((now) => ({ ...now, level: /** @type {Settings['level']} */ (level) })),
    ),
  );
  return [h('p', { class: 'soft' }, text('levelMore')), ...choices];
}

/** @param {Settings} settings @param {Actions} actions */
export function embedChoices(settings, actions) {
  const choices = Object.entries(EMBEDS).map(([embeds, words]) =>
    choice('embeds', embeds, settings.embeds, words, () =>
      actions.change((now) => ({ ...now, embeds: /** @type {Settings['embeds']} */ (embeds) })),
    ),
  );
  const entries = settings.embedSites.map((host) => ({
    key: `embeds ${host}`,
    what: host,
    more: text('embedsPlayHere'),
    undo: () => actions.change((now) => ({ ...now, embedSites: now.embedSites.filter((site) => site !== host) })),
  }));
  return [...choices, list(entries, 'embedSitesNone')];
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string} chosen
 * @param {string} words
 * @param {() => void} choose
 */
function choice(name, value, chosen, words, choose) {
  const button = h('input', {
    type: 'radio',
    id: `${name}-${value}`,
    name,
    value,
    checked: value === chosen,
    onchange: choose,
  });
  return h('p', { class: 'choice' }, h('label', {}, button, text(words)));
}
