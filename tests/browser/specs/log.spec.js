// The log, as a person uses it: it shows what the world's log shows, and what never got there.

import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { accessibilityFaults, faultsInAnyLook } from '../../../harness/axe.js';
import { followLink } from '../../../harness/following.js';
import { headline } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {{ outcome: string, url: string, text: string }} Row */

const SHOP = 'https://shop.example/tagged';
const REPORTS = 'https://shop.example/reports';
const HERE = '$domain=shop.example';

describe(`${BROWSER}: log`, () => {
  const session = openSession('with Detick');
  /** @type {Page} */
  let log;

  before(async () => {
    log = await openLog('');
  });

  it('is usable by everybody while it is empty, and shows what was stopped to begin with', async () => {
    assert.deepEqual(await accessibilityFaults(log), []);
    assert.equal(await log.$eval('#group-stopped', isChecked), true);
  });

  it('shows what was stopped, by whom, and by which line; as many as the popup', async () => {
    const { page } = await visit(session, SHOP);
    const popup = await session.browser.openPopup(page);
    const stopped = Number.parseInt(await headline(popup, /^4 /), 10);
    await popup.close();
    const found = await rows((all) => all.filter(isStopped).length >= stopped);
    assert.equal(found.filter(isStopped).length, stopped);
    for (const { url } of found.filter(isStopped)) {
      assert.match(url, /tiktok/);
      const text = await detailsOf(url);
      assert.match(text, /shop\.example[\s\S]*TikTok[\s\S]*line \d+ of tiktok\.txt/);
    }
  });

  it('is one line a request, all of them aligned, and goes from one to the other by arrow keys', async () => {
    await log.bringToFront();
    const places = await log.$$eval('.entry > button', (lines) =>
      lines.map((line) => [line.clientHeight, ...[...line.children].map((cell) => cell.getBoundingClientRect().left)]),
    );
    assert.ok(places.length >= 4);
    for (const place of places) assert.deepEqual(place, places[0]);
    await log.focus('.entry > button');
    await log.keyboard.press('ArrowDown');
    assert.equal(await log.$eval('.entry:nth-child(2) > button', (line) => line === document.activeElement), true);
    await log.keyboard.press('Enter');
    assert.notEqual(await log.$('.entry:nth-child(2) > button[aria-expanded="true"] + .details'), null);
    await log.keyboard.press('Enter');
    assert.equal(await log.$('.details'), null);
    await log.keyboard.press('ArrowUp');
    assert.equal(await log.$eval('.entry:nth-child(1) > button', (line) => line === document.activeElement), true);
  });

  it('shows what nobody cares about too, and says the same as the world', async () => {
    await chooseGroup('any');
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
    const page = await session.browser.newPage();
    await followLink(page, 'https://destination.example/article?id=7&utm_source=x');
    const found = await rows((all) => all.some(({ outcome }) => outcome === 'cleaned'));
    const row = found.find(({ outcome }) => outcome === 'cleaned');
    assert.match(await detailsOf(row?.url ?? ''), /utm_source[\s\S]*campaign/);
    await page.close();
  });

  it('is filtered by words, by what became of them and by tab, and says how many there are', async () => {
    await log.bringToFront();
    await log.type('#find', 'TikTok.txt ');
    const found = await rows((all) => all.length > 0 && all.every(isStopped));
    await log.type('#find', 'nowhere');
    await rows((all) => all.length === 0);
    await log.$eval('#find', (field) => {
      /** @type {HTMLInputElement} */ (field).value = '';
      field.dispatchEvent(new Event('input'));
    });
    await chooseGroup('stopped');
    assert.equal((await rows((all) => all.length > 0 && all.every(isStopped))).length, found.length);
    assert.equal(await log.$eval('label:has(#group-stopped) .number', (one) => one.textContent), `${found.length}`);
    await chooseTab('destination.example');
    await rows((all) => all.length === 0);
    await chooseGroup('any');
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
    await chooseGroup('stopped');
    await rows((all) => all.length > 0 && all.every(isStopped));
    await log.click('#save');
    const path = await session.browser.savedFile();
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    assert.ok(lines.length >= 4);
    for (const line of lines) assert.equal(JSON.parse(line).company, 'TikTok');
    rmSync(path);
  });

  it('is saved as HAR, with what TikTok would have learned by kind', async () => {
    await log.click('#save-har');
    const path = await session.browser.savedFile();
    assert.match(path, /\.har$/);
    const { version, entries } = JSON.parse(readFileSync(path, 'utf8')).log;
    assert.equal(version, '1.2');
    assert.ok(entries.length >= 4);
    for (const { _detick } of entries) assert.equal(_detick.company, 'TikTok');
    rmSync(path);
    await chooseGroup('any');
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
    await openDialog(address);
    await effectSays(/nothing|stopped [1-9]\d* more of the [1-9]\d* requests/);
    await typeLine('||destination.example/made^$oops');
    await effectSays(/Column \d+: .*oops/);
    assert.equal(await log.$eval('#save-line', (button) => /** @type {HTMLButtonElement} */ (button).disabled), true);
    await typeLine('||destination.example/made-into-a-line$document');
    await effectSays(/stopped 1 more of the \d+ requests/);
    assert.deepEqual(await faultsInAnyLook(session.browser, log), []);
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
    await log.bringToFront();
    await log.click('#undo-line');
    await ownLinesAre('');
  });

  it('lets one request through on its site alone, never opens a host everywhere by Enter, and takes it back', async () => {
    await log.bringToFront();
    await log.click('#clear');
    await chooseGroup('stopped');
    const { page } = await visit(session, REPORTS);
    const [report] = await rows((all) => all.filter(isStopped).length >= 3);
    const { hostname, pathname } = new URL(report?.url ?? '');
    await openDialog(report?.url ?? '');
    const [narrowest, ...wider] = await choices();
    assert.deepEqual(narrowest, { words: 'This request, on shop.example only', isChosen: true });
    assert.deepEqual(
      wider.map(({ words }) => words),
      [
        `Everything from ${hostname}, on shop.example only`,
        'This request, on every site',
        `Everything from ${hostname}, on every site`,
      ],
    );
    assert.deepEqual(await accessibilityFaults(log), []);

    await log.focus('#line-dialog input[type="radio"]');
    for (const line of [`@@||${hostname}^${HERE}`, `@@||${hostname}${pathname}`, `@@||${hostname}^`]) {
      await log.keyboard.press('ArrowDown');
      await until(`the line ${line}`, async () => (await lineInField()) === line);
    }
    await effectSays(/let through [1-9]/);
    assert.deepEqual(await accessibilityFaults(log), []);
    await log.keyboard.press('Enter');
    await log.focus('#line');
    await log.keyboard.press('Enter');
    assert.notEqual(await log.$('#line-dialog[open]'), null);
    await ownLinesAre('');

    await log.focus('#line-dialog input[type="radio"]:checked');
    await log.keyboard.press('ArrowDown'); // from the last to the first
    await until('the narrowest line', async () => (await lineInField()) === `@@||${hostname}${pathname}${HERE}`);
    await effectSays(/let through [1-9]/);
    await log.keyboard.press('Enter');
    await log.waitForSelector('#undo-line');
    await ownLinesAre(`@@||${hostname}${pathname}${HERE}\n`);
    session.world.log.clear();
    await until('the request to arrive', async () => {
      await page.goto(REPORTS);
      return session.world.log.to(hostname, pathname).length > 0;
    });
    await log.bringToFront();
    await log.click('#undo-line');
    await ownLinesAre('');
    await until('the request to be stopped again', async () => {
      await page.goto(REPORTS);
      session.world.log.clear();
      await page.reload();
      return session.world.log.to(hostname, pathname).length === 0;
    });
    await chooseGroup('any');
  });

  it('begins with what was stopped in the tab that it is called from, though it was closed then', async () => {
    const { page } = await visit(session, `${SHOP}?token=SECRET`);
    await visit(session, 'https://destination.example/');
    const tabId = await session.browser.tabId(page);
    const popup = await session.browser.openPopup(page);
    await headline(popup, /^4 /);
    await popup.click('#log');
    const addresses = await until('the log of the tab', async () => {
      const found = await session.browser.inExtension(async () => {
        const tabs = await chrome.tabs.query({});
        return tabs.flatMap(({ url = '' }) => (url.includes('/log/page.html?') ? [url] : []));
      });
      return found.length > 0 && found;
    });
    assert.deepEqual(
      addresses.map((address) => new URL(address).search),
      [`?tab=${tabId}`],
    );
    const other = await openLog(`?tab=${tabId}`);
    const found = await rows((all) => all.length >= 4, other);
    assert.equal(found.length, 4);
    for (const { url, outcome, text } of found) {
      assert.ok(isStopped({ outcome }), outcome);
      assert.match(url, /tiktok/);
      assert.match(text, /shop\.example/);
      assert.doesNotMatch(url, /[?#]/);
    }
    assert.equal(await other.$eval('#tab', (field) => /** @type {HTMLSelectElement} */ (field).value), `${tabId}`);
    await other.click('.entry > button');
    assert.match(await other.$eval('.details', (one) => one.textContent), /line \d+ of tiktok\.txt/);
    assert.deepEqual(await faultsInAnyLook(session.browser, other), []);
    await page.close();
    await until('what was kept of the tab to go', async () => {
      const kept = await session.browser.inExtension(async () => (await chrome.storage.session.get('recent')).recent);
      return !JSON.stringify(kept ?? []).includes(`"tabId":${tabId},`);
    });
    await other.close();
    await popup.close();
  });

  /** @param {string} search @returns {Promise<Page>} the log, listening */
  async function openLog(search) {
    const page = await session.browser.openExtensionPage(`log/page.html${search}`);
    await until('the log to listen', async () => (await page.$('html[data-ready]')) !== null);
    return page;
  }

  /** @param {string} group */
  async function chooseGroup(group) {
    await log.$eval(`#group-${group}`, (button) => /** @type {HTMLElement} */ (button).click());
  }

  /** @param {string} url @returns {Promise<string>} what the details of the newest request to it say */
  async function detailsOf(url) {
    return log.evaluate(async (wanted) => {
      const line = [...document.querySelectorAll('.entry > button')].find(
        (one) => one.querySelector('.url')?.textContent === wanted,
      );
      const isThere = line?.getAttribute('aria-expanded') === 'true';
      if (!isThere) /** @type {HTMLElement | undefined} */ (line)?.click();
      const words = line?.parentElement?.innerText ?? '';
      if (!isThere) /** @type {HTMLElement | undefined} */ (line)?.click();
      return words;
    }, url);
  }

  /** Opens the dialog for the newest request to an address, by keys. @param {string} url */
  async function openDialog(url) {
    await log.bringToFront();
    await log.evaluate((wanted) => {
      const line = [...document.querySelectorAll('.entry > button')].find(
        (one) => one.querySelector('.url')?.textContent === wanted,
      );
      /** @type {HTMLElement | undefined} */ (line)?.focus();
    }, url);
    await log.keyboard.press('Enter');
    await log.keyboard.press('Tab');
    await log.keyboard.press('Enter');
    await log.waitForSelector('#line-dialog[open]');
  }

  /** @returns {Promise<{ words: string, isChosen: boolean }[]>} what the dialog offers */
  function choices() {
    return log.$$eval('#line-dialog .choice', (all) =>
      all.map((one) => ({
        words: one.textContent.replace(/[\u2066-\u2069]/g, ''),
        isChosen: one.querySelector('input')?.checked === true,
      })),
    );
  }

  /** @returns {Promise<string>} the line in the dialog */
  const lineInField = () => log.$eval('#line', (field) => /** @type {HTMLInputElement} */ (field).value);

  /** @param {string} lines */
  async function ownLinesAre(lines) {
    await until(`own lines to be ${JSON.stringify(lines)}`, async () => {
      const stored = await session.browser.inExtension(() => chrome.storage.local.get('ownLines'));
      const { ownLines } = /** @type {{ ownLines?: { text?: string } }} */ (stored);
      return (ownLines?.text ?? '') === lines;
    });
  }

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
  async function shownRows(page = log) {
    return page.$$eval('#entries > li', (items) =>
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
   * @param {Page} [page] of the log
   * @returns {Promise<Row[]>}
   */
  async function rows(expected, page = log) {
    /** @type {Row[]} */
    let latest = [];
    await until('the rows of the log', async () => {
      latest = await shownRows(page);
      return expected(latest);
    }).catch((error) => assert.fail(`${error.message}; there are ${JSON.stringify(latest, undefined, 1)}`));
    return latest;
  }
});

/** @param {Element} button */
const isChecked = (button) => /** @type {HTMLInputElement} */ (button).checked;

/** @param {Pick<Row, 'outcome'>} row */
const isStopped = ({ outcome }) => outcome === 'blocked' || outcome === 'stand-in';
