/**
 * The scripts that run in web pages: on sites whose copy button writes a link with the sharer's name in it.
 *
 * @import { Settings } from '../../types.js'
 */

import { replaceScripts, sitePattern } from '../../shared/page-scripts.js';
import { makeQueue } from '../../shared/queue.js';
import { isWithin } from '../../shared/site.js';
import * as settings from '../../stored/settings.js';

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
  settings.onChange(register);
  // An update makes the browser forget scripts, and a background that dies may leave some of them.
  settings.load().then(register);
}

const queued = makeQueue();

/** @param {Settings} chosen */
function register(chosen) {
  return queued(() => replaceScripts(IDS, scripts(chosen))).catch((error) =>
    console.error('Detick: the scripts for pages could not be set.', error),
  );
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
