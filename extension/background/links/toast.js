/**
 * A quiet sentence in the page after something was copied: the badge's tick is out of sight where the icon is not
 * pinned. The page can see that an element without a size comes and goes, not what it says: its words stand in a closed
 * root.
 */

import { api } from '../../shared/browser.js';
import { direction, language } from '../../shared/text.js';

/** Long enough to be read. */
const SHOWN_MS = 4000;

/**
 * @param {number} tabId
 * @param {string} words our own alone
 */
export async function showToast(tabId, words) {
  try {
    const args = /** @type {const} */ ([words, language(), direction(), SHOWN_MS]);
    await api.scripting.executeScript({ target: { tabId }, func: draw, args: [...args] });
  } catch {
    // The browser's own pages and documents let no script in: the badge has answered.
  }
}

/**
 * Runs beside the page, alone: nothing outside of it is there.
 *
 * @param {string} words
 * @param {string} lang
 * @param {string} dir
 * @param {number} shownMs
 */
function draw(words, lang, dir, shownMs) {
  const page = document.documentElement;
  if (!(page instanceof HTMLElement)) return;

  /** @param {Record<string, string>} style @returns {HTMLElement} which the page's own style sheets do not reach */
  const box = (style) => {
    const made = document.createElement('div');
    for (const [name, value] of Object.entries(style)) made.style.setProperty(name, value, 'important');
    return made;
  };
  const host = box({ all: 'initial', position: 'fixed', 'z-index': '2147483647', 'pointer-events': 'none' });
  const toast = box({
    position: 'fixed',
    inset: 'auto 16px 24px',
    width: 'fit-content',
    'max-width': '420px',
    'box-sizing': 'border-box',
    margin: '0 auto',
    padding: '10px 16px',
    border: '1px solid #474d58',
    'border-radius': '8px',
    background: '#14171c',
    color: '#fff',
    font: '14px/1.45 system-ui, sans-serif',
  });
  toast.lang = lang;
  toast.dir = dir;
  toast.setAttribute('role', 'status');
  host.attachShadow({ mode: 'closed' }).append(toast);

  const shown = /** @type {{ detickToast?: HTMLElement }} */ (globalThis); // of our scripts, not of the page
  shown.detickToast?.remove();
  shown.detickToast = host;
  page.append(host);
  setTimeout(() => {
    toast.textContent = words; // a change is read out, what was there from the start is not
  }, 100);
  setTimeout(() => host.remove(), shownMs);
}
