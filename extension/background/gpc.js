/**
 * Global Privacy Control in web pages: the script that tells it to their scripts. The header is a rule's
 * (rules/gpc.js).
 *
 * @import { Settings } from '../types.js'
 */

import { replaceScripts, sitePattern } from '../shared/page-scripts.js';
import { makeQueue } from '../shared/queue.js';
import * as settings from '../stored/settings.js';

const ID = 'gpc';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  settings.onChange(register);
  settings.load().then(register);
}

const queued = makeQueue();

/** @param {Settings} chosen */
function register(chosen) {
  return queued(() => replaceScripts([ID], scripts(chosen))).catch((error) =>
    console.error('Detick: pages are not told of Global Privacy Control.', error),
  );
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
