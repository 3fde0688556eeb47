// Whose number is whose: several windows, private ones, and another blocker beside Detick.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launch } from '../../../harness/browser.js';
import { EXTENSION_DIR } from '../../../harness/extension.js';
import { companies, headline } from '../../../harness/popup.js';
import { BROWSER, isSetUp, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { TRACKERS } from '../../../harness/world/trackers.js';
import { startWorld } from '../../../harness/world.js';

/** @typedef {import('../../../harness/session.js').Session} Session */
/** @typedef {import('puppeteer-core').Page} Page */

const OTHER_BLOCKER = join(import.meta.dirname, '../other-blocker');

/** @param {number} count of trackers @param {string} [host] */
const crowd = (count, host = 'analytics.tiktok.com') => `https://shop.example/crowd?count=${count}&host=${host}`;

/**
 * Opens a window of its own.
 *
 * @param {Session} session
 * @param {chrome.windows.CreateData} how
 * @returns {Promise<{windowId: number, tabId: number}>}
 */
async function openWindow({ browser }, how) {
  return browser.inExtension(async (data) => {
    const opened = await chrome.windows.create(data);
    const windowId = opened?.id ?? -1;
    const [tab] = await chrome.tabs.query({ windowId });
    return { windowId, tabId: tab?.id ?? -1 };
  }, how);
}

/**
 * @param {Session} session
 * @param {number} tabId
 * @returns {Promise<Page>} the popup of a tab that the driver may not see
 */
function popupOf({ browser }, tabId) {
  return browser.openExtensionPage(`${browser.popupPath}?tab=${tabId}`);
}

describe(`${BROWSER}: tabs`, () => {
  const session = openSession('with Detick');

  it('two windows have numbers of their own, equal to what was stopped in each', async () => {
    session.world.log.clear();
    const one = await openWindow(session, { url: crowd(3) });
    const other = await openWindow(session, { url: crowd(7) });
    for (const [{ tabId }, count] of /** @type {const} */ ([
      [one, 3],
      [other, 7],
    ])) {
      const popup = await popupOf(session, tabId);
      await headline(popup, new RegExp(`^${count} `));
      assert.deepEqual(await companies(popup), { TikTok: count });
      const badge = () => session.browser.inExtension((id) => chrome.action.getBadgeText({ tabId: id }), tabId);
      await until('the badge', async () => (await badge()) === String(count));
      await popup.close();
    }
    assert.deepEqual(session.world.log.to(TRACKERS), []);
  });

  it('what another extension blocks is not counted', async () => {
    const { page: before } = await visit(session, crowd(2, 'ads.example'));
    await session.world.log.arrival('ads.example', '/api/v2/number-1');
    await before.close();
    await session.browser.puppeteer.installExtension(OTHER_BLOCKER);
    const page = await until('the other blocker to work', async () => {
      session.world.log.clear();
      const { page } = await visit(session, crowd(2, 'ads.example'));
      await page.waitForFunction(() => document.body.dataset.sent === '2');
      if (session.world.log.to('ads.example').length === 0) return page;
      await page.close();
      return undefined;
    });
    const popup = await session.browser.openPopup(page);
    await headline(popup, /^No TikTok trackers/);
    assert.equal(await session.browser.badgeText(page), '');
    await popup.close();

    const { page: own } = await visit(session, crowd(2));
    const second = await session.browser.openPopup(own);
    await headline(second, /^2 /);
    assert.deepEqual(await companies(second), { TikTok: 2 });
    await second.close();
  });
});

describe(`${BROWSER}: private windows`, () => {
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

  it('are protected and counted, and leave nothing behind', async () => {
    const { windowId, tabId } = await openWindow(session, { incognito: true, url: `${crowd(5)}&private` });
    const popup = await popupOf(session, tabId);
    await headline(popup, /^5 /);
    assert.deepEqual(await companies(popup), { TikTok: 5 });
    assert.deepEqual(session.world.log.to(TRACKERS), []);
    await popup.close();
    await session.browser.inExtension((id) => chrome.windows.remove(id), windowId);
    await until('the tab to be forgotten', async () => {
      const stored = await session.browser.inExtension(() => chrome.storage.session.get(null));
      return !JSON.stringify(stored).includes('private');
    });
    const kept = await session.browser.inExtension(() => chrome.storage.local.get(null));
    assert.ok(!JSON.stringify(kept).includes('shop.example'));
  });
});
