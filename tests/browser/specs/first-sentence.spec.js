// What the popup says first is true: what was let through comes before what was stopped, with the way back; and what
// was allowed there is allowed on that site alone, by one click, and taken back by one.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessibilityFaults } from '../../../harness/axe.js';
import { choose } from '../../../harness/chosen.js';
import { isOn } from '../../../harness/lockout.js';
import { loadInto } from '../../../harness/own-module.js';
import { headline, openView, press } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { TRACKERS } from '../../../harness/world/trackers.js';

/** @typedef {import('puppeteer-core').Page} Page */

const REPORTS = 'https://shop.example/reports';
const ALLOWED = '@@||analytics.tiktok.com^$domain=shop.example';

describe(`${BROWSER}: the popup's first sentence`, () => {
  const session = openSession('with Detick');

  /** @param {Page} page @param {RegExp} expected @returns {Promise<Page>} the popup of that page */
  async function popupOf(page, expected) {
    const popup = await session.browser.openPopup(page);
    await headline(popup, expected);
    assert.deepEqual(await accessibilityFaults(popup), []);
    return popup;
  }

  it('says that the person allowed a host, and stops it again', async () => {
    const { page } = await visit(session, REPORTS);
    const popup = await popupOf(page, /^3 trackers stopped$/);
    await openView(popup, 'stopped');
    await press(popup, 'allow analytics.tiktok.com');
    await popup.waitForSelector('[id="disallow analytics.tiktok.com"]');
    assert.deepEqual(await accessibilityFaults(popup), []);
    session.world.log.clear();
    await press(popup, 'reload');
    await session.world.log.arrival('analytics.tiktok.com');
    await headline(popup, /^\d+ requests let through: you allowed analytics\.tiktok\.com here$/);

    const elsewhere = await visit(session, 'https://news.example/');
    session.world.log.clear();
    const tracker = 'https://analytics.tiktok.com/api/v2/pixel?elsewhere';
    await elsewhere.page.evaluate((url) => fetch(url, { mode: 'no-cors' }).catch(() => undefined), tracker);
    assert.deepEqual(session.world.log.to(TRACKERS), []);

    await press(popup, 'stop-again');
    await press(popup, 'reload');
    await headline(popup, /^3 trackers stopped$/);
    await popup.close();
  });

  it('says that own lines let requests through', async () => {
    await keepLines(`${ALLOWED.replace('$domain=shop.example', '')}\n`);
    const { page } = await visit(session, REPORTS);
    await session.world.log.arrival('analytics.tiktok.com');
    const popup = await popupOf(page, /^\d+ requests to analytics\.tiktok\.com let through by your own lines$/);
    await popup.close();
    await keepLines('');
  });

  it('says what went while Detick was off', async () => {
    await choose(session, { paused: [{ host: 'shop.example', until: 0 }] });
    await session.browser.inExtension(() => chrome.runtime.sendMessage({ name: 'followSettings', payload: {} }));
    session.world.log.clear();
    const { page } = await visit(session, REPORTS);
    await session.world.log.arrival('analytics.tiktok.com');
    const popup = await popupOf(page, /^Off on shop\.example$/);
    await press(popup, 'switch');
    await headline(popup, /^\d+ requests let through while Detick was off$/);
    await press(popup, 'reload');
    await headline(popup, /^3 trackers stopped$/);
    await popup.close();
  });

  it('says that the page before it is still TikTok’s where the lockout was just chosen, and that it asked for the other', async () => {
    const { page } = await visit(session, 'https://www.tiktok.com/');
    const popup = await popupOf(page, /./);
    await openView(popup, 'protection');
    await press(popup, 'level-lockout');
    await headline(popup, /^TikTok is locked out from now on$/);
    await until('the lockout to be in force', () => isOn(session));
    await press(popup, 'reload');
    await headline(popup, /^TikTok is locked out$/);
    await popup.close();
  });

  it('says until when the lockout rests, and locks again', async () => {
    await choose(session, { level: 'lockout' });
    await until('the lockout to be in force', () => isOn(session));
    const lift = await session.browser.openExtensionPage(session.browser.popupPath);
    await lift.evaluate(() => chrome.runtime.sendMessage({ name: 'liftLockout', payload: {} }));
    await lift.close();
    const { page } = await visit(session, 'https://www.tiktok.com/');
    const popup = await popupOf(page, /^TikTok is open until /);
    await press(popup, 'lock-now');
    await headline(popup, /^TikTok is locked out from now on$/);
    await popup.close();
    await choose(session, { level: 'auto' });
    await until('the lockout to end', async () => !(await isOn(session)));
  });

  it('says how many videos wait, and that TikTok knows of one that was played', async () => {
    const { page } = await visit(session, 'https://magazine.example/');
    const popup = await popupOf(page, /^\d+ videos? waits? for your click$/);
    session.world.log.clear();
    await press(popup, 'play-all');
    await session.world.log.arrival('www.tiktok.com');
    await headline(popup, /^\d+ videos? played: TikTok knows/);
    await popup.close();
  });

  it('says what it took out of a link', async () => {
    const { page } = await visit(session, 'https://destination.example/plain?ttclid=1&utm_source=tiktok');
    const popup = await popupOf(page, /^2 trackers taken out of this link$/);
    await popup.close();
  });

  it('does not say that there was nothing on a page that was there before', async () => {
    const { page } = await visit(session, 'https://destination.example/plain?before');
    const tabId = await session.browser.tabId(page);
    await session.browser.inExtension((id) => chrome.storage.session.set({ openBefore: [id] }), tabId);
    const popup = await popupOf(page, /^This page was open before Detick$/);
    // A tab that is closed just as another page comes into it Chromium sometimes leaves open, and nobody is told.
    await Promise.all([page.waitForNavigation(), press(popup, 'reload')]);
    await session.browser.inExtension(() => chrome.storage.session.remove('openBefore'));
    await headline(popup, /^No TikTok trackers here so far$/);
    await popup.close();
  });

  /** @param {string} lines of one's own, which are in force when this ends */
  async function keepLines(lines) {
    const heeded = () =>
      session.browser.inExtension(async () => {
        const { listSet } = await chrome.storage.local.get('listSet');
        return /** @type {{ heeded?: string } | undefined} */ (listSet)?.heeded;
      });
    const before = await heeded();
    const page = await session.browser.openExtensionPage(session.browser.popupPath);
    await loadInto(page, 'stored/own-lines.js', 'ownLines');
    await page.evaluate((text) => /** @type {any} */ (globalThis).ownLines.save(text), lines);
    await until('own lines to be in force', async () => (await heeded()) !== before);
    await page.close();
  }
});
