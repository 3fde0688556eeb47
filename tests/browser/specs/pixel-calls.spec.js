// What shops tell the pixel, in the words of each client, and wherever their code runs: it is told, and goes nowhere.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choose } from '../../../harness/chosen.js';
import { companies } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { TRACKERS } from '../../../harness/world/trackers.js';

/** @typedef {import('../../../extension/types.js').TabRecord} TabRecord */
/** @typedef {import('puppeteer-core').Page} Page */

const SHOP = 'https://calls.shop.example';

/** What each shop says, and what is to be told of it. */
const CALLS = [
  {
    name: 'calls after the page has loaded',
    path: '/base',
    told: ['event Search', 'search winter coat', 'event AddToCart 79.8 EUR', 'product Running shoes'],
  },
  {
    name: 'words alone in place of properties, and a product that is in no list',
    path: '/bare-words',
    told: ['event Search', 'search winter coat', 'event AddToCart', 'product Running shoes'],
  },
  {
    name: "a tag manager's template",
    path: '/tag-manager',
    told: ['event AddToCart 79.8 EUR', 'product Running shoes'],
  },
  {
    name: 'what the page is about',
    path: '/of-the-page',
    told: ['event Pageview', 'title HIV test', 'event ViewContent', 'product HIV self test', 'category Health'],
  },
  { name: 'one pixel of several', path: '/one-pixel', told: ['event AddToCart', 'product Running shoes'] },
  {
    name: 'a queue that is older than the code of the pixel',
    path: '/before-the-code',
    told: [
      'event Search',
      'search winter coat',
      'event EnrichAM',
      'hashed email',
      'event AddToCart 79.8 EUR',
      'product Running shoes',
    ],
    isNumbered: false,
  },
  { name: 'people by hashes', path: '/hashed', told: ['event EnrichAM', 'hashed email', 'hashed phone_number'] },
  {
    name: 'people, on a page where lists have another JSON',
    path: '/other-json',
    told: [
      'event EnrichAM',
      'hashed email',
      'hashed phone_number',
      'event AddToCart 79.8 EUR',
      'product Running shoes',
    ],
  },
  {
    name: 'numbers in names, which are no amounts',
    path: '/numbers',
    told: ['event Quiz question 3 yes', 'event Step 2'],
  },
  {
    name: 'a frame without an address of its own',
    path: '/frame',
    told: ['event AddToCart', 'product Running shoes'],
  },
];

/** The first three stand in the pixel's code; nobody has listed the others. */
const HOSTS = [
  'tosv.tiktokd.org',
  'io-tx.tiktokd.org',
  'boei18n-ads.byteoversea.net',
  'log47-new-va.byteoversea.com',
  'pc-mon99.tiktokv.eu',
];

