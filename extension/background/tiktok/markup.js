/**
 * The answer to libraries that ask for the markup of an embed, where no rule may give it: a script in each page's own
 * world. Where rules may (rules/embeds.js), there is none. Off on sites where Detick is paused, and where embeds load.
 *
 * @import { Settings } from '../../types.js'
 */

import { answersByData } from '../../shared/browser.js';
import { SISTERS, TIKTOK } from '../../shared/families.js';
import { keepScripts, sitePattern } from '../rules/page-scripts.js';

const ID = 'markup-page';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  if (answersByData) return;
  keepScripts([ID], scripts, 'Detick: libraries get no markup of embedded videos.');
}

/**
 * TikTok's own pages are answered by TikTok.
 *
 * @param {Settings} chosen
 * @returns {chrome.scripting.RegisteredContentScript[]} none where embeds load
 */
export function scripts({ embeds, level, paused }) {
  if (embeds === 'load' && level !== 'lockout') return [];
  return [
    {
      id: ID,
      js: ['content/markup-page.js'],
      matches: ['*://*/*'],
      excludeMatches: [...TIKTOK, ...SISTERS, ...paused.map(({ host }) => host)].map(sitePattern),
      allFrames: true,
      matchOriginAsFallback: true,
      runAt: 'document_start',
      world: 'MAIN',
    },
  ];
}
