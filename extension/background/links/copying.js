/** What the menu, the shortcut and the address bar do with links. The badge answers: a tick, or a mark if it failed. */

import { cleanLink, cleanText } from '../../engine/links.js';
import { api } from '../../shared/browser.js';
import { isShortLink } from '../../shared/short-links.js';
import * as settings from '../../stored/settings.js';
import * as badge from '../icon/badge.js';
import { writeClipboard } from './clipboard.js';
import { expand } from './shortlinks.js';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  // Phones have no keyboard shortcuts.
  api.commands?.onCommand.addListener((command, tab) => {
    if (command === 'copy-clean-link' && tab?.id !== undefined && tab.url) copyLink(tab.id, tab.url);
  });
}

/**
 * Copies a link, clean.
 *
 * @param {number} tabId where the badge answers
 * @param {string} url
 */
export function copyLink(tabId, url) {
  return copied(tabId, async () => (await shareable(url)).url);
}

/**
 * Copies where a short link leads, clean. Asks the short host.
 *
 * @param {number} tabId
 * @param {string} url
 */
export function copyExpanded(tabId, url) {
  return copied(tabId, async () => (await expand({ url })).url);
}

/**
 * Copies a text with every link in it clean.
 *
 * @param {number} tabId
 * @param {string} text
 */
export function copyText(tabId, text) {
  return copied(tabId, async () => (await cleanText(text)).text);
}

/**
 * A link as the user wants to share it; a short one is asked for only if the user has said so once and for all.
 *
 * @param {string} url
 */
export async function shareable(url) {
  const { expandShortLinks } = await settings.load();
  return expandShortLinks && isShortLink(url) ? expand({ url }) : cleanLink(url);
}

/** @param {number} tabId @param {() => Promise<string>} make */
async function copied(tabId, make) {
  try {
    await writeClipboard(await make());
    await badge.flash(tabId, '✓');
  } catch (error) {
    console.error('Detick: nothing was copied.', error);
    await badge.flash(tabId, '!');
  }
}
