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
    await page.click('summary');
    assert.match(await words(), /Cookies and stored data/);
    assert.deepEqual(await faultsInAnyLook(session.browser, page), []);
    await page.close();

    /** @returns {Promise<string>} */
    function words() {
      return page.$eval('main', (main) => main.innerText);
    }
  });

  it('asks to be pinned until it is, and says how to let it into private windows until it is', async () => {
    const page = await session.browser.openExtensionPage('welcome/page.html');
    await page.bringToFront();
    await answerAs(page, { isOnToolbar: false, isPrivate: false });
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.waitForSelector('[id="welcomePin-title"]');
    await page.waitForSelector('[id="welcomePrivate-title"]');
    assert.deepEqual(await faultsInAnyLook(session.browser, page), []);
    await answerAs(page, { isOnToolbar: true, isPrivate: true });
    await page.waitForFunction(() => document.getElementById('welcomePin-title') === null);
    assert.match(await page.$eval('#said', (said) => said.textContent), /pinned/);
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.waitForFunction(() => document.getElementById('welcomePrivate-title') === null);
    await page.close();
  });

  it('leads to the cleaner and to the settings', async () => {
    for (const [link, expected] of /** @type {const} */ ([
      ['#try', 'cleaner/page.html'],
      ['#change', 'options/page.html#sectionProtection'],
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

/**
 * Has the browser say so: a test can pin nothing, nor open its page of extensions.
 *
 * @param {import('puppeteer-core').Page} page
 * @param {{ isOnToolbar: boolean, isPrivate: boolean }} answers
 */
function answerAs(page, answers) {
  return page.evaluate(({ isOnToolbar, isPrivate }) => {
    const { browser, chrome } = /** @type {any} */ (globalThis);
    for (const api of [browser, chrome]) {
      if (!api) continue;
      api.action.getUserSettings = async () => ({ isOnToolbar });
      api.extension.isAllowedIncognitoAccess = async () => isPrivate;
    }
  }, answers);
}

/** @param {import('puppeteer-core').Page} page @returns {Promise<string>} empty while it is between two documents */
async function address(page) {
  try {
    return await page.evaluate(() => location.href);
  } catch {
    return ''; // ask again
  }
}
