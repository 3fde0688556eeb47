// What a reader is doing on a page of ours outlives every update of it: the focus, a selection, what they unfolded, how
// far they scrolled.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lockOut } from '../../../harness/lockout.js';
import { companies, headline, openView } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';

/** @typedef {import('puppeteer-core').Page} Page */

/**
 * What a reader does, by selectors.
 *
 * @typedef {object} Doing
 * @property {string} focus what has the focus
 * @property {string} select whose words they select, unfolded as far as needed
 */

/**
 * What the page keeps between two questions.
 *
 * @typedef {{ held: { element: Element, scrolling: Element, top: number } }} Held
 */

describe(`${BROWSER}: updates of pages`, () => {
  const session = openSession('with Detick');

  it('leave a reader of the popup alone when a company comes in', async () => {
    const { page } = await visit(session, 'https://shop.example/tagged');
    const popup = await session.browser.openPopup(page);
    await headline(popup, /^4 /);
    await openView(popup, 'stopped');
    await popup.setViewport({ width: 360, height: 400 });
    await begin(popup, { focus: '.company > summary', select: '.request code' });
    const selected = await selection(popup);
    assert.match(selected, /analytics/);
    await page.evaluate(() => {
      for (let number = 0; number < 6; number += 1) new Image().src = `https://ads.pangle-ads.com/${number}.gif`;
    });
    await until('the other company', async () => (await companies(popup)).Pangle === 6);
    assert.deepEqual(Object.keys(await companies(popup)), ['TikTok', 'Pangle']);
    assert.deepEqual(await lost(popup), []);
    assert.equal(await selection(popup), selected);
    assert.ok(await popup.$('.request[open] code'));
    await popup.close();
  });

  it('leave a reader of the log alone when the filter changes', async () => {
    const log = await session.browser.openExtensionPage('log/page.html');
    await log.waitForSelector('html[data-ready]');
    await log.click('label:has(#group-any)');
    await visit(session, 'https://shop.example/tagged');
    await until('the log to fill', async () => (await log.$$('.entry.stopped')).length >= 4);
    await log.setViewport({ width: 800, height: 300 });
    await log.bringToFront();
    await log.click('.entry.stopped > button');
    await log.waitForSelector('.entry.stopped .address');
    await begin(log, { focus: '.entry.stopped button', select: '.entry.stopped .address' });
    const selected = await selection(log);
    assert.match(selected, /^https:/);
    await log.$eval('#group-stopped', (button) => /** @type {HTMLElement} */ (button).click());
    await until('the others to go', async () => (await log.$('.entry:not(.stopped)')) === null);
    assert.deepEqual(await lost(log), []);
    assert.equal(await selection(log), selected);
    await log.close();
  });

  it('leave a reader of the settings alone when an entry above goes', async () => {
    await choose({ linksOff: ['bank.example', 'news.example'] });
    const settings = await session.browser.openExtensionPage('options/page.html');
    await settings.waitForSelector('[id="undo links news.example"]');
    await settings.type('#exception-site', 'half-writ');
    await begin(settings, {
      focus: '[id="undo links news.example"]',
      select: '#sectionExceptions li:last-child .site',
    });
    assert.equal(await selection(settings), 'news.example');
    await choose({ linksOff: ['news.example'] });
    await until('the entry to go', async () => (await settings.$('[id="undo links bank.example"]')) === null);
    assert.deepEqual(await lost(settings), []);
    assert.equal(await selection(settings), 'news.example');
    assert.equal(
      await settings.$eval('#exception-site', (field) => /** @type {HTMLInputElement} */ (field).value),
      'half-writ',
    );
    await settings.close();
    await choose({});
  });

  it('leave a reader of the cleaner alone when a link comes in above', async () => {
    const cleaner = await session.browser.openExtensionPage('cleaner/page.html');
    await cleaner.waitForSelector('#text');
    const [first, second] = ['https://news.example/?utm_source=a', 'https://shop.example/?utm_source=b'];
    await write(cleaner, second);
    await cleaner.waitForSelector('#undo-0');
    await cleaner.setViewport({ width: 800, height: 300 });
    await begin(cleaner, { focus: '#undo-0', select: '.address span' });
    assert.equal(await selection(cleaner), 'https://shop.example/');
    await write(cleaner, `${first} ${second}`);
    await cleaner.waitForSelector('#undo-1');
    assert.deepEqual(await lost(cleaner), []);
    assert.equal(await selection(cleaner), 'https://shop.example/');
    await cleaner.close();
  });

  it('leave a reader of the first page alone when somebody signs in', async () => {
    const welcome = await session.browser.openExtensionPage('welcome/page.html');
    await welcome.waitForSelector('#level');
    await welcome.setViewport({ width: 800, height: 300 });
    const before = await welcome.$eval('#level', (level) => level.textContent);
    await begin(welcome, { focus: '#try', select: 'h1' });
    const selected = await selection(welcome);
    await session.browser.inExtension(() => chrome.storage.local.set({ account: { state: 'member', sinceMs: 1 } }));
    await until('the level to change', async () => (await welcome.$eval('#level', (at) => at.textContent)) !== before);
    assert.deepEqual(await lost(welcome), []);
    assert.equal(await selection(welcome), selected);
    await welcome.close();
  });

  it('leave a reader of the lockout alone when it ends', async () => {
    await lockOut(session);
    const page = await session.browser.openExtensionPage('lockout/page.html#https://www.tiktok.com/@tina');
    await page.waitForSelector('#lift');
    await page.evaluate(() => history.pushState(null, '')); // now there is a way back
    await choose({ level: 'lockout', badge: false });
    await page.waitForSelector('#back');
    await page.setViewport({ width: 400, height: 150 });
    await begin(page, { focus: '#back', select: '.address' });
    assert.equal(await selection(page), 'www.tiktok.com');
    await choose({});
    await page.waitForSelector('#open');
    assert.deepEqual(await lost(page), []);
    assert.equal(await selection(page), 'www.tiktok.com');
    await page.close();
  });

  /** @param {object} settings */
  async function choose(settings) {
    await session.browser.inExtension((chosen) => chrome.storage.local.set({ settings: chosen }), settings);
  }
});

