/**
 * What a page lacks for people who cannot see it, hear it, or use a mouse: axe-core's findings against WCAG 2.2, levels
 * A and AA.
 *
 * @typedef {import('puppeteer-core').Page} Page
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Looks at a page as it is now: what is folded away, in another colour scheme or after the next click needs a look of
 * its own.
 *
 * @param {Page} page one of Detick's, or any other
 * @returns {Promise<string[]>} a sentence for each fault; none if all is well
 */
export async function accessibilityFaults(page) {
  // As text: the page's own policy forbids it to load scripts from elsewhere, not the driver to bring one.
  await page.evaluate(`${AXE}; undefined`);
  return page.evaluate(async (tags) => {
    const axe = /** @type {typeof import('axe-core')} */ (/** @type {{axe?: unknown}} */ (globalThis).axe);
    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
    );
  }, RULES);
}

/**
 * Elements for which a page would have to be scrolled sideways.
 *
 * @param {Page} page
 * @returns {Promise<string[]>} each as it begins in the source; none if everything fits
 */
export function wideElements(page) {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const elements = [...document.body.querySelectorAll('*')].filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return left < -0.5 || right > clientWidth + 0.5;
    });
    return elements.map((element) => element.outerHTML.slice(0, 80));
  });
}

/**
 * Looks at a page in dark and in light, and at the width of a small phone, where nothing may stick out.
 *
 * @param {Awaited<ReturnType<typeof import('./browser.js').launch>>} browser
 * @param {Page} page
 * @returns {Promise<string[]>} as `accessibilityFaults`
 */
export async function faultsInAnyLook(browser, page) {
  /** @type {string[]} */
  const faults = [];
  for (const scheme of /** @type {const} */ (['dark', 'light'])) {
    await browser.setScheme(page, scheme);
    await page.waitForFunction((name) => matchMedia(`(prefers-color-scheme: ${name})`).matches, {}, scheme);
    faults.push(...(await accessibilityFaults(page)).map((fault) => `${scheme}: ${fault}`));
  }
  await page.setViewport({ width: 320, height: 600 });
  faults.push(...(await accessibilityFaults(page)).map((fault) => `narrow: ${fault}`));
  faults.push(...(await wideElements(page)).map((element) => `narrow: sticks out: ${element}`));
  await page.setViewport({ width: 1000, height: 800 });
  return faults;
}
