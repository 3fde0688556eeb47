// Saves pictures of pages.

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {import('puppeteer-core').Page} Page */

/** Where pictures go; not part of the repository. */
export const SCREENSHOTS = join(import.meta.dirname, '../screenshots');

/** How long a page may take to settle in its new size. */
const SETTLE_MS = 400;

/** As high as browsers let a popup be, in CSS pixels: what scrolls within shows as much as there. */
const POPUP_HEIGHT = 600;

/**
 * Saves a picture of a whole page among the screenshots, at two pixels for one.
 *
 * @param {Page} page
 * @param {string} name of the file, without folder and ending
 * @param {number} width of the page, in CSS pixels
 * @returns {Promise<string>} where it was saved
 */
export async function savePicture(page, name, width) {
  const path = /** @type {const} */ (`${join(SCREENSHOTS, name)}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await pictureOf(page, width, path);
  return path;
}

/**
 * A picture of a whole page, at two pixels for one.
 *
 * @param {Page} page
 * @param {number} width of the page, in CSS pixels
 * @param {`${string}.png`} [path] where to save it too
 * @returns {Promise<Uint8Array>} a PNG
 */
export async function pictureOf(page, width, path) {
  await page.bringToFront();
  await page.setViewport({ width, height: POPUP_HEIGHT, deviceScaleFactor: 2 });
  await settle();
  // As high as the page is, rather than a picture longer than the window: frames far below the edge would stay blank.
  // Measured once it has settled: what comes a moment later would lie below the fold of what scrolls within.
  const height = await page.evaluate(() => {
    const { bottom } = document.body.getBoundingClientRect();
    return Math.ceil(bottom + scrollY + Number.parseFloat(getComputedStyle(document.body).marginBottom));
  });
  await page.setViewport({ width, height, deviceScaleFactor: 2 });
  await settle();
  return page.screenshot(path === undefined ? {} : { path });
}

/** Lets a page settle. */
function settle() {
  return new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}
