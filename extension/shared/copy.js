/** Writing to the clipboard from a page of ours. */

import { element } from './element.js';

/**
 * @param {string} text
 * @returns {Promise<void>}
 * @throws {Error} if the browser refuses both ways of copying.
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A page that has just lost the focus may still copy what it selects.
    copySelected(text);
  }
}

/**
 * Copies by selecting, which needs no focus.
 *
 * @param {string} text
 * @throws {Error} if the browser refuses.
 */
export function copySelected(text) {
  const area = element('textarea', { class: 'hidden-text', 'aria-hidden': 'true', tabindex: '-1' });
  document.body.append(area);
  area.value = text;
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (!copied) throw new Error('The browser did not let Detick write to the clipboard.');
}
