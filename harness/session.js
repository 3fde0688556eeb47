/** What every spec stands on: a fresh world, and the browser under test in it. */

import { after, afterEach, before } from 'node:test';
import { launch } from './browser.js';
import { EXTENSION_DIR } from './extension.js';
import { followLink } from './following.js';
import { until } from './until.js';
import { startWorld } from './world.js';

/**
 * @typedef {object} Session valid while tests run
 * @property {import('./world.js').World} world
 * @property {Awaited<ReturnType<typeof launch>>} browser
 */

/** Tabs close in a small part of this. */
const CLOSE_AGAIN_MS = 3000;

/** The browser under test, which `run.mjs` names. */
export const BROWSER = process.env.BROWSER === 'firefox' ? 'firefox' : 'chromium';

/**
 * Opens one world and one browser for all tests of a file, and closes both after the last.
 *
 * @param {'with Detick' | 'without Detick'} protection
 * @param {Parameters<typeof startWorld>[0]} [respond] how the world's hosts answer, if not as usual
 * @param {Pick<import('./browser.js').LaunchOptions, 'route' | 'ownGpc'>} [options] how the browser is started
 * @returns {Session} its members are there once the first test runs
 */
export function openSession(protection, respond, options = {}) {
  const session = /** @type {Session} */ ({});
  before(async () => {
    session.world = await startWorld(respond);
    const extensionDir = protection === 'with Detick' ? EXTENSION_DIR : undefined;
    session.browser = await launch(BROWSER, { world: session.world, extensionDir, ...options });
    if (extensionDir !== undefined) await until('Detick to be set up', () => isSetUp(session));
  });
  afterEach(async () => {
    const pages = visited.get(session)?.splice(0) ?? [];
    await Promise.all(pages.filter((page) => !page.isClosed()).map(close));
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
  });
  return session;
}

/**
 * Closes a tab. Chromium overlooks that it is to do so when the tab's page is just being loaded anew, and the driver
 * waits forever: it is told once more.
 *
 * @param {import('puppeteer-core').Page} page
 */
async function close(page) {
  const again = setTimeout(() => page.close().catch(() => undefined), CLOSE_AGAIN_MS);
  await page.close().finally(() => clearTimeout(again));
}

/**
 * Right after installing, the first pages would be quicker than Detick.
 *
 * @param {Pick<Session, 'browser'>} session
 * @returns {Promise<boolean>} whether its rules and its scripts for pages are in place
 */
export function isSetUp({ browser }) {
  return browser.inExtension(async () => {
    const { rulesSynced } = await chrome.storage.session.get('rulesSynced');
    const scripts = await chrome.scripting.getRegisteredContentScripts();
    const are = ['copy', 'pixel'].every((id) => scripts.some((script) => script.id === id));
    return typeof rulesSynced === 'string' && are;
  });
}

/**
 * Switches off what has rules of its own: embeds that wait for a click, and the defence on tiktok.com for visitors.
 *
 * @param {Session} session
 */
export async function leaveTikTokAlone({ browser }) {
  await browser.inExtension(() => chrome.storage.local.set({ settings: { embeds: 'load', level: 'pixels' } }));
  await until('only the common rules to be in force', async () => {
    const on = await browser.inExtension(() => chrome.declarativeNetRequest.getEnabledRulesets());
    return !on.includes('embeds') && !on.includes('visitor');
  });
}

/** Pages that the running test has opened. @type {WeakMap<Session, import('puppeteer-core').Page[]>} */
const visited = new WeakMap();

/**
 * Opens a page that remembers what its scripts complain about, and that is closed when the test ends.
 *
 * @param {Session} session
 * @param {string} url
 * @returns {Promise<{page: import('puppeteer-core').Page, faults: string[]}>} the page once it has loaded
 */
export async function visit(session, url) {
  const page = await session.browser.newPage();
  visited.set(session, [...(visited.get(session) ?? []), page]);
  /** @type {string[]} */
  const faults = [];
  page.on('pageerror', (error) => {
    // Firefox files its remarks on stopped requests under errors; no script sees them.
    if (!/^Error: Cross-Origin Request Blocked/.test(String(error))) faults.push(String(error));
  });
  await followLink(page, url);
  return { page, faults };
}
