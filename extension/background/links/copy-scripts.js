/**
 * The scripts that run in web pages: on sites whose copy button writes a link with the sharer's name in it.
 *
 * @import { Settings } from '../../types.js'
 */

import { isWithin } from '../../shared/site.js';
import { keepScripts, sitePattern } from '../rules/page-scripts.js';

/** Where people share by a button of the page's own. */
const SHARING_SITES = [
  'tiktok.com',
  'capcut.com',
  'gofundme.com',
  'instagram.com',
  'lemon8-app.com',
  'linkedin.com',
  'spotify.com',
  'threads.com',
  'threads.net',
  'tumblr.com',
  'youtube.com',
];

/** Other modules register scripts of their own. */
const IDS = ['copy', 'copy-page'];

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  keepScripts(IDS, scripts, 'Detick: the scripts for pages could not be set.');
}

/**
 * @param {Settings} chosen
 * @returns {chrome.scripting.RegisteredContentScript[]}
 */
export function scripts(chosen) {
  if (!chosen.cleanCopied) return [];
  // Only of sites with such a button: not every host makes a pattern that browsers take, and one that does not would
  // cost all.
  const resting = [...chosen.linksOff, ...chosen.paused.map((pause) => pause.host)].filter(isSharing);
  const everywhere = {
    matches: SHARING_SITES.map(sitePattern),
    ...(resting.length > 0 && { excludeMatches: resting.map(sitePattern) }),
    allFrames: true,
    runAt: /** @type {const} */ ('document_start'),
  };
  return [
    { ...everywhere, id: 'copy', js: ['content/copy.js'] },
    { ...everywhere, id: 'copy-page', js: ['content/copy-page.js'], world: 'MAIN' },
  ];
}

/** @param {string} host */
function isSharing(host) {
  return SHARING_SITES.some((site) => isWithin(host, site) || isWithin(site, host));
}
