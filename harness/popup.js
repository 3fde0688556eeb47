/**
 * What a person reads in the popup, and the buttons they press there.
 *
 * @typedef {import('puppeteer-core').Page} Page
 */

import { until } from './until.js';

/**
 * Opens one of the popup's views, or goes back to the first.
 *
 * @param {Page} popup
 * @param {string} [name] as in the id of the row that opens it
 * @returns {Promise<unknown>} once it is shown
 */
export function openView(popup, name = 'home') {
  return until(`the view "${name}"`, () =>
    popup.evaluate((wanted) => {
      document.getElementById('back')?.click();
      if (wanted === 'home') return document.querySelector('header') !== null;
      document.getElementById(`open-${wanted}`)?.click();
      return document.getElementById('back') !== null;
    }, name),
  );
}

/**
 * Goes back to the popup's first view, and waits until its head line says something.
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
      latest = await popup.evaluate(() => {
        document.getElementById('back')?.click();
        const line = document.querySelector('h1')?.textContent ?? '';
        return line.replace(/[\u2066-\u2069]/g, ''); // marks around names
      });
      return expected.test(latest) && latest;
    });
  } catch {
    throw new Error(`the popup says "${latest}", where ${expected} was expected`);
  }
}

/**
 * Goes back to the popup's first view, and waits until its head line says something of a kind, in whatever language.
 *
 * @param {Page} popup
 * @param {string} status the name of the kind
 * @returns {Promise<unknown>} once it does
 */
export function headlineOf(popup, status) {
  return until(`the head line to say "${status}"`, () =>
    popup.evaluate((wanted) => {
      document.getElementById('back')?.click();
      return document.querySelector('header')?.classList.contains(wanted) ?? false;
    }, status),
  );
}

/**
 * Opens the view of what was stopped.
 *
 * @param {Page} popup
 * @returns {Promise<Record<string, number>>} companies and how many of their requests were stopped
 */
export function companies(popup) {
  return popup.evaluate(() => {
    document.getElementById('open-stopped')?.click();
    const rows = [...document.querySelectorAll('.company > summary')];
    return Object.fromEntries(
      rows.map((row) => [row.querySelector('b')?.textContent ?? '', Number(row.querySelector('.number')?.textContent)]),
    );
  });
}

/**
 * Presses a button, wherever it is: folded away, or in a view that a row opens.
 *
 * @param {Page} popup
 * @param {string} id
 */
export async function press(popup, id) {
  await popup.bringToFront();
  const unfold = (/** @type {string} */ name) => {
    const isThere = () => document.getElementById(name) !== null;
    if (!isThere()) document.getElementById('back')?.click();
    for (const { id } of [...document.querySelectorAll('[id^="open-"]')]) {
      if (isThere()) break;
      document.getElementById(id)?.click();
      if (!isThere()) document.getElementById('back')?.click();
    }
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
