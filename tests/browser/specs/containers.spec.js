// Somebody is signed in to TikTok in one container, and a visitor outside of it: each has their own.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openView } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { VIDEO } from '../../../harness/world/links.js';

/** @typedef {import('puppeteer-core').Page} Page */

const skip = BROWSER === 'chromium' && 'Chromium has no containers';

describe(`${BROWSER}: a member beside a visitor`, { skip }, () => {
  const session = openSession('with Detick');
  const typed = 'https://www.tiktok.com/api/search/general/preview/?keyword=r';

  it('leaves the member’s container alone, and keeps the visitor a stranger', async () => {
    const container = await session.browser.puppeteer.createBrowserContext();
    const member = await container.newPage();
    await member.goto('https://www.tiktok.com/login');
    await Promise.all([member.waitForNavigation(), member.click('#login')]);
    const store = await until('the account', async () => {
      const { account } = await session.browser.inExtension(() => chrome.storage.local.get('account'));
      const found = /** @type {{state: string, stores: string[]} | undefined} */ (account);
      return found?.state === 'member' && found.stores[0];
    });

    const { page: visitor } = await visit(session, VIDEO);
    await until('the visitor’s defence', async () => (await isSent(visitor, typed)) === false);
    assert.equal(await isSent(member, typed), true);
    await until('the visitor’s guard', async () => {
      await visitor.reload();
      return visitor.evaluate(isGuarded);
    });
    await member.goto(VIDEO);
    assert.equal(await member.evaluate(isGuarded), false);

    const popup = await session.browser.openExtensionPage(await popupOf(visitor));
    await openView(popup, 'protection');
    assert.match(await popup.$eval('#account', (words) => words.textContent), /not signed in to TikTok here/);
    await popup.close();

    const ordinary = 'firefox-default';
    await until('a visitor’s cookies', async () => (await cookieNames(ordinary)).includes('ttwid'));
    await visitor.close();
    await until('the visitor to be forgotten', async () => !(await cookieNames(ordinary)).includes('ttwid'));
    await member.close();
    const names = await cookieNames(store);
    for (const name of ['sessionid', 'sid_tt', 'ttwid', 'msToken']) assert.ok(names.includes(name), `${name} is gone`);
    await container.close();
  });

  /** @param {Page} page in no container @returns {Promise<string>} the popup's address for it */
  async function popupOf(page) {
    const url = await page.evaluate(() => location.href);
    const id = await session.browser.inExtension(async (address) => {
      const tabs = /** @type {(chrome.tabs.Tab & {cookieStoreId?: string})[]} */ (await chrome.tabs.query({}));
      return tabs.find((tab) => tab.url === address && tab.cookieStoreId === 'firefox-default')?.id;
    }, url);
    return `${session.browser.popupPath}?tab=${id}`;
  }

  /** @param {string} store @returns {Promise<string[]>} */
  async function cookieNames(store) {
    return session.browser.inExtension(async (storeId) => {
      const cookies = await chrome.cookies.getAll({ domain: 'tiktok.com', storeId });
      return cookies.map(({ name }) => name);
    }, store);
  }
});

/** @param {Page} page @param {string} url @returns {Promise<boolean>} whether a request of the page's is let through */
function isSent(page, url) {
  return page.evaluate(
    (address) =>
      fetch(address).then(
        () => true,
        () => false,
      ),
    url,
  );
}

/** Whether what a page may ask for has been taken from it. Runs in the page. */
function isGuarded() {
  return !/\[native code\]/.test(String(Geolocation.prototype.getCurrentPosition));
}
