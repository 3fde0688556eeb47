/**
 * Pages of Detick in the states that people meet them in: each is reached as a person would reach it.
 *
 * @typedef {Awaited<ReturnType<typeof import('../harness/browser.js').launch>>} Browser
 * @typedef {import('../harness/world.js').World} World
 * @typedef {import('puppeteer-core').Page} Page
 *
 * @typedef {object} State
 * @property {string} name of the pictures
 * @property {number} width of the page, in CSS pixels
 * @property {(browser: Browser, world: World) => Promise<Page>} open in a browser that has just been installed
 */

import { followLink } from '../harness/following.js';
import { playByKeys } from '../harness/placeholder.js';
import { headline, headlineOf, openView, press, unfoldAll } from '../harness/popup.js';
import { until } from '../harness/until.js';
import { DEMO } from '../harness/world/demo.js';

const POPUP_WIDTH = 360;
const PAGE_WIDTH = 760;

/**
 * @param {Browser} browser that speaks any language
 * @param {string} url
 * @param {string} status what kind of thing the head line says in the end
 * @param {number} [stopped] how many requests are stopped until then
 * @returns {Promise<Page>} the popup of a page
 */
async function popupOn(browser, url, status, stopped) {
  const page = await browser.newPage();
  await followLink(page, url);
  if (stopped !== undefined)
    await until('all to be counted', async () => (await browser.badgeText(page)) === String(stopped));
  const popup = await browser.openPopup(page);
  await headlineOf(popup, status);
  return popup;
}

/** @param {Browser} browser @param {object} settings */
async function choose(browser, settings) {
  await browser.inExtension((chosen) => chrome.storage.local.set({ settings: chosen }), settings);
}

/**
 * @param {Browser} browser
 * @param {World} world
 * @returns {Promise<Page>} the demo page after its shared link was followed
 */
async function demo(browser, world) {
  const page = await browser.newPage();
  await followLink(page, DEMO);
  await page.click('#shared-link');
  await until(
    'the shared link to arrive',
    async () => world.log.to('www.tiktok.com', '/@tina/video/7300000000000000001').length > 0,
  );
  await page.bringToFront();
  return page;
}

/** @type {State[]} */
export const STATES = [
  { name: 'demo', width: PAGE_WIDTH, open: demo },
  {
    name: 'popup',
    width: POPUP_WIDTH,
    open: async (browser, world) => {
      const popup = await browser.openPopup(await demo(browser, world));
      await headline(popup, /stopped/);
      return popup;
    },
  },
  {
    name: 'popup-learned',
    width: POPUP_WIDTH,
    open: async (browser) => popupOn(browser, 'https://shop.example/reports?utm_source=tiktok', 'protecting', 3),
  },
  {
    name: 'popup-unfolded',
    width: POPUP_WIDTH,
    open: async (browser) => {
      const popup = await popupOn(browser, 'https://shop.example/reports?ttclid=1&utm_source=tiktok', 'protecting', 3);
      await openView(popup, 'stopped');
      await unfoldAll(popup);
      return popup;
    },
  },
  {
    name: 'popup-quiet',
    width: POPUP_WIDTH,
    open: (browser) => popupOn(browser, 'https://destination.example/plain', 'quiet'),
  },
  {
    name: 'popup-paused',
    width: POPUP_WIDTH,
    open: async (browser) => {
      await choose(browser, { paused: [{ host: 'shop.example', until: Date.now() + 3_600_000 }] });
      return popupOn(browser, 'https://shop.example/checkout', 'paused');
    },
  },
  {
    name: 'popup-let-through',
    width: POPUP_WIDTH,
    open: async (browser) => {
      await choose(browser, { paused: [{ host: 'shop.example', until: 0 }] });
      await browser.inExtension(() => chrome.runtime.sendMessage({ name: 'followSettings', payload: {} }));
      const popup = await popupOn(browser, 'https://shop.example/reports', 'paused');
      await press(popup, 'switch');
      await headline(popup, /let through/);
      return popup;
    },
  },
  ...['learned', 'stopped', 'link', 'trouble'].map((name) => ({
    name: `popup-${name}-view`,
    width: POPUP_WIDTH,
    open: async (/** @type {Browser} */ browser) => {
      const popup = await popupOn(browser, 'https://shop.example/reports?ttclid=1&utm_source=tiktok', 'protecting', 3);
      await openView(popup, name);
      return popup;
    },
  })),
  {
    name: 'popup-lockout',
    width: POPUP_WIDTH,
    open: async (browser) => {
      await choose(browser, { level: 'lockout' });
      return popupOn(browser, 'https://destination.example/plain', 'lockout');
    },
  },
  {
    name: 'popup-visitor',
    width: POPUP_WIDTH,
    open: (browser) => popupOn(browser, 'https://www.tiktok.com/', 'protecting'),
  },
  {
    name: 'popup-protection-view',
    width: POPUP_WIDTH,
    open: async (browser) => {
      const popup = await popupOn(browser, 'https://www.tiktok.com/', 'protecting');
      await openView(popup, 'protection');
      return popup;
    },
  },
  {
    name: 'popup-embeds',
    width: POPUP_WIDTH,
    open: async (browser, world) => {
      const page = await browser.newPage();
      await page.goto('https://magazine.example/');
      await playByKeys({ browser }, page);
      await world.log.arrival('www.tiktok.com', '/player/v1/7300000000000000001');
      const popup = await browser.openPopup(page);
      await openView(popup, 'videos');
      await popup.waitForSelector('.embeds button');
      return popup;
    },
  },
  {
    name: 'popup-nowhere',
    width: POPUP_WIDTH,
    open: async (browser) => {
      const popup = await browser.openPopup(await browser.openExtensionPage('options/page.html'));
      await headline(popup, /^Nothing to do/);
      return popup;
    },
  },
];