/** Writes into the cleaner, without the focus: a drop does so. @param {Page} cleaner @param {string} words */
function write(cleaner, words) {
  return cleaner.$eval(
    '#text',
    (field, text) => {
      /** @type {HTMLTextAreaElement} */ (field).value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
    words,
  );
}

/** @param {Page} page @param {Doing} doing */
async function begin(page, { focus, select }) {
  await page.bringToFront();
  await page.evaluate(
    async (focused, selected) => {
      const [element, words] = [focused, selected].map((selector) => document.querySelector(selector));
      if (!(element instanceof HTMLElement) || !words) throw new Error(`${focused} or ${selected} is not there`);
      for (let fold = words.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) {
        fold.open = true;
      }
      element.focus();
      getSelection()?.selectAllChildren(words);
      const scrolling = document.querySelector('.middle') ?? document.documentElement;
      const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      // Firefox scrolls to what has the focus, and to where somebody typed, when it next paints.
      for (let top = -1; scrolling.scrollTop !== top; await painted()) {
        scrolling.scrollTo(0, 40);
        top = scrolling.scrollTop;
      }
      Object.assign(globalThis, { held: { element, scrolling, top: scrolling.scrollTop } });
    },
    focus,
    select,
  );
}

/** @param {Page} page @returns {Promise<string[]>} what a reader has to find again after an update */
function lost(page) {
  return page.evaluate(() => {
    const { element, scrolling, top } = /** @type {typeof globalThis & Held} */ (globalThis).held;
    return [
      ...(document.activeElement === element ? [] : ['the focus']),
      ...(top > 0 && scrolling.scrollTop === top ? [] : [`the place: ${scrolling.scrollTop} instead of ${top}`]),
    ];
  });
}

/** @param {Page} page @returns {Promise<string>} */
function selection(page) {
  return page.evaluate(() => String(getSelection()));
}
