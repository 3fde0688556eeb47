// The main job: pages with TikTok's trackers on them are visited, and nothing arrives at the trackers.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { companies, headline, press } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { TRACKERS } from '../../../harness/world/trackers.js';

/** Every kind of request that `/tagged` sends, each once. */
const TAGGED_COUNT = 4;

/** How long a request that should not come is waited for, after everything else has come. */
const LATE_MS = 400;

describe(`${BROWSER}: blocking`, () => {
  const session = openSession('with Detick');

  /** What arrived at trackers after giving late requests their time. */
  async function told() {
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    return session.world.log.to(TRACKERS).map(({ method, url }) => `${method} ${url}`);
  }

  for (const path of ['/', '/second-generation', '/first-generation']) {
    it(`the pixel on shop.example${path} stays silent and the shop goes on working`, async () => {
      session.world.log.clear();
      const { page, faults } = await visit(session, `https://shop.example${path}`);
      await page.waitForFunction(() => document.querySelector('#cart')?.textContent === '2 coats, 38 euros');
      await page.click('#buy');
      assert.equal(await page.$eval('#bought', (output) => output.textContent), 'Thank you.');
      assert.deepEqual(await told(), []);
      assert.deepEqual(faults, []);
      assert.equal(await page.evaluate(() => document.cookie), '');
    });
  }

  it('requests of every kind are stopped, counted once, and shown in popup and badge', async () => {
    session.world.log.clear();
    const { page, faults } = await visit(session, 'https://shop.example/tagged');
    assert.deepEqual(await told(), []);
    assert.deepEqual(faults, []);
    const popup = await session.browser.openPopup(page);
    await headline(popup, new RegExp(`^${TAGGED_COUNT} `));
    assert.deepEqual(await companies(popup), { TikTok: TAGGED_COUNT });
    await until('the badge', async () => (await session.browser.badgeText(page)) === String(TAGGED_COUNT));
  });

  it("what a site's service worker asks for is counted on its page", async () => {
    session.world.log.clear();
    const { page } = await visit(session, 'https://reading.example/');
    await page.evaluate('goThroughServiceWorker()');
    await page.evaluate(() =>
      fetch('https://analytics.tiktok.com/api/v2/pixel?through', { mode: 'no-cors' }).catch(() => undefined),
    );
    await until('the number', async () => Number(await session.browser.badgeText(page)) > 0);
    await page.evaluate(
      'navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister())))',
    );
    assert.deepEqual(await told(), []);
  });

  it('a new page in the tab begins at nothing', async () => {
    const { page } = await visit(session, 'https://shop.example/tagged');
    await page.goto('https://destination.example/');
    const popup = await session.browser.openPopup(page);
    await headline(popup, /^No TikTok trackers/);
    assert.deepEqual(await companies(popup), {});
    await until('the badge to be empty', async () => (await session.browser.badgeText(page)) === '');
  });

  it('pausing a site lets its pixel through, turning on again stops it', async () => {
    const { log } = session.world;
    const { page } = await visit(session, 'https://shop.example/first-generation?pause');
    const popup = await session.browser.openPopup(page);
    await headline(popup, /stopped/); // until then what is told moves the button
    await press(popup, 'switch');
    await headline(popup, /^Off on/);
    await until('the pixel to come through', async () => {
      log.clear();
      await page.reload();
      await new Promise((resolve) => setTimeout(resolve, LATE_MS));
      return log.to('analytics.tiktok.com', '/api/v2/pixel').length > 0;
    });

    await press(popup, 'switch');
    await headline(popup, /stopped|No TikTok|let through/);
    await until('the pixel to stay away', async () => {
      log.clear();
      await page.reload();
      return (await told()).length === 0;
    });
    await popup.close();
  });

  it('a killed background neither lets anything through nor forgets how to count', async () => {
    session.world.log.clear();
    const { page } = await visit(session, 'https://shop.example/tagged?before');
    await until('the first count', async () => (await session.browser.badgeText(page)) === String(TAGGED_COUNT));
    await session.browser.killBackground();
    assert.equal(await session.browser.backgroundAlive(), false);

    const { page: second } = await visit(session, 'https://shop.example/tagged?after');
    assert.deepEqual(await told(), []);
    for (const shown of [page, second]) {
      const popup = await session.browser.openPopup(shown);
      await headline(popup, new RegExp(`^${TAGGED_COUNT} `));
      await until('the badge', async () => (await session.browser.badgeText(shown)) === String(TAGGED_COUNT));
    }
  });
});
