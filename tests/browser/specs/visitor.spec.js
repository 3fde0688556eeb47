// tiktok.com for people without an account: the video plays, nobody hears of it, nothing stays; whoever signs in is
// left alone.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { companies } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { VIDEO } from '../../../harness/world/links.js';
import { TRACKERS } from '../../../harness/world/trackers.js';

const FILM_BYTES = '4096';
const SHOP = 'https://shop.example/';

/** Those that TikTok's cookie notice names, by what their tags ask for. */
const PARTNERS = [
  'https://websdk.appsflyer.com/?st=pba',
  'https://wa.appsflyersdk.com/events?site-id=1',
  'https://px.ads.linkedin.com/collect/?pid=1',
  'https://snap.licdn.com/li.lms-analytics/insight.min.js',
  'https://bat.bing.com/bat.js',
  'https://bat.bing.net/actionp/0?ti=1',
  'https://alb.reddit.com/rp.gif?id=1',
  'https://www.redditstatic.com/ads/pixel.js',
  'https://js.hs-scripts.com/1.js',
  'https://track.hubspot.com/__ptq.gif?k=1',
  'https://connect.facebook.net/en_US/fbevents.js',
  'https://www.facebook.com/tr/?id=1',
  'https://www.googletagmanager.com/gtag/js?id=G-1',
  'https://www.google-analytics.com/g/collect?v=2',
];
const NAMES = ['AppsFlyer', 'Facebook', 'Google', 'HubSpot', 'LinkedIn', 'Microsoft Bing', 'Reddit'];

/** @typedef {import('puppeteer-core').Page} Page */

