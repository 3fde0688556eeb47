// Accounts of TikTok's other products, and a visitor beside them: what stays when the last page is closed, and when the
// browser is.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch } from '../../../harness/browser.js';
import { EXTENSION_DIR } from '../../../harness/extension.js';
import { BROWSER, isSetUp, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { startWorld } from '../../../harness/world.js';

/** @typedef {import('../../../harness/session.js').Session} Session */

const WWW = 'https://www.tiktok.com/a-page-without-scripts';
const ADS = 'https://ads.tiktok.com/';

/** Whoever signs in, where, and what tells that they are signed in. @type {Record<string, [string, string]>} */
const PRODUCTS = {
  'an advertiser': [`${ADS}login?ads`, 'sessionid_ads'],
  'a seller': ['https://seller-us.tiktok.com/login?seller', 'UNIFIED_SELLER_TOKEN'],
  'somebody of a product that nobody knows': [`${ADS}login?new`, 'sessionid_nobody-knows-yet'],
};

describe(`${BROWSER}: accounts of TikTok's other products`, () => {
  const session = /** @type {Session} */ ({});
  before(async () => {
    session.world = await startWorld();
    session.browser = await launch(BROWSER, { world: session.world, extensionDir: EXTENSION_DIR, persistent: true });
    await until('Detick to be set up', () => isSetUp(session));
    await until('the visitor', async () => (await account())?.state === 'visitor');
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
  });

  for (const [who, [login, proof]] of Object.entries(PRODUCTS)) {
    it(`${who} is signed in and has the draft after the last page was closed and after the browser was`, async () => {
      await forgetAll();
      await openAndClose(login, () => localStorage.setItem('draft', 'mine'));
      const names = await cookieNames();
      assert.ok(names.includes(proof), String(names));
      await openAndClose(WWW, () => localStorage.setItem('tracker', 'theirs'));
      assert.deepEqual(await cookieNames(), names, 'the last page was closed');
      assert.deepEqual(await account(), { state: 'visitor', stores: [], products: [await ordinaryStore()] });
      assert.equal(await stored(new URL('/', login).href, 'draft'), 'mine');
      assert.equal(await stored(WWW, 'tracker'), null, 'on www.tiktok.com they are a visitor');

      await session.browser.restart(EXTENSION_DIR);
      await settled();
      const lasting = names.filter((name) => name !== 'tt_csrf_token'); // that one was for as long as the browser ran
      assert.deepEqual(await cookieNames(), lasting, 'the browser was closed');
      assert.equal(await stored(new URL('/', login).href, 'draft'), 'mine');
      session.world.log.clear();
      await openAndClose(new URL('/', login).href);
      const { headers } = await session.world.log.arrival(new URL(login).host, '/');
      assert.match(headers.cookie ?? '', new RegExp(`\\b${proof}=world-product`));
    });
  }

  it('an advertiser who signed out is forgotten like any visitor', async () => {
    await forgetAll();
    await openAndClose(`${ADS}login?ads`, () => localStorage.setItem('draft', 'mine'));
    await session.browser.inExtension(async () => {
      for (const { name } of await chrome.cookies.getAll({ domain: 'tiktok.com' }))
        if (/_ads$/.test(name)) await chrome.cookies.remove({ url: 'https://www.tiktok.com/', name });
    });
    await until('the account to be gone', async () => (await account())?.products?.length === 0);
    await openAndClose(WWW);
    assert.deepEqual(await cookieNames(), ['tt_csrf_token']);
    assert.equal(await stored(ADS, 'draft'), null);
  });

  it('a visitor whom the browser was closed upon is forgotten at its next start', async () => {
    await forgetAll();
    const { page } = await visit(session, 'https://www.tiktok.com/');
    await page.evaluate(() => localStorage.setItem('tracker', 'theirs'));
    await until('the cookies of a visitor', async () => (await cookieNames()).includes('ttwid'));
    await session.browser.restart(EXTENSION_DIR);
    await until('the cookies to go', async () => !(await cookieNames()).includes('ttwid'));
    // Asked of one page that stays: closing it would have it forgotten too.
    const { page: next } = await visit(session, WWW);
    await until('what the page stored to go', () => next.evaluate(() => localStorage.getItem('tracker') === null));
    await next.close();
    await settled();
  });

  it('what tiktok.com keeps partitioned, or on a host with a dot at its end, is forgotten too', async () => {
    await forgetAll();
    for (const url of [WWW, WWW.replace('.com/', '.com./')])
      await openAndClose(url, () => {
        for (const more of ['', '; SameSite=None; Partitioned']) {
          const name = `ttwid_${more === '' ? 'plain' : 'partitioned'}`;
          // biome-ignore lint/suspicious/noDocumentCookie: every browser has it, on every page
          document.cookie = `${name}=1; path=/; max-age=1000; secure${more}`;
        }
        localStorage.setItem('tracker', 'theirs');
        if (!/ttwid_plain.*ttwid_partitioned/.test(document.cookie)) throw new Error(document.cookie);
      });
    for (const url of [WWW, WWW.replace('.com/', '.com./')]) {
      const { page } = await visit(session, url);
      assert.ok(!/ttwid/.test(await page.evaluate(() => document.cookie)), url);
      assert.equal(await page.evaluate(() => localStorage.getItem('tracker')), null, url);
      await page.close();
    }
  });

  it('a session that is kept partitioned is an account', async () => {
    const { page } = await visit(session, WWW);
    await page.evaluate(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: every browser has it, on every page
      document.cookie = 'sessionid=1; path=/; max-age=1000; secure; SameSite=None; Partitioned';
    });
    await until('the member', async () => (await account())?.state === 'member');
    await page.evaluate(() => {
      for (const end of ['', '; SameSite=None; Partitioned']) {
        // biome-ignore lint/suspicious/noDocumentCookie: every browser has it, on every page
        document.cookie = `sessionid=; path=/; max-age=0; secure${end}`;
      }
    });
    await until('the visitor', async () => (await account())?.state === 'visitor');
    await page.close();
  });

  /** Begins each test as a browser in which nobody was anywhere. */
  async function forgetAll() {
    await session.browser.inExtension(async () => {
      for (const { name, domain, path } of await chrome.cookies.getAll({ domain: 'tiktok.com' }))
        await chrome.cookies.remove({ url: `https://${domain.replace(/^\./, '')}${path}`, name });
    });
    await until('nobody', async () => {
      const { state, products } = (await account()) ?? {};
      return state === 'visitor' && products?.length === 0;
    });
  }

  /** @param {string} url @param {() => void} [work] in the page */
  async function openAndClose(url, work = () => undefined) {
    const { page } = await visit(session, url);
    await page.evaluate(work);
    await settled();
    await page.close();
    await settled();
  }

  /** @param {string} url @param {string} key @returns {Promise<string | null>} what a page's origin has stored */
  async function stored(url, key) {
    const { page } = await visit(session, url);
    const value = await page.evaluate((name) => localStorage.getItem(name), key);
    await page.close();
    await settled();
    return value;
  }

  /** @returns {Promise<string[]>} of tiktok.com */
  async function cookieNames() {
    const names = await session.browser.inExtension(async () =>
      (await chrome.cookies.getAll({ domain: 'tiktok.com' })).map(({ name }) => name),
    );
    return names.sort();
  }

  async function account() {
    const { account: known } = await session.browser.inExtension(() => chrome.storage.local.get('account'));
    return /** @type {import('../../../extension/types.js').Account | undefined} */ (known);
  }

  function ordinaryStore() {
    return session.browser.inExtension(async () => {
      const [tab] = await chrome.tabs.query({});
      return /** @type {{ cookieStoreId?: string } | undefined} */ (tab)?.cookieStoreId ?? '0';
    });
  }
});

/** What the last page's end brings about has happened after this. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 1000));
