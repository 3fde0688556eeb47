// Pages that the browser keeps and shows again: what was stopped on them is still said.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { companies, headline } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';

const KEPT = 'https://shop.example/kept';

describe(`${BROWSER}: returning`, () => {
  const session = openSession('with Detick');

  for (const background of ['awake', 'asleep']) {
    it(`a page out of the browser's memory has its numbers, the background being ${background}`, async () => {
      const { page } = await visit(session, `${KEPT}?${background}`);
      await until('the number', async () => (await session.browser.badgeText(page)) === '4');
      await page.goto('https://destination.example/plain');
      await until('the number to go', async () => (await session.browser.badgeText(page)) === '');
      if (background === 'asleep') await session.browser.killBackground();
      session.world.log.clear();
      await page.bringToFront();
      await page.evaluate(() => void setTimeout(() => history.back())); // once this has been answered: the page goes with it
      await until('the page to come back', () => isAt(page, `${KEPT}?${background}`));
      assert.equal(
        await page.evaluate(() => document.body.dataset.restored),
        'yes',
        'the browser did not keep the page',
      );
      const popup = await session.browser.openPopup(page);
      await headline(popup, /^4 trackers/);
      assert.deepEqual(await companies(popup), { TikTok: 4 });
      await until('the number again', async () => (await session.browser.badgeText(page)) === '4');
      await popup.close();
    });
  }
});

/** @param {import('puppeteer-core').Page} page @param {string} url */
async function isAt(page, url) {
  try {
    return await page.evaluate((wanted) => location.href === wanted && document.readyState === 'complete', url);
  } catch {
    return false; // asked in the moment in which one document replaces another
  }
}
