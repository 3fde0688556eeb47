/**
 * Global Privacy Control in web pages: the script that tells it to their scripts. The header is a rule's
 * (rules/gpc.js).
 *
 * @import { Settings } from '../types.js'
 */

import { keepScripts, sitePattern } from './rules/page-scripts.js';

const ID = 'gpc';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  keepScripts([ID], scripts, 'Detick: pages are not told of Global Privacy Control.');
}

/**
 * A frame of another site in a page where Detick is paused still has it: browsers choose scripts by a frame's own
 * address.
 *
 * @param {Settings} chosen
 * @returns {chrome.scripting.RegisteredContentScript[]} none where it is off
 */
export function scripts({ gpc, paused }) {
  if (!gpc) return [];
  return [
    {
      id: ID,
      js: ['content/gpc.js'],
      matches: ['*://*/*'],
      ...(paused.length > 0 && { excludeMatches: paused.map(({ host }) => sitePattern(host)) }),
      allFrames: true,
      matchOriginAsFallback: true,
      runAt: 'document_start',
      world: 'MAIN',
    },
  ];
}
