// What is stopped by lists that hold for some pages only is counted like everything else, and names its line.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { lockOut } from '../../../harness/lockout.js';
import { playByKeys } from '../../../harness/placeholder.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { VIDEO } from '../../../harness/world/links.js';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('../../../extension/types.js').TabRecord} TabRecord */

const MAGAZINE = 'https://magazine.example/';

describe(`${BROWSER}: lists that hold for some pages`, () => {
  const session = openSession('with Detick');

  it('embeds that wait', async () => {
    const { page } = await visit(session, MAGAZINE);
    const found = await stopped(page, [
      'https://www.tiktok.com/embed.js',
      'https://www.tiktok.com/player/v1/7300000000000000003',
    ]);
    for (const one of found) assertExplained(one, 'embeds.txt');
  });

  it('a player that would call others', async () => {
    const { page } = await visit(session, MAGAZINE);
    await until('the placeholder', () => page.evaluate(() => document.getElementById('tag')?.style.display === 'none'));
    await playByKeys(session, page);
    // Its page's policy has the browser not even ask for others, which nobody can count.
    const others = ['https://mcs-va.tiktok.com/v1/user/webid'];
    for (const one of await stopped(page, others)) assertExplained(one, 'player.txt');
    for (const host of ['mcs-va.tiktok.com', 'mssdk-ttp2.tiktokw.us'])
      assert.deepEqual(session.world.log.to(host), [], host);
  });

  it('what a visitor’s page on tiktok.com would send', async () => {
    await until('the state', async () => {
      const { account } = await session.browser.inExtension(() => chrome.storage.local.get('account'));
      return /** @type {{state?: string} | undefined} */ (account)?.state === 'visitor';
    });
    const { page } = await visit(session, VIDEO);
    const typed = 'https://www.tiktok.com/api/search/general/preview/';
    await until('the rules for visitors', () => page.evaluate(isRefused, `${typed}?keyword=r`));
    for (const one of await stopped(page, [typed])) assertExplained(one, 'visitor.txt');
  });

  it('a page that is locked out, told in the popup of the page in its place', async () => {
    await lockOut(session);
    const started = await session.browser.newPage();
    await started.goto('https://news.example/links');
    await started.evaluate((url) => location.assign(url), VIDEO).catch(() => undefined); // the page is on its way out
    const record = await until('the count', async () => {
      const records = await recordsOf(session);
      return records.find(({ host }) => host === 'tiktok.com');
    });
    assert.equal(record.count, 1);
    const [one] = record.stopped;
    assert.ok(one);
    assert.equal(one.type, 'main_frame');
    assertExplained(one, 'lockout.txt');
  });

  /**
   * @param {Page} page
   * @param {string[]} urls without their queries
   * @returns {Promise<TabRecord['stopped']>} once all of them were counted for that page
   */
  async function stopped(page, urls) {
    const tabId = await session.browser.tabId(page);
    return until(`${urls} to be counted`, async () => {
      const key = `tab:${tabId}`;
      const stored = await session.browser.inExtension((name) => chrome.storage.session.get(name), key);
      const record = /** @type {TabRecord | undefined} */ (stored[key]);
      const found = record?.stopped.filter(({ url }) => urls.includes(url)) ?? [];
      return found.length === urls.length && found;
    });
  }
});

/** @param {import('../../../harness/session.js').Session} session @returns {Promise<TabRecord[]>} */
async function recordsOf({ browser }) {
  const stored = await browser.inExtension(() => chrome.storage.session.get(null));
  return Object.entries(stored).flatMap(([key, value]) =>
    key.startsWith('tab:') ? [/** @type {TabRecord} */ (value)] : [],
  );
}

/** @param {TabRecord['stopped'][number]} one @param {string} list */
function assertExplained(one, list) {
  assert.equal(one.list, list, one.url);
  const lines = readFileSync(new URL(`../../../filters/${list}`, import.meta.url), 'utf8').split('\n');
  assert.equal(lines[one.line - 1], one.filter, one.url);
  assert.equal(one.count, 1, one.url);
}

/** Runs in the page. @param {string} url @returns {Promise<boolean>} */
function isRefused(url) {
  return fetch(url).then(
    () => false,
    () => true,
  );
}
