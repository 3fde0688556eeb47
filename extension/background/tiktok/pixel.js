/**
 * The pixel's surrogate in each page before the page's own scripts, where it keeps the pixel from reporting that comes
 * from the site's own address, and hears what pages tell the pixel. Off on sites where Detick is paused.
 *
 * @import { Settings } from '../../types.js'
 */

import { keepScripts, sitePattern } from '../rules/page-scripts.js';

const ID = 'pixel';

/** The player in a page is TikTok's too. */
const TIKTOK = 'tiktok.com';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  const complaint = "Detick: the pixel is not stopped where it comes from a site's own address.";
  keepScripts([ID], (chosen) => [script(chosen)], complaint);
}

/**
 * A host that is no pattern costs the script, never a pause.
 *
 * @param {Settings} chosen
 * @returns {chrome.scripting.RegisteredContentScript}
 */
export function script(chosen) {
  return {
    id: ID,
    js: ['surrogates/ttq.js'],
    matches: ['*://*/*'],
    excludeMatches: [TIKTOK, ...chosen.paused.map(({ host }) => host)].map(sitePattern),
    allFrames: true,
    matchOriginAsFallback: true,
    runAt: 'document_start',
    world: 'MAIN',
  };
}
