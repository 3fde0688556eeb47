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

/** How shops lead the pixel through their own address. */
const OWN_FORMS = ['proxied', 'gateway', 'bundled', 'function', 'partytown', 'worker'];

/** How long a request that should not come is waited for, after everything else has come. */
const LATE_MS = 500;

/** Runs in a page: sends reports of the pixel's in all forms to the page's own site, then other things. */
async function sendBodies() {
  const report = JSON.stringify({ event: 'AddToCart', context: { pixel: { code: 'CWORLD77UABCDEFGHIJK' } } });
  const post = (/** @type {string} */ path, /** @type {BodyInit} */ body) =>
    fetch(path, { method: 'POST', body }).catch(() => undefined);
  const packed = new Blob([report]).stream().pipeThrough(new CompressionStream('gzip'));
  navigator.sendBeacon('/beacon', report);
  await post('/text', report);
  await post('/blob', new Blob([report], { type: 'application/json' }));
  await post('/packed', await new Response(packed).arrayBuffer());
  await post('/order', JSON.stringify({ event: 'order', items: [1], context: { page: '/' } }));
  await post('/form', new URLSearchParams({ event: 'AddToCart' }));
  await post('/last', '{}');
}

/**
 * @param {import('../../../harness/session.js').Session} session
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<{ kind: string, text: string }[]>} what is told of the page
 */
async function learnedOf({ browser }, page) {
  const key = `tab:${await browser.tabId(page)}`;
  const stored = await browser.inExtension((name) => chrome.storage.session.get(name), key);
  return /** @type {Record<string, { learned: { kind: string, text: string }[] }>} */ (stored)[key]?.learned ?? [];
}

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

  for (const form of OWN_FORMS) {
    it(`a shop with the pixel wholly below its own address (${form}) works, and sends no report`, async () => {
      session.world.log.clear();
      const host = `own-${form}.shop.example`;
      const { page, faults } = await visit(session, `https://${host}/`);
      await until('the page to go on', async () => /^shown/.test((await textOf(page, '#done')) ?? ''));
      if (form !== 'partytown' && form !== 'worker') {
        await page.click('#buy');
        assert.equal(await textOf(page, '#done'), 'bought');
        await until('what was told', async () => {
          const learned = await learnedOf(session, page);
          return ['Pageview', 'AddToCart', 'Rain coat', 'rain coats', 'CWORLD77UABCDEFGHIJK'].every((text) =>
            learned.some((fact) => fact.text === text),
          );
        });
      }
      assert.deepEqual(faults, []);
      const asked = session.world.log.to(host);
      assert.deepEqual(
        asked.filter(
          ({ path, method }) => method === 'POST' || /^\/(_scripts|tt-proxy|hidden|shop-data|i18n)/.test(path),
        ),
        [],
      );
      if (form === 'proxied')
        assert.ok(
          asked.some(({ path }) => path === '/api/v2/pixel'),
          "the shop's own address",
        );
    });
  }

  // Chromium shows extensions what is sent, but lets none of them stop it for that.
  it('a report that a page makes without the pixel goes nowhere in Firefox, and other bodies pass', async () => {
    const { page } = await visit(session, 'https://shop.example/api/cart');
    session.world.log.clear();
    await page.evaluate(sendBodies);
    await session.world.log.arrival('shop.example', '/last');
    const arrived = session.world.log
      .to('shop.example')
      .filter(({ method }) => method === 'POST')
      .map(({ path }) => path)
      .sort();
    const reports = BROWSER === 'firefox' ? [] : ['/beacon', '/blob', '/packed', '/text'];
    assert.deepEqual(arrived, [...reports, '/form', '/last', '/order'].sort());
    if (BROWSER === 'firefox')
      await until('what was told', async () =>
        (await learnedOf(session, page)).some(({ text }) => text === 'AddToCart'),
      );
  });

  it('a page where Detick is paused has the pixel that it came with', async () => {
    const host = 'own-bundled.shop.example';
    await session.browser.inExtension(
      (paused) => chrome.storage.local.set({ settings: { paused: [{ host: paused, until: 0 }] } }),
      host,
    );
    await until('the pause', () =>
      session.browser.inExtension(async (paused) => {
        const [script] = await chrome.scripting.getRegisteredContentScripts({ ids: ['pixel'] });
        return script?.excludeMatches?.includes(`*://*.${paused}/*`);
      }, host),
    );
    session.world.log.clear();
    const { page } = await visit(session, `https://${host}/`);
    await session.world.log.arrival(host, '/shop-data/v1');
    assert.equal(await page.evaluate(() => 'writable' in (Object.getOwnPropertyDescriptor(window, 'ttq') ?? {})), true);
    assert.deepEqual(await learnedOf(session, page), []);
    await session.browser.inExtension(() => chrome.storage.local.set({ settings: {} }));
  });

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
    const { faults } = await visit(session, 'https://shop.example/');
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
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
