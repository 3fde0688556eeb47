/**
 * Detick's pages in tabs, in the states that people meet them in.
 *
 * @typedef {import('./states.mjs').Browser} Browser
 * @typedef {import('./states.mjs').State} State
 * @typedef {import('puppeteer-core').Page} Page
 */

import { followLink } from '../harness/following.js';
import { typeOwnLines } from '../harness/lists.js';
import { lockOut } from '../harness/lockout.js';
import { until } from '../harness/until.js';
import { LINK_V2, SHARED_LINK } from '../harness/world/links.js';

const WIDTH = 960;

/** Something in every section. */
const CHOSEN = {
  keep: [{ host: 'news.example', name: 'utm_source' }],
  linksOff: ['bank.example'],
  embedSites: ['magazine.example'],
  paused: [
    { host: 'shop.example', until: 0 },
    { host: `${'a'.repeat(60)}.${'b'.repeat(60)}.example`, until: Date.now() + 3_600_000 },
  ],
};

/** Lines of every colour, some with mistakes. */
const OWN_LINES = `! what my shop needs
@@||analytics.tiktok.com^$domain=shop.example
||ads.example^$third-party
||ads.example^$scirpt
shop.example##.banner
`;

/** @param {Browser} browser @param {string} path @param {string} drawn a selector of what is there in the end */
async function openPage(browser, path, drawn) {
  const page = await browser.openExtensionPage(path);
  await page.waitForSelector(drawn);
  return page;
}

/** @param {Browser} browser @param {string} text @returns {Promise<Page>} the cleaner, with the text in it */
async function cleanerWith(browser, text) {
  const page = await openPage(browser, 'cleaner/page.html', '#text');
  await page.type('#text', text);
  await page.waitForSelector('#clean-text');
  return page;
}

/** @param {Browser} browser @returns {Promise<Page>} the log, after a walk through the world */
async function fullLog(browser) {
  const log = await openPage(browser, 'log/page.html', 'html[data-ready]');
  const addresses = [
    'https://destination.example/?id=7&utm_source=x',
    'https://shop.example/',
    'https://magazine.example/',
  ];
  for (const address of addresses) {
    const page = await browser.newPage();
    await followLink(page, address);
  }
  await log.bringToFront();
  await log.$eval('#group-any', (button) => /** @type {HTMLElement} */ (button).click());
  await until('the log to fill', async () => (await log.$$('#entries > li')).length > 8);
  return log;
}

/** @type {State[]} */
export const PAGE_STATES = [
  { name: 'settings', width: WIDTH, open: (browser) => openPage(browser, 'options/page.html', '#export') },
  {
    name: 'settings-full',
    width: WIDTH,
    open: async (browser) => {
      await browser.inExtension((settings) => chrome.storage.local.set({ settings }), CHOSEN);
      return openPage(browser, 'options/page.html', '[id="undo pause shop.example"]');
    },
  },
  {
    name: 'settings-exceptions',
    width: WIDTH,
    open: async (browser) => {
      const lines = '@@||analytics.tiktok.com^$domain=shop.example\n';
      await browser.inExtension((settings) => chrome.storage.local.set({ settings }), CHOSEN);
      await browser.inExtension((text) => chrome.storage.local.set({ ownLines: { text } }), lines);
      const page = await openPage(browser, 'options/page.html', '#exception-search');
      await page.bringToFront();
      await page.click('[id="undo links bank.example"]');
      await page.waitForSelector('.taken');
      return page;
    },
  },
  {
    name: 'settings-lines',
    width: WIDTH,
    open: async (browser) => {
      const page = await openPage(browser, 'options/page.html', '#own-open');
      await typeOwnLines(page, OWN_LINES);
      await page.waitForSelector('.complaints li');
      await page.keyboard.down('Control');
      await page.keyboard.press('f');
      await page.keyboard.up('Control');
      await page.keyboard.type('example');
      return page;
    },
  },
  { name: 'privacy', width: WIDTH, open: (browser) => openPage(browser, 'privacy.html', 'main') },
  { name: 'log', width: WIDTH, open: fullLog },
  { name: 'log-empty', width: WIDTH, open: (browser) => openPage(browser, 'log/page.html', 'html[data-ready]') },
  {
    name: 'log-details',
    width: WIDTH,
    open: async (browser) => {
      const log = await fullLog(browser);
      for (const entry of ['.entry.stopped', '.entry:has(.cleaned)']) await log.click(`${entry} > button`);
      return log;
    },
  },
  {
    name: 'log-line',
    width: WIDTH,
    open: async (browser) => {
      const log = await fullLog(browser);
      await log.click('.entry.stopped > button');
      await log.click('.entry.stopped .make-line');
      await log.waitForFunction(() => document.querySelector('#effect')?.textContent !== '');
      return log;
    },
  },
  {
    name: 'cleaner',
    width: WIDTH,
    open: (browser) => cleanerWith(browser, `${SHARED_LINK} and ${LINK_V2} and https://vm.tiktok.com/ZMabc123/`),
  },
  {
    name: 'lockout',
    width: WIDTH,
    open: async (browser) => {
      await lockOut({ browser });
      return openPage(browser, 'lockout/page.html#https://www.tiktok.com/@tina/video/7300000000000000001', '#lift');
    },
  },
  {
    name: 'lockout-over',
    width: WIDTH,
    open: (browser) => openPage(browser, 'lockout/page.html#https://www.tiktok.com/@tina', '#open'),
  },
  {
    name: 'not-unwrapped',
    width: WIDTH,
    open: (browser) => openPage(browser, 'unwrap.html#javascript:alert(1)', 'code'),
  },
  { name: 'welcome', width: WIDTH, open: (browser) => openPage(browser, 'welcome/page.html', '#level') },
];
