/**
 * What a person reads in the popup, and the buttons they press there.
 *
 * @typedef {import('puppeteer-core').Page} Page
 */

import { until } from './until.js';

/**
 * Waits until the popup's head line says something.
 *
 * @param {Page} popup
 * @param {RegExp} expected
 * @returns {Promise<string>} the whole line
 * @throws {Error} with what it says instead
 */
export async function headline(popup, expected) {
  let latest = '';
  try {
    return await until('the head line', async () => {
      latest = await popup.evaluate(() => document.querySelector('h1')?.textContent ?? '');
      return expected.test(latest) && latest;
    });
  } catch {
    throw new Error(`the popup says "${latest}", where ${expected} was expected`);
  }
}

/**
 * @param {Page} popup
 * @returns {Promise<Record<string, number>>} companies and how many of their requests were stopped
 */
export function companies(popup) {
  return popup.evaluate(() => {
    const rows = [...document.querySelectorAll('.company > summary')];
    return Object.fromEntries(
      rows.map((row) => [row.querySelector('b')?.textContent ?? '', Number(row.querySelector('.number')?.textContent)]),
    );
  });
}

/**
 * Presses a button, wherever it is folded away.
 *
 * @param {Page} popup
 * @param {string} id
 */
export async function press(popup, id) {
  await popup.bringToFront();
  const unfold = (/** @type {string} */ name) => {
    const button = document.getElementById(name);
    button?.closest('details')?.setAttribute('open', '');
    return button !== null;
  };
  await until(`the button "${id}"`, () => popup.evaluate(unfold, id));
  await popup.locator(`[id="${id}"]`).click(); // a locator finds the button again when the popup has just been redrawn
}

/**
 * Unfolds everything that is folded away.
 *
 * @param {Page} popup
 */
export async function unfoldAll(popup) {
  await popup.evaluate(() => {
    for (const part of document.querySelectorAll('details')) part.setAttribute('open', '');
  });
}
