// The page that opens once, after installing.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faultsInAnyLook } from '../../../harness/axe.js';
import { BROWSER, openSession } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';

describe(`${BROWSER}: welcome`, () => {
  const session = openSession('with Detick');

  it('does not open where Detick is loaded from a folder', async () => {
    const addresses = (await session.browser.puppeteer.pages()).map((page) => page.url());
    assert.deepEqual(
      addresses.filter((address) => address.includes('welcome')),
      [],
    );
  });

  it('says what Detick does, what it asks for and why, and how far it goes', async () => {
    const page = await session.browser.openExtensionPage('welcome/page.html');
    await until('the level to be told', async () => /You’re not signed in/.test(await words()));
    assert.match(await words(), /Cookies and stored data/);
    assert.deepEqual(await faultsInAnyLook(session.browser, page), []);
    await page.close();

    /** @returns {Promise<string>} */
    function words() {
      return page.$eval('main', (main) => main.innerText);
    }
  });

  it('leads to the cleaner and to the settings', async () => {
    for (const [link, expected] of /** @type {const} */ ([
      ['#try', 'cleaner/page.html'],
      ['#change', 'options/page.html#sectionTikTok'],
    ])) {
      const page = await session.browser.openExtensionPage('welcome/page.html');
      await page.bringToFront();
      await page.focus(link);
      await page.keyboard.press('Enter');
      await until(
        `${expected} to open`,
        async () => (await address(page)) === session.browser.extensionBase + expected,
      );
      await page.close();
    }
  });

  it('tells of what is new in the popup until that was read, and opens no page for it', async () => {
    const { browser } = session;
    await browser.inExtension(() => chrome.storage.local.set({ news: '9.9.9' }));
    const popup = await browser.openExtensionPage(browser.popupPath);
    await popup.waitForSelector('#news');
    await popup.close();
    const settings = await browser.openExtensionPage('options/page.html#sectionNews');
    await settings.waitForSelector('#sectionNews li');
    await until('the news to be read', () =>
      browser.inExtension(async () => (await chrome.storage.local.get('news')).news === undefined),
    );
    await settings.close();
  });
});

/** @param {import('puppeteer-core').Page} page @returns {Promise<string>} empty while it is between two documents */
async function address(page) {
  try {
    return await page.evaluate(() => location.href);
  } catch {
    return ''; // ask again
  }
}
