// A log of thousands of requests: it opens at once, and is filtered at once however much of it was drawn.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BROWSER, openSession } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';

/** @typedef {import('puppeteer-core').Page} Page */

const MANY = 5000;

/** A machine under load is forgiven, a page that takes thousands of lines apart one by one is not. */
const MOST_MS = 400;

describe(`${BROWSER}: a long log`, () => {
  const session = openSession('with Detick');

  // No page is closed: that would make the background forget what it keeps for the log but for a few of each tab.
  /** @type {Page} */
  let log;

  it('paints as soon with thousands of requests as with none', async () => {
    const { firstMs: emptyMs } = await openLog(0);
    const { page, firstMs } = await openLog(MANY);
    console.log(`first paint: empty ${emptyMs.toFixed()} ms, ${MANY} requests ${firstMs.toFixed()} ms`);
    assert.ok(firstMs < emptyMs + MOST_MS);
    log = page;
  });

  it('draws what is in sight, down to the oldest, and answers a choice at once', async () => {
    const any = await choose('any');
    await log.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await until('the oldest', async () => (await numbers()).includes(0));
    assert.ok((await numbers()).length < MANY / 10, 'what is out of sight is not drawn');
    assert.equal(await log.$eval('.entry:last-child', (line) => line.getAttribute('aria-posinset')), `${MANY}`);
    await log.evaluate(() => scrollTo(0, 0));
    const stopped = await choose('stopped');
    assert.ok((await numbers()).every((number) => number % 2 === 1));
    const word = await log.evaluate(measured, '#find', 'number/777');
    assert.deepEqual(await numbers(), [777]);
    await log.evaluate(measured, '#find', ' ');
    const figures = `all of it ${any.toFixed()} ms, what was stopped ${stopped.toFixed()} ms, a word ${word.toFixed()} ms`;
    console.log(`${MANY} requests: ${figures}`);
    for (const ms of [stopped, any, word]) assert.ok(ms < MOST_MS, `${ms} ms`);
  });

  it('keeps what is looked at in its place while others come in above, details and all', async () => {
    await scrollToMiddle();
    const [looked] = await inWindow();
    await log.$eval(`[data-id="${looked?.id}"] > button`, (button) => /** @type {HTMLElement} */ (button).click());
    await until('the details', async () => (await log.$('.details')) !== null);
    const [before, next] = await inWindow();
    assert.equal(before?.id, looked?.id);
    const count = await log.$eval('#count', (words) => words.textContent);
    await session.browser.inExtension(addRecent, 20);
    await until('new ones', async () => (await log.$eval('#count', (words) => words.textContent)) !== count);
    const after = await inWindow();
    assert.deepEqual(
      after.slice(0, 2).map(({ id }) => id),
      [before?.id, next?.id],
    );
    assert.ok(Math.abs((after[0]?.top ?? 0) - (before?.top ?? 0)) < 2);
    await log.$eval(`[data-id="${looked?.id}"] > button`, (button) => /** @type {HTMLElement} */ (button).click());
  });

  it('keeps the focus of a line that is scrolled away, and goes on from it', async () => {
    await scrollToMiddle();
    const [looked, next] = await inWindow();
    await log.focus(`[data-id="${looked?.id}"] > button`);
    await log.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await until('the oldest', async () => (await numbers()).includes(1));
    assert.equal(await focused(), looked?.id);
    await log.keyboard.press('ArrowDown');
    await until('the next to have the focus', async () => (await focused()) === next?.id);
    await until('it to be in sight', async () => (await inWindow()).some(({ id }) => id === next?.id));
  });

  /** @returns {Promise<number[]>} numbers of the requests that are drawn */
  function numbers() {
    return log.$$eval('.entry .url', (all) => all.map((one) => Number(one.textContent.split('/').at(-1))));
  }

  async function scrollToMiddle() {
    await log.bringToFront();
    await log.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
    await until('the middle', async () => (await inWindow()).length > 5);
  }

  /** @returns {Promise<{ id: string, top: number }[]>} lines whose beginning is in the window, the uppermost first */
  function inWindow() {
    return log.$$eval('.entry', (all) =>
      all.flatMap((one) => {
        const { top } = one.getBoundingClientRect();
        return top >= 0 && top < innerHeight ? [{ id: one.getAttribute('data-id') ?? '', top }] : [];
      }),
    );
  }

  /** @returns {Promise<string | undefined>} the line that has the focus */
  function focused() {
    return log.evaluate(() => document.activeElement?.parentElement?.dataset.id);
  }

  /**
   * @param {number} number of requests that it begins with
   * @returns {Promise<{ page: Page, firstMs: number }>} and when it was first painted
   */
  async function openLog(number) {
    await session.browser.inExtension(addRecent, number);
    const page = await session.browser.openExtensionPage('log/page.html');
    await page.bringToFront();
    await until('the log to listen', async () => (await page.$('html[data-ready]')) !== null);
    const words = Math.ceil(number / 2).toLocaleString('en');
    await until(
      'the requests',
      async () => (await page.$eval('label:has(#group-stopped) .number', (one) => one.textContent)) === words,
    );
    const firstMs = await until('the first paint', () =>
      page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime),
    );
    return { page, firstMs };
  }

  /** @param {string} group @returns {Promise<number>} ms until that is painted */
  function choose(group) {
    return log.evaluate(measured, `#group-${group}`, '');
  }
});

/** @param {number} count of requests that the log shall begin with, besides those that it has */
async function addRecent(count) {
  const [tab] = await chrome.tabs.query({});
  const { recent: before = [] } = /** @type {{ recent?: object[] }} */ (await chrome.storage.session.get('recent'));
  const added = Array.from({ length: count }, (_, index) => ({
    time: 1_700_000_000_000 + before.length + index,
    tabId: tab?.id ?? 1,
    site: 'shop.example',
    from: 'shop.example',
    type: 'script',
    method: 'GET',
    url: `https://analytics.tiktok.com/a/long/path/to/request/number/${before.length + index}`,
    outcome: index % 2 ? 'blocked' : 'allowed',
    filter: '||analytics.tiktok.com^',
    list: 'tiktok.txt',
    line: 1,
  }));
  await chrome.storage.session.set({ recent: [...before, ...added] });
}

/**
 * @param {string} selector of a field to write into, or to click
 * @param {string} words to write
 * @returns {Promise<number>} ms until that is painted
 */
async function measured(selector, words) {
  const field = /** @type {HTMLInputElement} */ (document.querySelector(selector));
  const start = performance.now();
  if (words) {
    field.value = words;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  } else field.click();
  await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
  return performance.now() - start;
}