describe(`${BROWSER}: a visitor on tiktok.com`, () => {
  const session = openSession('with Detick');

  it('is known for one, and sees the video without being reported', async () => {
    await accountIs('visitor');
    session.world.log.clear();
    const { page, faults } = await visit(session, VIDEO);
    await until('the film', async () => (await bytesOf(page)) === FILM_BYTES);
    await quiet();
    assert.deepEqual(reported(), []);
    assert.deepEqual(faults, []);
    await page.close();
  });

  it('is not asked for camera, place or clipboard', async () => {
    const { page } = await visit(session, VIDEO);
    assert.deepEqual(await page.evaluate(powers), { camera: 'denied', clipboard: 'denied', place: 'denied' });
    await page.close();
  });

  it('types a search that is not sent letter by letter, and arrives without a referrer', async () => {
    session.world.log.clear();
    const { page } = await visit(session, 'https://news.example/links');
    await page.evaluate((url) => void setTimeout(() => location.assign(url)), VIDEO); // after the answer: the page goes
    const { headers } = await session.world.log.arrival('www.tiktok.com', new URL(VIDEO).pathname);
    assert.equal(headers.referer, undefined);
    await page.waitForFunction((url) => location.href === url, {}, VIDEO);
    const typed = await page.evaluate(() =>
      fetch('/api/search/general/preview/?keyword=r').then(
        () => 'sent',
        () => 'kept',
      ),
    );
    assert.equal(typed, 'kept');
    await page.close();
  });

  it('is forgotten when the last page of TikTok is closed', async () => {
    const { page } = await visit(session, VIDEO);
    const { page: other } = await visit(session, 'https://www.tiktok.com/');
    await until('the cookies of a visitor', async () => (await cookieNames(session)).includes('ttwid'));
    await other.close();
    await quiet();
    assert.ok((await cookieNames(session)).includes('tt_chain_token'), 'one page is still open');
    await page.close();
    await until('the cookies to go', async () => (await cookieNames(session)).length < 2).catch(() => undefined);
    assert.deepEqual(await cookieNames(session), ['tt_csrf_token']);
    const { page: next } = await visit(session, 'https://www.tiktok.com/a-page-without-scripts');
    assert.equal(await next.evaluate(() => localStorage.length), 0);
    await next.close();
  });

  it('is told of no other company that TikTok tells of its pages, and of those only there', async () => {
    session.world.log.clear();
    const { page } = await visit(session, 'https://www.tiktok.com/a-page-without-scripts');
    await page.evaluate(askFor, PARTNERS);
    const popup = await session.browser.openPopup(page);
    const named = await until('all of them', async () => {
      const found = await companies(popup);
      return Object.keys(found).length >= NAMES.length && found;
    });
    assert.deepEqual(Object.keys(named).sort(), NAMES);
    await popup.close();
    await quiet();
    assert.deepEqual(arrivedAtPartners(), []);

    const { page: other } = await visit(session, 'https://magazine.example/');
    await other.evaluate(askFor, PARTNERS);
    await until('them to hear of another site', async () => arrivedAtPartners().length === PARTNERS.length);
    assert.deepEqual(arrivedAtPartners(), PARTNERS.toSorted());
  });

  it("leaves no identifier of the pixel's on other sites", async () => {
    const { page } = await visit(session, SHOP);
    await page.evaluate(() => {
      const names = [
        '_ttp',
        '_tt_enable_cookie',
        'ttclid',
        'tiktok_ttclid',
        'ttcsid',
        'ttcsid_CWORLD77UABCDEFGHIJK',
        'cart',
      ];
      for (const name of names) {
        // biome-ignore lint/suspicious/noDocumentCookie: the pixel does exactly that
        document.cookie = `${name}=1; path=/; max-age=1000; secure`;
      }
    });
    await until('the cookies to go', () => page.evaluate(() => document.cookie === 'cart=1'));
    await page.evaluate(() => {
      for (const name of ['tt_sessionId', 'tt_appInfo', 'mine']) sessionStorage.setItem(name, '1');
      for (const name of ['ttclid', 'tiktok_ttclid', 'ours']) localStorage.setItem(name, '1');
    });
    await page.click('body');
    const left = () => page.evaluate(() => [...Object.keys(sessionStorage), ...Object.keys(localStorage)].join());
    await until('the storage to be cleaned while the page is there', async () => (await left()) === 'mine,ours');
    await page.close();
    const counted = await until('the count', async () => {
      const { forgottenHere } = await session.browser.inExtension(() => chrome.storage.session.get('forgottenHere'));
      const bySite = /** @type {Record<string, Record<string, number>> | undefined} */ (forgottenHere);
      return bySite?.['shop.example'];
    });
    assert.ok(Number(counted.ttcsid) >= 1, 'told by its stem: a site can make up what follows');
    assert.deepEqual(
      Object.keys(counted).filter((name) => name.startsWith('ttcsid_')),
      [],
    );
    assert.equal(counted.cart, undefined);
  });

  it('is told what the pixel would have reported', async () => {
    const { page } = await visit(session, SHOP);
    await page.click('#buy');
    const key = `tab:${await session.browser.tabId(page)}`;
    const told = await until('the calls', async () => {
      const stored = await session.browser.inExtension((name) => chrome.storage.session.get(name), key);
      const { learned } = /** @type {import('../../../extension/types.js').TabRecord} */ (
        stored[key] ?? { learned: [] }
      );
      const facts = learned.map(({ kind, text, amount, currency }) => [kind, text, amount, currency].join(' ').trim());
      return facts.includes('event PlaceAnOrder') && facts;
    });
    for (const fact of [
      'event Pageview',
      'event AddToCart 38 EUR',
      'event CompletePayment 38 EUR',
      'event EnrichAM',
      'hashed email',
      'pixel CWORLD77UABCDEFGHIJK',
      `page ${SHOP}`,
    ])
      assert.ok(told.includes(fact), `${fact} is not among ${told}`);
    await page.close();
  });

  it('becomes a member by signing in, and a visitor again by signing out', async () => {
    const { page } = await visit(session, 'https://www.tiktok.com/login');
    const watcher = await session.browser.openExtensionPage(session.browser.popupPath);
    await watcher.evaluate(timeSigningIn);
    await page.bringToFront();
    await Promise.all([page.waitForNavigation(), page.click('#login')]);
    const tookMs = await until('the state to flip', () => watcher.evaluate(() => document.body.dataset.tookMs));
    assert.ok(Number(tookMs) < 1000, `it took ${tookMs} ms`);
    await watcher.close();
    await accountIs('member');
    await page.goto(VIDEO);
    assert.equal((await page.evaluate(powers)).camera, 'open');
    await page.close();
    await quiet();
    const names = await cookieNames(session);
    for (const name of ['sessionid', 'sid_tt', 'ttwid', 'msToken']) assert.ok(names.includes(name), `${name} is gone`);

    await session.browser.inExtension(async () => {
      for (const name of ['sessionid', 'sessionid_ss']) {
        await chrome.cookies.remove({ url: 'https://www.tiktok.com/', name });
      }
    });
    await accountIs('visitor');
  });

  /** @param {string} state */
  async function accountIs(state) {
    await until(`the state "${state}"`, async () => {
      const { account } = await session.browser.inExtension(() => chrome.storage.local.get('account'));
      return /** @type {{state: string} | undefined} */ (account)?.state === state;
    });
    await quiet();
  }

  /** @returns {string[]} */
  function arrivedAtPartners() {
    const urls = session.world.log.all().map(({ url }) => url);
    return [...new Set(urls.filter((url) => PARTNERS.includes(url)))].sort();
  }

  /** @returns {string[]} what arrived where nothing should */
  function reported() {
    return [...session.world.log.to(TRACKERS), ...session.world.log.to(/./, '/web/report')].map(({ url }) => url);
  }
});

