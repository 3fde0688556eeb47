// `npm run test:soak`: long use, many tabs and busy pages, through one background in each browser. Prints figures;
// fails when a count is not exact, or when memory goes on growing.
//
// DETICK_SOAK_LOADS says how many pages are loaded (10,000 if it does not), BROWSER which browser.

import assert from 'node:assert/strict';
import { launch } from '../../harness/browser.js';
import { EXTENSION_DIR } from '../../harness/extension.js';
import { until } from '../../harness/until.js';
import { TRACKERS } from '../../harness/world/trackers.js';
import { startWorld } from '../../harness/world.js';

/** @typedef {Awaited<ReturnType<typeof launch>>} Browser */
/** @typedef {import('puppeteer-core').Page} Page */

const LOADS = Number(process.env.DETICK_SOAK_LOADS ?? 10_000);
const TABS_LOADING = 4;

/** A page may take so long where the machine has other work. */
const LOAD_MS = 180_000;
const TABS_AT_ONCE = 200;
const REQUESTS_ON_A_PAGE = 5_000;

/** What memory is compared with: everything is warm after so many pages. */
const WARM = Math.min(1_000, LOADS / 2);

/** Growth after that which may be noise: caches, and garbage that is not collected yet. */
const NOISE_MB = 4;

/** A page with requests of every kind, and how many that are. */
const PAGE = 'https://shop.example/tagged';
const PER_PAGE = 4;

/** @param {'chromium' | 'firefox'} name */
async function soak(name) {
  const world = await startWorld();
  const browser = await launch(name, { asUsed: true, world, extensionDir: EXTENSION_DIR });
  try {
    await until('the rules', () =>
      browser.inExtension(async () => 'rulesSynced' in (await chrome.storage.session.get(null))),
    );
    await loadPages(browser);
    await openTabs(browser);
    await fillPage(browser);
    assert.deepEqual(world.log.to(TRACKERS), []);
    console.log(`${name}: nothing arrived at a tracker`);
  } catch (error) {
    console.error(`${name}:`, error); // told at once: closing a browser that is in trouble may fail too
    process.exitCode = 1;
  } finally {
    await browser.close();
    await world.close();
  }
}

/** Page after page in a few tabs: the total is exact, and memory does not go on growing. @param {Browser} browser */
async function loadPages(browser) {
  const before = await total(browser);
  const started = Date.now();
  const tabs = await Promise.all(Array.from({ length: TABS_LOADING }, () => browser.newPage()));
  /** @type {[number, number][]} loads, MB */
  const memory = [];
  for (let loads = 0; loads < LOADS; ) {
    const next = Math.min(loads < WARM ? WARM : loads + Math.ceil(LOADS / 10), LOADS);
    const each = tabs.map((tab, index) => loadMany(tab, share(next - loads, index), `${loads}-${index}`));
    await Promise.all(each);
    loads = next;
    await counted(browser, before, loads * PER_PAGE);
    memory.push([loads, await browser.backgroundMemory()]);
    console.log(
      `${browser.name}: ${loads} pages, ${loads * PER_PAGE} requests counted exactly, ${memory.at(-1)?.[1].toFixed(1)} MB`,
    );
  }
  const [[, warm = 0] = [], ...later] = memory;
  const growth = Math.min(...later.slice(-3).map(([, megabytes]) => megabytes)) - warm;
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${browser.name}: growth ${growth.toFixed(1)} MB, ${seconds} s`);
  assert.ok(growth < NOISE_MB, `memory grew by ${growth} MB`);
  await Promise.all(tabs.map((tab) => tab.close()));
}

/**
 * Waits until all is counted that was stopped.
 *
 * @param {Browser} browser
 * @param {number} before
 * @param {number} expected
 */
async function counted(browser, before, expected) {
  let count = 0;
  await until('the last counts', async () => {
    count = (await total(browser)) - before;
    return count >= expected;
  }).catch(() => undefined); // what is missing is said below
  assert.equal(count, expected, 'requests that were counted, and that were made');
}

/** @param {number} all @param {number} index @returns {number} how many of them a tab loads */
function share(all, index) {
  return Math.floor(all / TABS_LOADING) + (index < all % TABS_LOADING ? 1 : 0);
}

/** @param {Page} tab @param {number} times @param {string} label */
async function loadMany(tab, times, label) {
  for (let index = 0; index < times; index += 1) await tab.goto(`${PAGE}?${label}-${index}`, { timeout: LOAD_MS });
}

/** Many tabs that stay: each has its own count. @param {Browser} browser */
async function openTabs(browser) {
  const started = Date.now();
  /** @type {Page[]} */
  const tabs = [];
  while (tabs.length < TABS_AT_ONCE) {
    const opened = await Promise.all(Array.from({ length: 10 }, () => browser.newPage()));
    await Promise.all(opened.map((tab, index) => tab.goto(`${PAGE}?tab=${tabs.length + index}`, { timeout: LOAD_MS })));
    tabs.push(...opened);
  }
  const expected = Array.from({ length: TABS_AT_ONCE }, () => PER_PAGE);
  const areThere = async () => String(await countsOf(browser, '?tab=')) === String(expected);
  await until('every tab to have its count', areThere, 30_000).catch(() => undefined); // what is missing is said below
  assert.deepEqual(await countsOf(browser, '?tab='), expected);
  console.log(
    `${browser.name}: ${TABS_AT_ONCE} tabs at once, ${PER_PAGE} each, ${Math.round((Date.now() - started) / 1000)} s`,
  );
  await Promise.all(tabs.map((tab) => tab.close()));
}

/** One page that asks again and again. @param {Browser} browser */
async function fillPage(browser) {
  const page = await browser.newPage();
  await page.goto(`${PAGE}?busy`);
  const started = Date.now();
  await page.evaluate(async (requests) => {
    const ask = (/** @type {number} */ id) =>
      fetch(`https://analytics.tiktok.com/api/v2/pixel?id=${id}`, { mode: 'no-cors' }).catch(() => undefined);
    await Promise.all(Array.from({ length: requests }, (_, id) => ask(id)));
  }, REQUESTS_ON_A_PAGE);
  const all = REQUESTS_ON_A_PAGE + PER_PAGE;
  await until('the busy page to have its count', async () => (await countsOf(browser, '?busy'))[0] === all);
  console.log(`${browser.name}: ${REQUESTS_ON_A_PAGE} requests on a page counted exactly, ${Date.now() - started} ms`);
  await page.close();
}

/** @param {Browser} browser @returns {Promise<number>} all that was ever stopped */
function total(browser) {
  return browser.inExtension(async () => {
    const { totals } = await chrome.storage.local.get('totals');
    return /** @type {{all: number} | undefined} */ (totals)?.all ?? 0;
  });
}

/** @param {Browser} browser @param {string} part of the address @returns {Promise<number[]>} the counts of such tabs */
function countsOf(browser, part) {
  return browser.inExtension(async (wanted) => {
    const tabs = /** @type {{url: string, count: number}[]} */ (Object.values(await chrome.storage.session.get(null)));
    return tabs.filter((tab) => tab?.url?.includes?.(wanted)).map(({ count }) => count);
  }, part);
}

const names = /** @type {const} */ (['chromium', 'firefox']).filter((name) =>
  [undefined, '', name].includes(process.env.BROWSER),
);
for (const name of names) await soak(name);