describe(`${BROWSER}: what shops tell the pixel`, () => {
  const session = openSession('with Detick');

  for (const { name, path, told, isNumbered = true } of CALLS) {
    it(`is told: ${name}`, async () => {
      session.world.log.clear();
      const { page, faults } = await visit(session, `${SHOP}${path}`);
      const facts = await until(told.join(', '), async () => {
        const found = await factsOf(page);
        return told.every((fact) => found.includes(fact)) && found;
      });
      assert.deepEqual(
        facts.filter((fact) => /^(event|search|product|category|hashed|plain) /.test(fact) && !told.includes(fact)),
        [],
      );
      // What was queued first is older than the number.
      assert.equal(facts.includes('pixel CWORLD77UABCDEFGHIJK'), isNumbered, facts.join());
      assert.deepEqual(faults, []);
      assert.deepEqual(reached(), []);
    });
  }

  it('goes to none of the hosts that the pixel’s own code names, nor to hosts of other data centres', async () => {
    session.world.log.clear();
    const { page } = await visit(session, `${SHOP}/workers`);
    await page.evaluate(async (hosts) => {
      const ask = (/** @type {string} */ host) =>
        fetch(`https://${host}/report`, { method: 'POST', body: '{}', mode: 'no-cors' }).catch(() => undefined);
      await Promise.all(hosts.map(ask));
      await ask('control.example');
    }, HOSTS);
    await session.world.log.arrival('control.example', '/report');
    assert.deepEqual(
      session.world.log.all().filter(({ host }) => HOSTS.includes(host)),
      [],
    );
  });

  it('is counted on the page whose worker asks, and told', async () => {
    session.world.log.clear();
    const { page } = await visit(session, `${SHOP}/workers`);
    await page.evaluate(() => void new Worker('/worker.js'));
    await isTold(page, 'event worker');
    assert.deepEqual(reached(), []);
  });

  it('is counted on the pages of the site whose shared worker asks, and told', async () => {
    session.world.log.clear();
    const { page } = await visit(session, `${SHOP}/workers`);
    await page.evaluate(() => void new SharedWorker('/worker.js'));
    await isTold(page, 'event worker');
    assert.deepEqual(reached(), []);
  });

  it('is counted on the pages of the site whose service worker asks by itself, told, and on no others', async () => {
    session.world.log.clear();
    const { page: other } = await visit(session, 'https://destination.example/plain');
    const { page } = await visit(session, `${SHOP}/workers`);
    await page.evaluate(async () => {
      const registered = await navigator.serviceWorker.register('/service-worker.js');
      await navigator.serviceWorker.ready;
      registered.active?.postMessage('report');
    });
    await isTold(page, 'event service worker');
    assert.equal(await recordOf(other), undefined);
    await page.evaluate(async () => {
      for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
    });
    assert.deepEqual(reached(), []);
  });

  it('is counted and told where a service worker asks for all that the page asks for', async () => {
    session.world.log.clear();
    const { page, faults } = await visit(session, 'https://offline.shop.example/workers');
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/passing-worker.js');
      await navigator.serviceWorker.ready;
    });
    await until('the worker', () => page.evaluate(() => navigator.serviceWorker.controller !== null));
    await page.goto('https://offline.shop.example/base');
    await isTold(page, 'product Running shoes');
    const popup = await session.browser.openPopup(page);
    assert.deepEqual(Object.keys(await companies(popup)), ['TikTok']);
    await popup.close();
    assert.deepEqual(faults, []);
    assert.deepEqual(reached(), []);
    await page.evaluate(async () => {
      for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
    });
  });

  // Extensions have no scripts in workers, and the surrogate that answers there has nobody to tell. What the page calls
  // is heard before it goes there.
  it('is told where Partytown passes it on to a worker, which gets it all the same', async () => {
    session.world.log.clear();
    const { page, faults } = await visit(session, 'https://partytown.shop.example/');
    const done = () => page.evaluate(() => document.querySelector('#done')?.textContent);
    await until('the page to go on', async () => (await done()) === 'worked');
    await isTold(page, 'product Rain hat');
    await page.click('#buy');
    await until('the call in the worker', async () => (await done()) === 'passed on: Rain coat');
    await isTold(page, 'product Rain coat');
    const facts = await factsOf(page);
    for (const fact of ['event ViewContent', 'event EnrichAM', 'hashed email', 'event AddToCart 39.9 EUR'])
      assert.ok(facts.includes(fact), `${fact} is not among ${facts}`);
    assert.ok(!/ann@mail/.test(JSON.stringify(await recordOf(page))));
    assert.equal((await recordOf(page))?.count, 1);
    assert.deepEqual(faults, []);
    assert.deepEqual(reached(), []);
  });

  // Chromium shows extensions nothing of a body that is a Blob.
  it('is counted where it is sent as a Blob, and told in Firefox', async () => {
    session.world.log.clear();
    const { page } = await visit(session, `${SHOP}/workers`);
    await page.evaluate(() => {
      const body = JSON.stringify({ event: 'Blob', context: { pixel: { code: 'CWORLD77UABCDEFGHIJK' } } });
      navigator.sendBeacon('https://analytics.tiktok.com/api/v2/pixel', new Blob([body]));
    });
    if (BROWSER === 'firefox') await isTold(page, 'event Blob');
    await until('the count', async () => (await recordOf(page))?.count === 1);
    assert.deepEqual(reached(), []);
  });

  // No address tells of it, and extensions have no scripts in workers: SECURITY.md says so.
  it('goes nowhere in Firefox from a worker that the shop wrote itself, of which no path tells', async () => {
    session.world.log.clear();
    const { page } = await visit(session, `${SHOP}/workers`);
    await page.evaluate(() => void new Worker('/assets/w-77.js'));
    await session.world.log.arrival('calls.shop.example', '/shop-data/last');
    const left = session.world.log.to('calls.shop.example', '/shop-data/v1').length;
    if (BROWSER === 'firefox') {
      assert.equal(left, 0);
      await isTold(page, 'event Pageview');
    } else {
      assert.ok(left > 0);
    }
  });

  it('with what the page says to its tag manager and in its markup, told as gathered besides', async () => {
    session.world.log.clear();
    const { page } = await visit(session, `${SHOP}/data-layer`);
    const wanted = [
      'order A-77',
      'page_total 79.8 EUR',
      'price 12.50 EUR',
      'product Rain hat',
      'product Running shoes',
      'search winter coat',
      'title Shop',
    ];
    const gathered = await until('what was gathered', async () => {
      const facts = await factsOf(page, true);
      return facts.length >= wanted.length && facts.sort();
    });
    assert.deepEqual(gathered, wanted);
    assert.ok(!/ann@mail/.test(JSON.stringify(await recordOf(page))));
    await page.evaluate(() => {
      const shop = /** @type {any} */ (window);
      shop.dataLayer.push({ event: 'view_item', ecommerce: { items: [{ item_name: 'Umbrella' }] } });
      shop.ttq.track('ViewContent');
    });
    await until('what the page said later', async () => (await factsOf(page, true)).includes('product Umbrella'));
    assert.deepEqual(reached(), []);
  });

  it('and nothing of that where the page tells the pixel nothing', async () => {
    const { page } = await visit(session, `${SHOP}/data-layer?quiet`);
    await new Promise((done) => setTimeout(done, 800));
    assert.deepEqual(await factsOf(page, true), []);
  });

  for (const [kind, start] of /** @type {[string, () => unknown][]} */ ([
    ['worker', () => new Worker('/worker.js')],
    ['shared worker', () => new SharedWorker('/worker.js')],
  ])) {
    it(`is let through where Detick is paused, from a ${kind} too`, async () => {
      await choose(session, { paused: [{ host: 'calls.shop.example', until: 0 }] });
      await until('the report', async () => {
        session.world.log.clear();
        const { page } = await visit(session, `${SHOP}/workers`);
        await page.evaluate(`void (${start})()`);
        await page.evaluate(() => fetch('/last'));
        await session.world.log.arrival('calls.shop.example', '/last');
        await new Promise((done) => setTimeout(done, 300));
        return reached().length > 0;
      });
      await choose(session, { paused: [] });
    });
  }

  it('goes nowhere from a frame of a paused site in a page of another', async () => {
    await choose(session, { paused: [{ host: 'calls.shop.example', until: 0 }] });
    await until('the pause', async () => {
      session.world.log.clear();
      const { page } = await visit(session, `${SHOP}/base`);
      await page.close();
      return reached().length > 0;
    });
    const { page } = await visit(session, 'https://destination.example/plain');
    session.world.log.clear();
    await page.evaluate((src) => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      return new Promise((done) => {
        frame.onload = done;
        frame.src = src;
      });
    }, `${SHOP}/base`);
    await page.evaluate(() => fetch('https://calls.shop.example/last', { mode: 'no-cors' }));
    await session.world.log.arrival('calls.shop.example', '/last');
    await new Promise((done) => setTimeout(done, 500));
    assert.deepEqual(reached(), []);
    await choose(session, { paused: [] });
  });

  /** @param {Page} page @returns {Promise<TabRecord | undefined>} what is remembered of its page */
  async function recordOf(page) {
    const key = `tab:${await session.browser.tabId(page)}`;
    const stored = await session.browser.inExtension((name) => chrome.storage.session.get(name), key);
    return /** @type {TabRecord | undefined} */ (stored[key]);
  }

  /** @param {Page} page @param {boolean} [isGathered] */
  async function factsOf(page, isGathered = false) {
    const learned = (await recordOf(page))?.learned ?? [];
    return learned
      .filter((fact) => Boolean(fact.gathered) === isGathered)
      .map(({ kind, text, amount, currency }) => [kind, text, amount, currency].join(' ').trim());
  }

  /** @param {Page} page @param {string} fact that is told, of a request that was counted */
  async function isTold(page, fact) {
    await until(fact, async () => (await factsOf(page)).includes(fact));
    assert.ok(Number((await recordOf(page))?.count) > 0);
  }

  /** @returns {string[]} what arrived at trackers */
  function reached() {
    return session.world.log.to(TRACKERS).map(({ url }) => url);
  }
});