/** Asks for scripts and pictures as tags do. Runs in the page. @param {string[]} urls */
function askFor(urls) {
  for (const url of urls) {
    const tag = /\.js|gtag\/js|\?st=/.test(url) ? document.createElement('script') : new Image();
    tag.src = url;
    if (tag instanceof HTMLScriptElement) document.head.append(tag);
  }
}

/** What is under way has arrived after this. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 600));

/** @param {Page} page @returns {Promise<string | undefined>} what the page got of the film */
const bytesOf = (page) => page.evaluate(() => document.body.dataset.bytes);

/** @param {import('../../../harness/session.js').Session} session */
async function cookieNames({ browser }) {
  const names = await browser.inExtension(async () => {
    const cookies = await chrome.cookies.getAll({ domain: 'tiktok.com' });
    return cookies.map(({ name }) => name);
  });
  return names.sort();
}

/** Measures the time from the session's cookie to the state, in `data-took-ms`. Runs in one of Detick's pages. */
function timeSigningIn() {
  let cookieMs = 0;
  chrome.cookies.onChanged.addListener(({ cookie }) => {
    if (cookie.name === 'sessionid') cookieMs ||= Date.now();
  });
  chrome.storage.local.onChanged.addListener(({ account }) => {
    const { state } = /** @type {{state?: string}} */ (account?.newValue ?? {});
    if (state === 'member') document.body.dataset.tookMs = String(Date.now() - cookieMs);
  });
}

/**
 * What a page may ask for. Chromium tells; elsewhere one has to ask, and a question that stays open is one that a
 * person would see. Runs in the page.
 *
 * @returns {Promise<Record<'camera' | 'clipboard' | 'place', 'denied' | 'open'>>}
 */
async function powers() {
  /** @typedef {{ allowsFeature: (name: string) => boolean }} FeaturePolicy */
  const { featurePolicy } = /** @type {{ featurePolicy?: FeaturePolicy }} */ (/** @type {unknown} */ (document));
  if (featurePolicy) {
    const state = (/** @type {string} */ name) => (featurePolicy.allowsFeature(name) ? 'open' : 'denied');
    return { camera: state('camera'), clipboard: state('clipboard-read'), place: state('geolocation') };
  }
  /** @param {Promise<unknown>} asking @returns {Promise<'denied' | 'open'>} */
  const outcome = (asking) =>
    Promise.race([
      asking.then(
        () => 'open',
        (error) => (error.name === 'NotAllowedError' || error.code === 1 ? 'denied' : 'open'),
      ),
      new Promise((resolve) => setTimeout(() => resolve('open'), 500)),
    ]);
  const place = new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject));
  return {
    camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
    clipboard: await outcome(navigator.clipboard.readText()),
    place: await outcome(place),
  };
}
