/**
 * From the popup's start to its first painted content, which is its head line and all below: on a page with much to
 * tell.
 */

import { launch } from '../../harness/browser.js';
import { headline } from '../../harness/popup.js';
import { isSetUp } from '../../harness/session.js';
import { until } from '../../harness/until.js';

/** @import { Browser, Measurement } from './types.js' */

const STOPPED = 500;
const PAGE = `https://shop.example/crowd?count=${STOPPED}`;

/** @type {Measurement} */
export async function popup(name, { world, extensionDir, rounds }) {
  const browser = await launch(name, { asUsed: true, world, extensionDir });
  try {
    await until('Detick to be set up', () => isSetUp({ browser }));
    const page = await browser.newPage();
    await page.goto(PAGE);
    await until('all to be counted', async () => (await browser.badgeText(page)) === String(STOPPED));
    const path = `${browser.popupPath}?tab=${await browser.tabId(page)}`;
    /** @type {{ awake: number[], asleep: number[] }} */
    const times = { awake: [], asleep: [] };
    for (let round = 0; round < rounds; round += 1) {
      await browser.inExtension(() => chrome.runtime.sendMessage({})); // wakes the background
      times.awake.push(await firstPaint(browser, path));
      await browser.killBackground();
      times.asleep.push(await firstPaint(browser, path));
    }
    return [
      { title: `popup to its first paint, ${STOPPED} requests, background awake`, unit: 'ms', values: times.awake },
      { title: '… background asleep', unit: 'ms', values: times.asleep },
    ];
  } finally {
    await browser.close();
  }
}

/** @param {Browser} browser @param {string} path @returns {Promise<number>} ms */
async function firstPaint(browser, path) {
  const page = await browser.openExtensionPage(path);
  await headline(page, new RegExp(`^${STOPPED} `));
  const ms = await until('the popup to be painted', () =>
    page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime),
  );
  await page.close();
  return ms;
}
