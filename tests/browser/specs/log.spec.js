// The log, as a person uses it: it shows what the world's log shows, and what never got there.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { accessibilityFaults, faultsInAnyLook } from '../../../harness/axe.js';
import { headline } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {{ outcome: string, url: string, text: string }} Row */

const SHOP = 'https://shop.example/tagged';

describe(`${BROWSER}: log`, () => {
  const session = openSession('with Detick');
  /** @type {Page} */
  let log;

  before(async () => {
    log = await session.browser.openExtensionPage('log/page.html');
    await until('the log to listen', async () => (await log.$('html[data-ready]')) !== null);
  });

  it('is usable by everybody while it is empty', async () => {
    assert.deepEqual(await accessibilityFaults(log), []);
  });

  it('shows what was stopped, by whom, and by which line; as many as the popup', async () => {
    const { page } = await visit(session, SHOP);
    const popup = await session.browser.openPopup(page);
    const stopped = Number.parseInt(await headline(popup, /^4 /), 10);
    await popup.close();
    const found = await rows((all) => all.filter(isStopped).length >= stopped);
    assert.equal(found.filter(isStopped).length, stopped);
    for (const { url, text } of found.filter(isStopped)) {
      assert.match(url, /tiktok/);
      assert.match(text, /shop\.example[\s\S]*TikTok[\s\S]*line \d+ of tiktok\.txt/);
    }
  });

  it('shows what nobody cares about too, and says the same as the world', async () => {
    const passed = (await rows((all) => all.some(({ url }) => url === SHOP))).filter(
      ({ outcome }) => outcome === 'passed',
    );
    assert.ok(passed.some(({ url }) => url === SHOP));
    for (const { url } of passed) {
      assert.ok(
        session.world.log.all().some((arrival) => arrival.url === url),
        `${url} did not arrive`,
      );
    }
  });

  it('shows what was taken out of an address', async () => {
    await visit(session, 'https://destination.example/article?id=7&utm_source=x');
    const found = await rows((all) => all.some(({ outcome }) => outcome === 'cleaned'));
    const row = found.find(({ outcome }) => outcome === 'cleaned');
    assert.match(row?.text ?? '', /utm_source[\s\S]*campaign/);
  });

  it('is filtered by words, by outcome and by tab', async () => {
    await log.bringToFront();
    await log.type('#find', 'TikTok.txt ');
    const found = await rows((all) => all.length > 0 && all.every(isStopped));
    await log.type('#find', 'nowhere');
    await rows((all) => all.length === 0);
    await log.$eval('#find', (field) => {
      /** @type {HTMLInputElement} */ (field).value = '';
      field.dispatchEvent(new Event('input'));
    });
    await log.select('#outcome', 'stopped');
    assert.equal((await rows((all) => all.length > 0 && all.every(isStopped))).length, found.length);
    await chooseTab('destination.example');
    await rows((all) => all.length === 0);
    await log.select('#outcome', 'any');
    await rows((all) => all.length > 0 && all.every(({ text }) => text.includes('destination.example')));
    await log.select('#tab', '');
  });

  it('takes nothing while it is paused', async () => {
    await log.bringToFront();
    await log.click('#pause');
    assert.equal(await log.$eval('#pause', (button) => button.getAttribute('aria-pressed')), 'true');
    await visit(session, 'https://destination.example/unseen');
    await log.bringToFront();
    await log.click('#pause');
    await visit(session, 'https://destination.example/seen');
    const found = await rows((all) => all.some(({ url }) => url.endsWith('/seen')));
    assert.equal(
      found.some(({ url }) => url.endsWith('/unseen')),
      false,
    );
  });

  it('is usable by everybody when it is full, also in the dark and where it is narrow', async () => {
    assert.deepEqual(await faultsInAnyLook(session.browser, log), []);
  });

  it('shows an endless host and a page that is called like markup as they are', async () => {
    const host = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(55)}.example`;
    await visit(session, `https://${host}/<img src=x onerror=document.title='caught'>`);
    await rows((all) => all.some(({ url }) => url.startsWith(`https://${host}/%3Cimg%20src=x`)));
    assert.equal(await log.$('#entries img'), null);
    assert.notEqual(await log.title(), 'caught');
  });

  it('is saved as one JSON object a line', async () => {
    await log.bringToFront();
    await log.select('#outcome', 'stopped');
    await rows((all) => all.length > 0 && all.every(isStopped));
    await log.click('#save');
    const lines = readFileSync(await session.browser.savedFile(), 'utf8')
      .trimEnd()
      .split('\n');
    assert.ok(lines.length >= 4);
    for (const line of lines) assert.equal(JSON.parse(line).company, 'TikTok');
    await log.select('#outcome', 'any');
  });

  it('goes on while the background sleeps', async () => {
    await log.bringToFront();
    await log.click('#clear');
    await rows((all) => all.length === 0);
    await session.browser.killBackground();
    await visit(session, SHOP);
    await rows((all) => all.filter(isStopped).length >= 4);
  });

  it('makes a line of a request, tries it on the log, and puts it in force', async () => {
    const address = 'https://destination.example/made-into-a-line';
    await visit(session, address);
    await rows((all) => all.some(({ url }) => url === address));
    await log.bringToFront();
    await log.focus(`[aria-label$="${address}"]`);
    await log.keyboard.press('Enter');
    await effectSays(/nothing|stopped [1-9]\d* more of the [1-9]\d* requests/);
    await typeLine('||destination.example/made^$oops');
    await effectSays(/Column \d+: .*oops/);
    assert.equal(await log.$eval('#save-line', (button) => /** @type {HTMLButtonElement} */ (button).disabled), true);
    await typeLine('||destination.example/made-into-a-line$document');
    await effectSays(/stopped 1 more of the \d+ requests/);
    assert.deepEqual(await accessibilityFaults(log), []);
    await log.keyboard.press('Enter');
    // The log has an engine of its own, which may learn of the line a moment after the browser's rules.
    await until('the line to be in force, and the log to say so', async () => {
      session.world.log.clear();
      const page = await session.browser.newPage();
      await page.goto(address).catch(() => undefined); // it is to be stopped
      await page.close();
      const all = await shownRows();
      const isTold = all.some(({ url, outcome }) => url === address && outcome === 'blocked');
      return isTold && session.world.log.to('destination.example', '/made-into-a-line').length === 0;
    });
  });

  /** @param {string} site that the tab shows */
  async function chooseTab(site) {
    const value = await log.$$eval(
      '#tab option',
      (options, name) => options.find((option) => option.textContent === name)?.value ?? '',
      site,
    );
    assert.notEqual(value, '');
    await log.select('#tab', value);
  }

  /** Writes a line in place of the one in the dialog. @param {string} line */
  async function typeLine(line) {
    await log.$eval('#line', (field) => /** @type {HTMLInputElement} */ (field).select());
    await log.type('#line', line);
  }

  /** @param {RegExp} words */
  async function effectSays(words) {
    let latest = '';
    await until('what the line would do', async () => {
      latest = await log.$eval('#effect', (line) => line.textContent);
      return words.test(latest);
    }).catch(() => assert.match(latest, words));
  }

  /** @returns {Promise<Row[]>} as they are shown now */
  async function shownRows() {
    return log.$$eval('#entries > li', (items) =>
      items.map((item) => ({
        outcome: item.querySelector('.outcome')?.className.replace('outcome ', '') ?? '',
        url: item.querySelector('.url')?.textContent ?? '',
        text: /** @type {HTMLElement} */ (item).innerText,
      })),
    );
  }

  /**
   * Waits until the rows that are shown are as expected.
   *
   * @param {(all: Row[]) => boolean} expected
   * @returns {Promise<Row[]>}
   */
  async function rows(expected) {
    /** @type {Row[]} */
    let latest = [];
    await until('the rows of the log', async () => {
      latest = await shownRows();
      return expected(latest);
    }).catch((error) => assert.fail(`${error.message}; there are ${JSON.stringify(latest, undefined, 1)}`));
    return latest;
  }
});

/** @param {Row} row */
const isStopped = ({ outcome }) => outcome === 'blocked' || outcome === 'stand-in';
