// Nothing of TikTok's at all, for those who ask for it and for organisations that set it.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { accessibilityFaults, faultsInAnyLook } from '../../../harness/axe.js';
import { launch } from '../../../harness/browser.js';
import { EXTENSION_DIR } from '../../../harness/extension.js';
import { isOn, lockOut } from '../../../harness/lockout.js';
import { canSetChromiumPolicy, setPolicy, waitForPolicy } from '../../../harness/policy.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { VIDEO } from '../../../harness/world/links.js';
import { TRACKERS } from '../../../harness/world/trackers.js';
import { startWorld } from '../../../harness/world.js';

/** @typedef {import('../../../harness/session.js').Session} Session */
/** @typedef {import('puppeteer-core').Page} Page */

const FAMILY = /(^|\.)(tiktok(cdn|cdn-us|cdn-eu|v|w)?\.\w+|ttwstatic\.com|capcut\.com)$/;

describe(`${BROWSER}: TikTok locked out`, () => {
  const session = openSession('with Detick');

  it('shows a page that says why in place of the site, and nothing leaves', async () => {
    await lockOut(session);
    session.world.log.clear();
    const page = await openLocked(session, VIDEO);
    assert.match(await textOf(page), /locked out[\s\S]*www\.tiktok\.com/);
    assert.deepEqual(await faultsInAnyLook(session.browser, page), []);
    await page.close();
    const { page: news } = await visit(session, 'https://magazine.example/');
    await news.evaluate(() => {
      for (const src of ['https://www.capcut.com/x.png', 'https://p16-sign.tiktokcdn-us.com/x.webp']) {
        new Image().src = src;
      }
    });
    await quiet();
    assert.deepEqual(arrived(session, FAMILY), []);
    await news.close();
  });

  it('lets the person in for a while, with all other protection', async () => {
    session.world.log.clear();
    const page = await openLocked(session, VIDEO);
    await page.click('#lift');
    await session.world.log.arrival('www.tiktok.com', new URL(VIDEO).pathname);
    await quiet();
    assert.deepEqual(arrived(session, TRACKERS), []);
    await page.close();
    await session.browser.inExtension(() => chrome.storage.session.remove('liftedUntil'));
    await until('the lockout to be back', () => isOn(session));
  });

  it('ends when the person says so', async () => {
    const page = await openLocked(session, VIDEO);
    session.world.log.clear();
    await page.click('#unlock');
    await session.world.log.arrival('www.tiktok.com', new URL(VIDEO).pathname);
    assert.equal(await isOn(session), false);
    await page.close();
    const open = await session.browser.openExtensionPage(`lockout/page.html#${VIDEO}`);
    await open.waitForSelector('#open');
    assert.deepEqual(await faultsInAnyLook(session.browser, open), []);
    await open.close();
  });
});

const mayTest = BROWSER === 'firefox' || canSetChromiumPolicy();

describe(`${BROWSER}: an organisation's policy`, { skip: !mayTest && 'this user may not set policies' }, () => {
  const session = /** @type {Session} */ ({});
  /** @type {(() => void) | undefined} */
  let remove;
  before(async () => {
    session.world = await startWorld();
    const policy = setPolicy(BROWSER, EXTENSION_DIR, { level: 'lockout', badge: false });
    remove = policy.remove;
    session.browser = await launch(BROWSER, {
      world: session.world,
      extensionDir: EXTENSION_DIR,
      home: policy.home,
    });
    await session.browser.inExtension(waitForPolicy);
    await until('the policy to be in force', () => isOn(session));
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
    remove?.();
  });

  it('locks TikTok out, and the person cannot change that', async () => {
    session.world.log.clear();
    await session.browser.inExtension(() => chrome.storage.local.set({ settings: { level: 'pixels', badge: true } }));
    await quiet();
    const page = await openLocked(session, VIDEO);
    assert.match(await textOf(page), /organisation/);
    assert.equal(await page.$('#lift'), null);
    assert.equal(await page.$('#unlock'), null);
    assert.deepEqual(await accessibilityFaults(page), []);
    const answer = await page.evaluate(() => chrome.runtime.sendMessage({ name: 'liftLockout', payload: {} }));
    assert.equal(answer.ok, false);
    assert.deepEqual(arrived(session, FAMILY), []);
    await page.close();
  });

  it('locks what it sets on the settings page, and says why', async () => {
    const page = await session.browser.openExtensionPage('options/page.html');
    await page.waitForSelector('#level-lockout:disabled:checked');
    assert.notEqual(await page.$('#badge:disabled:not(:checked)'), null);
    assert.equal(await page.$('#cleanOpened[disabled]'), null);
    assert.match(await textOf(page), /Your organisation has set this/);
    assert.deepEqual(await faultsInAnyLook(session.browser, page), []);
    await page.close();
  });
});

/** What is under way has arrived after this. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 500));

/** @param {Session} session @param {RegExp} hosts */
const arrived = ({ world }, hosts) => world.log.to(hosts).map(({ url }) => url);

/** @param {Page} page @returns {Promise<string>} */
const textOf = (page) => page.$eval('main', (main) => main.textContent);

/**
 * Goes to an address that is locked out. Firefox moves extension pages to another process, and puppeteer shows them as
 * another page.
 *
 * @param {Session} session
 * @param {string} url
 * @returns {Promise<Page>} the page that stands in for it
 */
async function openLocked({ browser }, url) {
  const started = await browser.newPage();
  await started.goto('https://news.example/links');
  await started.evaluate((address) => location.assign(address), url).catch(() => undefined); // the page is on its way out
  return until('the page that says why', async () => {
    for (const page of await browser.puppeteer.pages()) {
      if (await isLocked(page, browser.extensionBase)) return page;
    }
    return undefined;
  });
}

/** @param {Page} page @param {string} extensionBase @returns {Promise<boolean>} */
async function isLocked(page, extensionBase) {
  try {
    return await page.evaluate(
      (address) => location.href.startsWith(`${address}lockout/`) && document.querySelector('h1') !== null,
      extensionBase,
    );
  } catch {
    return false; // a page that has gone, or is on its way to another address
  }
}
