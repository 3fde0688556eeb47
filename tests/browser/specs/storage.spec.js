// What Detick stores of where somebody was: everything that it has is looked through after visits with secrets in their
// addresses.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch } from '../../../harness/browser.js';
import { EXTENSION_DIR } from '../../../harness/extension.js';
import { BROWSER, isSetUp, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { startWorld } from '../../../harness/world.js';

/** @typedef {import('../../../harness/session.js').Session} Session */

const ADDRESS = '?token=SECRET&utm_source=SECRET&ttclid=SECRET#frag=SECRET';
const STOPPED = `https://shop.example/kept${ADDRESS}`;
const QUIET = 'https://destination.example/SECRET?token=SECRET#frag=SECRET';

describe(`${BROWSER}: what is stored of visits`, () => {
  const session = /** @type {Session} */ ({});
  before(async () => {
    session.world = await startWorld();
    session.browser = await launch(BROWSER, {
      world: session.world,
      extensionDir: EXTENSION_DIR,
      inPrivate: true,
    });
    await until('Detick to be set up', () => isSetUp(session));
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
  });

  it('is no query and no fragment of any page, and nothing of pages where nothing was stopped', async () => {
    const { page } = await visit(session, STOPPED);
    await until('the number', async () => (await session.browser.badgeText(page)) === '4');
    await page.evaluate(() => history.pushState(null, '', '?other=SECRET&fbclid=SECRET'));
    await page.goto(QUIET);
    await nothingIsStored('after leaving');
    await page.evaluate(() => void setTimeout(() => history.back()));
    await until('the page to come back', async () =>
      /shop/.test(await page.evaluate(() => location.host).catch(() => '')),
    );
    await nothingIsStored('after going back');
    await page.close();
    const { page: other } = await visit(session, 'https://news.example/links?token=SECRET');
    await session.browser.killBackground();
    await other.goto(STOPPED);
    await nothingIsStored('after the background slept');
  });

  it('is no more in a private window', async () => {
    const quiet = await openPrivately(QUIET);
    const stopped = await openPrivately(STOPPED);
    await until('the count', async () => (await everything()).includes(`"tab:${stopped}"`));
    assert.ok(!(await everything()).includes(`"tab:${quiet}"`), 'nothing was stopped there');
    const kept = await session.browser.inExtension(async () => (await chrome.storage.session.get('recent')).recent);
    assert.ok(!JSON.stringify(kept ?? []).includes(`"tabId":${stopped},`), 'nothing of it is kept for the log');
    await nothingIsStored('in a private window');
  });

  /** @param {string} url @returns {Promise<number>} the tab, in a private window of its own */
  function openPrivately(url) {
    return session.browser.inExtension(async (address) => {
      const opened = await chrome.windows.create({ incognito: true, url: address });
      const [tab] = await chrome.tabs.query({ windowId: opened?.id ?? -1 });
      return tab?.id ?? -1;
    }, url);
  }

  /** @param {string} when */
  async function nothingIsStored(when) {
    await new Promise((resolve) => setTimeout(resolve, 1500)); // what is written late has been written after this
    const stored = await everything();
    assert.doesNotMatch(stored, /SECRET|destination\.example/, when);
  }

  /** @returns {Promise<string>} all that Detick holds, wherever it may */
  function everything() {
    return session.browser.inExtension(async () => {
      const { local, session: memory, sync } = chrome.storage;
      const areas = await Promise.all([local, memory, sync].map((area) => area.get(null)));
      const databases = (await indexedDB.databases()).map(({ name }) => name);
      const rules = await Promise.all([
        chrome.declarativeNetRequest.getDynamicRules(),
        chrome.declarativeNetRequest.getSessionRules(),
      ]);
      const caches = await globalThis.caches?.keys().catch(() => []);
      return JSON.stringify([areas, databases, { ...localStorage }, { ...sessionStorage }, rules, caches]);
    });
  }
});
