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
 * @param {Pick<import('./session.js').Session, 'browser'>} session
 * @param {Page} page
 * @param {Frame} [frame] that holds the placeholder
 * @returns {Promise<unknown>} once the button has the focus
 */
export async function focusPlaceholder({ browser }, page, frame = page.mainFrame()) {
  // The card's words come a moment after its place. Where nothing takes keys yet, the focus leaves for the browser's
  // own bars, sooner or later: the next key may go there.
  const tabId = await browser.tabId(page);
  await until('the placeholder’s words', () => browser.inExtension(isOffered, tabId));
  await page.bringToFront();
  return until('the placeholder’s button', async () => {
    if (frame === page.mainFrame()) await page.evaluate(startAnew);
    await page.keyboard.press('Tab');
    return frame.evaluate(isInPlaceholder);
  });
}

/**
 * Plays the first video.
 *
 * @param {Pick<import('./session.js').Session, 'browser'>} session
 * @param {Page} page
 * @param {Frame} [frame] that holds its placeholder
 */
export async function playByKeys(session, page, frame = page.mainFrame()) {
  await focusPlaceholder(session, page, frame);
  await page.keyboard.press('Enter');
}

/**
 * Whether a placeholder somewhere in a tab has its buttons. Runs in a page of Detick's.
 *
 * @param {number} tabId
 * @returns {Promise<boolean>}
 */
async function isOffered(tabId) {
  const found = await chrome.scripting.executeScript({
    target: { tabId, allFrames: true },
    func: () => {
      /** @param {Element} element */
      const rootOf = (element) =>
        /** @type {{ openOrClosedShadowRoot?: ShadowRoot | null }} */ (element).openOrClosedShadowRoot ??
        (element instanceof HTMLElement ? chrome.dom?.openOrClosedShadowRoot(element) : null);
      /** @param {Document | ShadowRoot} within @returns {boolean} */
      const has = (within) =>
        [...within.querySelectorAll('*')].some((element) => {
          const root = rootOf(element);
          return root ? root.querySelector('button.main') !== null || has(root) : false;
        });
      return has(document);
    },
  });
  return found.some(({ result }) => result === true);
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
