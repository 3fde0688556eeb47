/**
 * Placeholders of embedded videos, worked by the keyboard as a person does: their roots are closed to pages, and so to
 * drivers.
 *
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {import('puppeteer-core').Frame} Frame
 */

import { until } from './until.js';

/**
 * Goes to the first thing that takes keys, which is to be a placeholder's first button: it plays the video.
 *
 * @param {Page} page
 * @param {Frame} [frame] that holds the placeholder
 * @returns {Promise<unknown>} once the button has the focus
 */
export async function focusPlaceholder(page, frame = page.mainFrame()) {
  await page.bringToFront();
  // The card's words come a moment after its place: where there were none yet, the focus went on.
  return until('the placeholder’s button', async () => {
    if (frame === page.mainFrame()) await page.evaluate(startAnew);
    await page.keyboard.press('Tab');
    return frame.evaluate(isInPlaceholder);
  });
}

/**
 * Plays the first video.
 *
 * @param {Page} page
 * @param {Frame} [frame] that holds its placeholder
 */
export async function playByKeys(page, frame = page.mainFrame()) {
  await focusPlaceholder(page, frame);
  await page.keyboard.press('Enter');
}

/** Has the next Tab begin at the top. Runs in the page. */
function startAnew() {
  /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
  getSelection()?.collapse(document.body, 0);
}

/** Runs in the page. @returns {boolean} whether the focus is within what stands in for something else */
function isInPlaceholder() {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused?.localName === 'div';
}
