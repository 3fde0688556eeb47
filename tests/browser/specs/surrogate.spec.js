// Pages that need the pixel's script get an empty one: they work, and nothing is sent. Without site access, it is
// blocked.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch } from '../../../harness/browser.js';
import { press } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { withoutSiteAccess } from '../../../harness/withheld.js';
import { TRACKERS } from '../../../harness/world/trackers.js';
import { startWorld } from '../../../harness/world.js';

/** Shops by how they load the pixel, and what they say when they went on. */
const FORMS = [
  { name: 'a tag manager that waits for the script', url: 'https://tag-manager.shop.example/', done: /^started$/ },
  { name: 'a worker', url: 'https://partytown.shop.example/', done: /^worked$/ },
  // Firefox can answer a fetch only with an address that tells who answers: there it is blocked.
  {
    name: 'a page that tests for blockers',
    url: 'https://bait.shop.example/',
    done: BROWSER === 'firefox' ? /^somebody blocks/ : /^nobody blocks$/,
  },
];

/** @param {import('puppeteer-core').Page} page @param {string} selector */
const textOf = (page, selector) => page.$eval(selector, (element) => element.textContent);

describe(`${BROWSER}: the surrogate for the pixel`, () => {
  const session = openSession('with Detick');

  for (const { name, url, done } of FORMS) {
    it(`${name} goes on`, async () => {
      session.world.log.clear();
      const { page, faults } = await visit(session, url);
      await until(String(done), async () => done.test((await textOf(page, '#done')) ?? ''));
      await assertNothingKept(page, faults);
    });
  }

  for (const path of ['/', '/second-generation', '/first-generation']) {
    it(`the shop at ${path} sells`, async () => {
      session.world.log.clear();
      const { page, faults } = await visit(session, `https://shop.example${path}`);
      await until('the queue to be taken over', () => page.evaluate('ttq.length === 0 && "instances" in ttq'));
      await page.click('#buy');
      assert.equal(await textOf(page, '#bought'), 'Thank you.');
      await assertNothingKept(page, faults);
    });
  }

  it('a checkout that waits for ready() and one pixel goes through', async () => {
    session.world.log.clear();
    const { page, faults } = await visit(session, 'https://woocommerce.shop.example/');
    await page.click('#buy');
    await until('the purchase', async () => (await textOf(page, '#done')) === 'bought');
    await assertNothingKept(page, faults);
  });

  for (const form of ['proxied', 'bundled']) {
    it(`a shop with the pixel ${form} below its own address works, and sends no report`, async () => {
      session.world.log.clear();
      const { page, faults } = await visit(session, `https://${form}.shop.example/`);
      await until('the page to go on', async () => (await textOf(page, '#done')) === 'shown');
      assert.deepEqual(faults, []);
      const asked = session.world.log.to(`${form}.shop.example`).map(({ path }) => path);
      assert.deepEqual(
        asked.filter((path) => /^\/(_scripts|tt-proxy|hidden)/.test(path)),
        [],
      );
      assert.ok(asked.includes('/api/v2/pixel'), "the shop's own address");
    });
  }

  /** @param {import('puppeteer-core').Page} page @param {string[]} faults */
  async function assertNothingKept(page, faults) {
    assert.deepEqual(faults, []);
    assert.equal(await page.evaluate(() => document.cookie), '');
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
    assert.deepEqual(
      session.world.log.to(TRACKERS).map(({ url }) => url),
      [],
    );
  }
});

describe(`${BROWSER}: without access to sites`, () => {
  /** @type {import('../../../harness/session.js').Session} */
  const session = /** @type {import('../../../harness/session.js').Session} */ ({});
  const copy = withoutSiteAccess();
  before(async () => {
    session.world = await startWorld();
    session.browser = await launch(BROWSER, { world: session.world, extensionDir: copy.dir });
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
    copy.remove();
  });

  it('the pixel is blocked: the rule for the surrogate does not let the real one in', async () => {
    const { page, faults } = await visit(session, 'https://shop.example/');
    await page.waitForNetworkIdle();
    assert.deepEqual(
      session.world.log.to(TRACKERS).map(({ url }) => url),
      [],
    );
    assert.deepEqual(faults, []);
  });

  it('the popup says what is missing and offers to grant it', async () => {
    const { page } = await visit(session, 'https://shop.example/');
    await page.bringToFront();
    const popup = await session.browser.openExtensionPage(session.browser.popupPath);
    await popup.waitForSelector('#access');
    assert.match((await textOf(popup, 'header')) ?? '', /access[\s\S]*[Cc]ounting[\s\S]*stand-ins/);
    await popup.close();
  });

  // Chromium's question is a window of its own, which nothing here can answer; Firefox can be told to take it for
  // answered.
  it('one button grants it, and counting and surrogates begin', { skip: BROWSER === 'chromium' }, async () => {
    const { page } = await visit(session, 'https://shop.example/?granted');
    // Without access a tab cannot be found by its address.
    const popup = await session.browser.openExtensionPage(session.browser.popupPath);
    await press(popup, 'access');
    await until('the popup to have what was missing', () =>
      popup.evaluate(() => document.getElementById('access') === null),
    );
    await popup.close();
    await until('the surrogates', async () => {
      const on = await session.browser.inExtension(() => chrome.declarativeNetRequest.getEnabledRulesets());
      return on.includes('surrogates') && on.includes('embed-stand-ins');
    });
    await page.reload();
    await until('the queue to be taken over', () => page.evaluate('ttq.length === 0 && "instances" in ttq'));
    await until('the count', async () => Number(await session.browser.badgeText(page)) > 0);
  });
});
