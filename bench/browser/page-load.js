/**
 * How long a page of a hundred requests takes to load: alone, with Detick, and with another blocker. Rounds are
 * interleaved.
 */

import { basename } from 'node:path';
import { launch } from '../../harness/browser.js';
import { isSetUp } from '../../harness/session.js';
import { until } from '../../harness/until.js';
import { HUNDRED } from './hundred.js';

/** @import { Browser, BrowserName, Measurement, Plan, Row } from './types.js' */

/** @type {Measurement} */
export async function pageLoad(name, plan) {
  const starts = [
    { title: 'without an extension', start: () => launch(name, { asUsed: true, world: plan.world }) },
    { title: 'with Detick', start: () => withDetick(name, plan) },
    ...(plan.beside ? [{ title: `with ${basename(plan.beside)}`, start: () => withOther(name, plan) }] : []),
  ];
  /** @type {{ browser: Browser, row: Row }[]} */
  const candidates = [];
  try {
    for (const { title, start } of starts) {
      const browser = await start();
      candidates.push({ browser, row: { title: `100 requests, ${title}`, unit: 'ms', values: [] } });
      await load(browser); // connections and caches are as in all later rounds
    }
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const { browser, row } of candidates) row.values.push(await load(browser));
    }
    return candidates.map(({ row }) => row);
  } finally {
    for (const { browser } of candidates) await browser.close();
  }
}

/** @param {BrowserName} name @param {Plan} plan @returns {Promise<Browser>} */
async function withDetick(name, { world, extensionDir }) {
  const browser = await launch(name, { asUsed: true, world, extensionDir });
  await until('Detick to be set up', () => isSetUp({ browser }));
  return browser;
}

/** @param {BrowserName} name @param {Plan} plan @returns {Promise<Browser>} */
async function withOther(name, { world, beside = '' }) {
  const browser = await launch(name, { asUsed: true, world });
  await browser.puppeteer.installExtension(beside);
  return browser;
}

/** @param {Browser} browser @returns {Promise<number>} ms from the navigation's start to the end of its load event */
async function load(browser) {
  const page = await browser.newPage();
  await page.goto(HUNDRED, { waitUntil: 'load' });
  const ms = await until('the page to have loaded', () =>
    page.evaluate(() => {
      const [navigation] = performance.getEntriesByType('navigation');
      return /** @type {PerformanceNavigationTiming} */ (navigation).loadEventEnd || undefined;
    }),
  );
  await page.close();
  return ms;
}
