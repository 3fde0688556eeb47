/**
 * Scripts of ours that the browser runs in web pages because we registered them.
 *
 * @import { Settings } from '../../types.js'
 */

import { api } from '../../shared/browser.js';
import { makeQueue } from '../../shared/queue.js';
import * as settings from '../../stored/settings.js';

/**
 * Keeps scripts registered as the settings want them. To be called synchronously when the background starts.
 *
 * @param {string[]} ids of all that may be registered
 * @param {(chosen: Settings) => chrome.scripting.RegisteredContentScript[]} wanted
 * @param {string} complaint what it means if the browser refuses them
 */
export function keepScripts(ids, wanted, complaint) {
  const queued = makeQueue();
  settings.follow((chosen) =>
    queued(() => replaceScripts(ids, wanted(chosen))).catch((error) => console.error(complaint, error)),
  );
}

/**
 * Puts scripts in the place of those that are registered under the same ids. An update makes the browser forget
 * scripts, and a background that dies may leave some of them. Calls must come one after the other.
 *
 * @param {string[]} ids of all that may be registered
 * @param {chrome.scripting.RegisteredContentScript[]} wanted
 * @returns {Promise<void>}
 * @throws {Error} if the browser refuses one: then none is left
 */
export async function replaceScripts(ids, wanted) {
  const before = await api.scripting.getRegisteredContentScripts({ ids });
  if (nameOf(before) === nameOf(wanted)) return;
  if (before.length > 0) await api.scripting.unregisterContentScripts({ ids: before.map((script) => script.id) });
  if (wanted.length > 0) await api.scripting.registerContentScripts(wanted);
}

/**
 * What tells scripts apart; browsers add to the rest, and Chromium gives patterns in an order of its own.
 *
 * @param {chrome.scripting.RegisteredContentScript[]} scripts
 */
function nameOf(scripts) {
  const names = scripts.map(({ id, matches = [], excludeMatches = [] }) =>
    JSON.stringify([id, [...matches].sort(), [...excludeMatches].sort()]),
  );
  return names.sort().join();
}

/**
 * @param {string} host a name, which stands for those below it as well, or an address
 * @returns {string} the pattern of its pages
 */
export function sitePattern(host) {
  const isAddress = host.startsWith('[') || /^[\d.]+$/.test(host);
  return `*://${isAddress ? '' : '*.'}${host}/*`;
}
