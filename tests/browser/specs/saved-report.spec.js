// The report that the popup and the log save, beside what the command line makes of the HAR that the log saves of the
// same page.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { accessibilityFaults } from '../../../harness/axe.js';
import { followLink } from '../../../harness/following.js';
import { RUN_DETICK } from '../../../harness/native.js';
import { headline } from '../../../harness/popup.js';
import { BROWSER, openSession } from '../../../harness/session.js';
import { openToolbarPopup } from '../../../harness/toolbar.js';
import { until } from '../../../harness/until.js';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('../../../extension/types.js').TabRecord} TabRecord */

const ROOT = join(import.meta.dirname, '../../..');

/** What it says of this page is to be in no report that hides values. */
const REPORTS = 'https://shop.example/reports?basket=Ann-4711';

describe(`${BROWSER}: saved reports`, () => {
  const session = openSession('with Detick');
  /** @type {Page} */
  let popup;
  /** @type {Page} of what is kept of the page */
  let log;
  /** The command line's, of the log's HAR. @type {string} */
  let har;

  before(async () => {
    const page = await session.browser.newPage();
    await page.goto(REPORTS);
    await until('what would have been told to be known', async () => {
      const record = await recordOfPage();
      return record !== undefined && record.learned.length > 0 && record.count >= 3;
    });
    popup = await session.browser.openPopup(page);
    await headline(popup, /^\d/);
    log = await session.browser.openExtensionPage(`log/page.html?tab=${await session.browser.tabId(page)}`);
    await until('the log to listen', async () => (await log.$('html[data-ready]')) !== null);
    await log.$eval('#group-any', (button) => /** @type {HTMLElement} */ (button).click());
    await log.waitForSelector('.entry');
  });

  // Keys come before files: once something was saved Firefox opens a panel, which takes the keys a second later.
  it('are offered by the popup with all that was stopped, by keys too, and repeat no values unless the box is ticked', async () => {
    await popup.bringToFront();
    await popup.click('#open-stopped');
    await unfoldByKeys(popup);
    assert.equal(await popup.$eval('#report-values', isChecked), false);
    assert.deepEqual(await accessibilityFaults(popup), []);
  });

  it('are offered by the log, by keys too', async () => {
    await log.bringToFront();
    await unfoldByKeys(log);
    assert.deepEqual(await accessibilityFaults(log), []);
    await log.click('#save-har');
    har = await saved(/\.har$/);
  });

  it('of the popup are what the command line reports of the HAR of the page', async () => {
    await popup.bringToFront();
    await popup.click('#report-json');
    const report = JSON.parse(await saved(/^detick-report-shop\.example-.*\.json$/));
    assert.deepEqual(comparable(report), comparable(JSON.parse(reported('--json'))));
    const [page] = report.pages;
    assert.deepEqual([report.pages.length, page.site, page.companies[0].name], [1, 'shop.example', 'TikTok']);
    assert.equal(page.companies[0].stopped, page.companies[0].requests);
    assert.ok(page.companies[0].told.length > 0);
    for (const { times, stopped } of page.companies[0].told) assert.equal(stopped, times);
    assert.equal(report.recordings[0].requests, (await recordOfPage())?.count);
    assert.doesNotMatch(JSON.stringify(report), /Ann-4711/);
  });

  it('say in words that nothing was told', async () => {
    await popup.bringToFront();
    await popup.click('#report-html');
    const html = await saved(/\.html$/);
    assert.match(html, /<title>What shop\.example would have told<\/title>/);
    assert.match(html, /<li>Would have told /);
    assert.doesNotMatch(html, /<li>Told |Ann-4711/);
    assert.equal(withoutOrigin(html), withoutOrigin(reported('--html')));
  });

  it('repeat values where the box is ticked', async () => {
    await popup.bringToFront();
    await popup.click('#report-values');
    await popup.click('#report-json');
    const report = JSON.parse(await saved(/\.json$/));
    assert.equal(report.showsValues, true);
    const values = report.pages[0].companies[0].told.flatMap(
      (/** @type {{ values?: string[] }} */ one) => one.values ?? [],
    );
    assert.ok(values.length > 0);
    await popup.click('#report-values');
  });

  it('of the log are what the command line reports of the HAR that it saves', async () => {
    await log.bringToFront();
    await log.click('#report-json');
    const report = JSON.parse(await saved(/^detick-report-shop\.example-.*\.json$/));
    assert.deepEqual(comparable(report), comparable(JSON.parse(reported('--json'))));
  });

  it('are sent to nobody', () => {
    const told = session.world.log.all().filter(({ url, body }) => /detick|wouldhavetold|"stopped"/i.test(url + body));
    assert.deepEqual(told, []);
  });

  /** @returns {Promise<TabRecord | undefined>} what Detick knows of the page */
  async function recordOfPage() {
    const all = await session.browser.inExtension(() => chrome.storage.session.get(null));
    const records = Object.entries(all).flatMap(([key, value]) =>
      key.startsWith('tab:') ? [/** @type {TabRecord} */ (value)] : [],
    );
    return records.find(({ host }) => host === 'shop.example');
  }

  /** @param {Page} page which is in front, and shows what saves a report */
  async function unfoldByKeys(page) {
    await page.focus('#save-report');
    await page.waitForFunction(() => document.hasFocus()); // a page without it gets no keys
    await page.keyboard.press('Enter');
    await page.waitForSelector('.save-report[open]');
  }

  /** @param {string} form @returns {string} what the command line makes of the log's HAR */
  function reported(form) {
    return execFileSync('cargo', [...RUN_DETICK, 'report', form, '-'], { cwd: ROOT, input: har, encoding: 'utf8' });
  }

  /**
   * @param {RegExp} name that the file is to have
   * @returns {Promise<string>} what was saved
   */
  async function saved(name) {
    const path = await session.browser.savedFile();
    assert.match(basename(path), name);
    const text = readFileSync(path, 'utf8');
    rmSync(path);
    return text;
  }
});

// By itself: Firefox opens no popup while it shows what was saved before.
describe(`${BROWSER}: a saved report, in the toolbar`, () => {
  const session = openSession('with Detick');

  it('is saved by the popup there too', async () => {
    const page = await session.browser.newPage();
    await followLink(page, REPORTS);
    await openToolbarPopup(session, page, ({ views }) => views.includes('stopped'));
    await session.browser.inExtension(async () => {
      const view = /** @type {Window} */ (chrome.extension.getViews({ type: 'popup' })[0]);
      for (const selector of ['#open-stopped', '#save-report', '.save-report[open] #report-html']) {
        while (!view.document.querySelector(selector)) await new Promise((next) => setTimeout(next, 20));
        /** @type {HTMLElement} */ (view.document.querySelector(selector)).click();
      }
    });
    const path = await session.browser.savedFile();
    assert.match(basename(path), /^detick-report-shop\.example-.*\.html$/);
    assert.match(readFileSync(path, 'utf8'), /<title>What shop\.example would have told</);
  });
});

/** @param {string} html @returns {string} without when and of what it was made */
const withoutOrigin = (html) => html.replace(/<time>.*?<\/time>|<li>.*?: \d+ requests.*/g, '');

/** @param {{ made: string, recordings: { name: string }[] }} report @returns {object} but for when and of what it was made */
function comparable({ made: _, recordings, ...rest }) {
  return { ...rest, recordings: recordings.map(({ name: __, ...recording }) => recording) };
}

/** @param {Element} box */
const isChecked = (box) => /** @type {HTMLInputElement} */ (box).checked;
