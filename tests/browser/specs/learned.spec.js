// What TikTok would have learned: read from the reports that were stopped, shown in words, and told to nobody.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { TRACKERS } from '../../../harness/world/trackers.js';

/** @typedef {import('../../../extension/types.js').TabRecord} TabRecord */

const REPORTS = 'https://shop.example/reports';

describe(`${BROWSER}: what it would have learned`, () => {
  const session = openSession('with Detick');

  /**
   * @param {import('puppeteer-core').Page} page
   * @returns {Promise<TabRecord | undefined>} what is remembered of its page
   */
  async function recordOf(page) {
    const key = `tab:${await session.browser.tabId(page)}`;
    const stored = await session.browser.inExtension((name) => chrome.storage.session.get(name), key);
    return /** @type {TabRecord | undefined} */ (stored[key]);
  }

  /** @param {import('puppeteer-core').Page} page @param {string} event */
  function toldOf(page, event) {
    return until(`the event ${event}`, async () => {
      const record = await recordOf(page);
      return record?.learned.some(({ kind, text }) => kind === 'event' && text === event) && record;
    });
  }

  it('is read from beacons and images, though the browser stops them', async () => {
    session.world.log.clear();
    const { page } = await visit(session, REPORTS);
    await page.click('#buy');
    await toldOf(page, 'Metadata');
    const { learned } = await toldOf(page, 'AddToCart');
    const told = new Set(
      learned.map(({ kind, text, amount, currency }) => [kind, text, amount, currency].join(' ').trim()),
    );
    for (const fact of [
      'event ViewContent 39.99 EUR',
      'event AddToCart 39.99 EUR',
      'product Running shoes',
      'title Shop',
      'keywords shoes, running',
      'chose I am a survivor',
      'pixel CWORLD77UABCDEFGHIJK',
      `page ${REPORTS}`,
      'hashed email',
      'click_id E.C.P.world',
      'visitor_id 01WORLD_.tt.1',
      'device pc',
    ]) {
      assert.ok(told.has(fact), `${fact} is not among ${[...told]}`);
    }
    assert.deepEqual(session.world.log.to(TRACKERS), []);
  });

  it('is forgotten with the page, and with the tab', async () => {
    const { page } = await visit(session, `${REPORTS}?soon-left`);
    await toldOf(page, 'ViewContent');
    await page.goto('https://destination.example/plain');
    await until('the new page to know nothing', async () => (await recordOf(page)) === undefined);
    await page.close();
    const stored = await until('the tab to be forgotten', async () => {
      const all = JSON.stringify(await session.browser.inExtension(() => chrome.storage.session.get(null)));
      return !all.includes('soon-left') && all;
    });
    assert.ok(!stored.includes('soon-left'));
    const kept = JSON.stringify(await session.browser.inExtension(() => chrome.storage.local.get(null)));
    for (const secret of ['Running shoes', 'E.C.P.world', '01WORLD']) assert.ok(!kept.includes(secret), secret);
  });
});
