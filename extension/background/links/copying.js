/**
 * What the menu, the shortcut and the address bar do with links. The badge answers, a tick, or a mark if it failed, and
 * so does a sentence in the page.
 *
 * @import { Cleaned } from '../../types.js'
 */

import { cleanLink, cleanText } from '../../engine/links.js';
import { api } from '../../shared/browser.js';
import { isShortLink } from '../../shared/short-links.js';
import { language, text } from '../../shared/text.js';
import * as settings from '../../stored/settings.js';
import * as badge from '../icon/badge.js';
import { writeClipboard } from './clipboard.js';
import { expand } from './short-links.js';
import { showToast } from './toast.js';

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
  return copied(tabId, async () => told(url, await shareable(url)));
}

/**
 * Copies where a short link leads, clean. Asks the short host.
 *
 * @param {number} tabId
 * @param {string} url
 */
export function copyExpanded(tabId, url) {
  return copied(tabId, async () => told(url, await expand({ url })));
}

/**
 * Copies a text with every link in it clean.
 *
 * @param {number} tabId
 * @param {string} selected
 */
export function copyText(tabId, selected) {
  return copied(tabId, async () => ({ copy: (await cleanText(selected)).text, words: text('copiedText') }));
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

/**
 * What is copied, and what to say about it.
 *
 * @param {string} url as it was
 * @param {Pick<Cleaned, 'url' | 'removed'>} cleaned
 */
function told(url, { url: copy, removed }) {
  if (copy === url) return { copy, words: text('copiedAsItWas') };
  if (removed.length === 0) return { copy, words: text('copiedLink') };
  return { copy, words: text('copiedParts', removed.length.toLocaleString(language())) };
}

/** @param {number} tabId @param {() => Promise<{ copy: string, words: string }>} make */
async function copied(tabId, make) {
  try {
    const { copy, words } = await make();
    await writeClipboard(copy);
    await Promise.all([badge.flash(tabId, '✓'), showToast(tabId, words)]);
  } catch (error) {
    console.error('Detick: nothing was copied.', error);
    await Promise.all([badge.flash(tabId, '!'), showToast(tabId, text('notCopied'))]);
  }
}
