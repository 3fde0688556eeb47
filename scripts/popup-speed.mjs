// `node scripts/popup-speed.mjs`: how long the popup takes to show what it has to say, with the background asleep. Run it undisturbed.

import { EXTENSION_DIR } from '../tests/browser/browser/extension.js';
import { until } from '../tests/browser/browser/shared.js';
import { launch } from '../tests/browser/browser.js';
import { headline } from '../tests/browser/popup.js';
import { isSetUp } from '../tests/browser/session.js';
import { startWorld } from '../tests/browser/world.js';

const TIMES = 11;
const CROWD = 500;

/** Pages with little and with much to tell. */
const PAGES = {
  4: 'https://shop.example/tagged',
  [CROWD]: `https://shop.example/crowd?count=${CROWD}`,
};

/**
 * @param {import('puppeteer-core').Page} popup
 * @returns {Promise<number>} ms from the popup's start to its first painted content, which is its head line and all below
 */
function firstPaint(popup) {
  return until('the popup to be painted', () =>
    popup.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime),
  );
}

/** @param {number[]} values */
function spread(values) {
  const sorted = [...values].sort((one, other) => one - other).map(Math.round);
  return `median ${sorted[TIMES >> 1]} ms, fastest ${sorted[0]}, slowest ${sorted.at(-1)}`;
}

/** @param {import('./browsers.mjs').BrowserName} name */
async function measure(name) {
  const world = await startWorld();
  const browser = await launch(name, { world, extensionDir: EXTENSION_DIR });
  try {
    await until('Detick to be set up', () => isSetUp({ browser }));
    for (const [count, url] of Object.entries(PAGES)) {
      const page = await browser.newPage();
      await page.goto(url);
      await until('all to be counted', async () => (await browser.badgeText(page)) === count);
      const path = `${browser.popupPath}?tab=${await browser.tabId(page)}`;
      const times = [];
      for (let time = 0; time < TIMES; time += 1) {
        await browser.killBackground();
        const popup = await browser.openExtensionPage(path);
        await headline(popup, new RegExp(`^${count} `));
        times.push(await firstPaint(popup));
        await popup.close();
      }
      console.log(`${name}, ${count} requests: ${spread(times)}`);
    }
  } finally {
    await browser.close();
    await world.close();
  }
}

for (const name of /** @type {const} */ (['chromium', 'firefox'])) await measure(name);
