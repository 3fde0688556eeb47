// Shows Detick at work: opens a page with TikTok's trackers on it and says what was stopped and cleaned.
//
// With a display the browser stays until it is closed; without one the report is printed and pictures are saved to
// screenshots/.

import { relative } from 'node:path';
import { launch } from '../harness/browser.js';
import { EXTENSION_DIR } from '../harness/extension.js';
import { followLink } from '../harness/following.js';
import { isSetUp } from '../harness/session.js';
import { until } from '../harness/until.js';
import { DEMO, outcome } from '../harness/world/demo.js';
import { LINK_V2, SHARED_LINK } from '../harness/world/links.js';
import { startWorld } from '../harness/world.js';
import { savePicture } from './pictures.mjs';

/** @typedef {import('./browsers.mjs').BrowserName} BrowserName */
/** @typedef {import('../harness/world.js').World} World */
/** @typedef {Awaited<ReturnType<typeof launch>>} Browser */
/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('../extension/types.js').TabRecord} TabRecord */

/** How long nothing may arrive any more before the page counts as settled. */
const QUIET_MS = 1500;

/**
 * @param {BrowserName} name
 * @param {boolean} hasDisplay
 */
async function show(name, hasDisplay) {
  const world = await startWorld();
  const browser = await launch(name, { asUsed: true, world, extensionDir: EXTENSION_DIR, headless: !hasDisplay });
  try {
    await until('Detick to be set up', () => isSetUp({ browser }));
    const page = await browser.newPage();
    await followLink(page, DEMO);
    if (!hasDisplay) await openLinks(page, world);
    await settle(world);
    report(name, world, await recordOf(browser, page));
    if (hasDisplay) await untilClosed(browser, world);
    else await takePictures(browser, page);
  } finally {
    await browser.close();
    await world.close();
  }
}

/**
 * Opens the page's two links, as a person would; each has a tab of its own.
 *
 * @param {Page} page
 * @param {World} world
 */
async function openLinks(page, world) {
  await page.click('#shared-link');
  await until('the shared link to arrive', async () => outcome(world.log).shared);
  await page.bringToFront();
  await page.click('#leaving-link');
  await until(
    "the profile's link to arrive",
    async () => outcome(world.log).destination ?? outcome(world.log).redirector,
  );
  await page.bringToFront();
}

/** @param {World} world */
async function settle(world) {
  const latest = () => outcome(world.log);
  for (let before = '', now = JSON.stringify(latest()); before !== now; ) {
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    before = now;
    now = JSON.stringify(latest());
  }
}

/**
 * @param {Browser} browser
 * @param {Page} page
 * @returns {Promise<TabRecord | undefined>} what Detick itself wrote down about a tab
 */
async function recordOf(browser, page) {
  const key = `tab:${await browser.tabId(page)}`;
  const stored = await browser.inExtension((name) => chrome.storage.session.get(name), key);
  return /** @type {Record<string, TabRecord>} */ (stored)[key];
}

/**
 * Prints both sides: what the hosts received, and what Detick says that it did.
 *
 * @param {BrowserName} name
 * @param {World} world
 * @param {TabRecord | undefined} record
 */
function report(name, world, record) {
  const { trackers, page, shared, redirector, destination } = outcome(world.log);
  console.log(`\nDetick in ${name}. TikTok's hosts are played by this machine; nothing leaves it.`);

  console.log("\nArrived at TikTok's trackers, by their own log:");
  printRows(trackers.map(({ method, host, path }) => [method, `${host}${path}`]));

  console.log("\nStopped on the page, by Detick's own record:");
  printRows(
    (record?.stopped ?? []).map((one) => [
      `${one.count} ${one.action}`,
      one.url,
      `${one.company}, ${one.purpose} (${one.list}:${one.line})`,
    ]),
  );

  console.log('\nLinks, asked for and arrived:');
  printLink(DEMO, page);
  if (shared !== undefined) printLink(SHARED_LINK, shared);
  if (redirector !== undefined || destination !== undefined) printLink(LINK_V2, redirector ?? destination);
  console.log();
}

/** @param {string[][]} rows */
function printRows(rows) {
  if (rows.length === 0) console.log('  nothing');
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows)
    console.log(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
    );
}

/**
 * @param {string} asked
 * @param {string | undefined} arrived
 */
function printLink(asked, arrived) {
  console.log(`  ${asked}\n  -> ${arrived === asked ? 'the same' : (arrived ?? 'nowhere')}`);
}

/**
 * @param {Browser} browser
 * @param {Page} page
 */
async function takePictures(browser, page) {
  const popup = await browser.openPopup(page);
  const pictures = [
    await savePicture(popup, `popup-${browser.name}`, 360),
    await savePicture(page, `demo-${browser.name}`, 760),
  ];
  for (const path of pictures) console.log(`Saved ${relative(process.cwd(), path)}`);
}

/**
 * Says what arrives from now on, until the user closes the browser.
 *
 * @param {Browser} browser
 * @param {World} world
 */
async function untilClosed(browser, world) {
  console.log('The browser stays open: try the links, the popup, "Copy clean link". Close it to end the demo.');
  const seen = new Set(world.log.all());
  const watch = setInterval(() => {
    for (const arrival of world.log.to(/(^|\.)(tiktok|tiktok[vw]|destination)\./)) {
      if (!seen.has(arrival)) console.log(`  arrived: ${arrival.method} ${arrival.url}`);
      seen.add(arrival);
    }
  }, 300);
  await new Promise((resolve) => browser.puppeteer.once('disconnected', resolve));
  clearInterval(watch);
}

const [name = 'chromium', ...rest] = process.argv.slice(2);
if ((name !== 'chromium' && name !== 'firefox') || rest.length > 0) {
  console.error('Usage: node scripts/demo.mjs [chromium | firefox]');
  process.exit(2);
}
try {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  await show(name, Boolean(DISPLAY || WAYLAND_DISPLAY) || process.platform !== 'linux');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
