// What stands over the video that a visitor came for on tiktok.com goes, by the page's own buttons; what people open
// themselves stays, and so does all that people need who sign in, prove to be people, or pay.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';

const inLanguage = (/** @type {string} */ code) => `https://www.tiktok.com/@walls.${code}/video/7300000000000000001`;
const WALLS = inLanguage('en');
const EVERYTHING = [
  'age',
  'alt-middle-cta',
  'bottom-cta',
  'captcha',
  'checkout',
  'login-modal',
  'tiktok-cookie-banner',
];
const NEEDED = ['age', 'captcha', 'checkout'];

/** @typedef {import('puppeteer-core').Page} Page */

describe(`${BROWSER}: what stands over a visitor’s video`, () => {
  const session = openSession('with Detick');

  for (const language of ['en', 'de']) {
    it(`goes by the page’s own buttons, and cookies are told no (${language})`, async () => {
      const { page, faults } = await visit(session, inLanguage(language));
      await until('a view', () => isClear(page));
      const { cookies, app } = await dataOf(page);
      assert.deepEqual([cookies, app], ['no', undefined]);
      assert.equal(await page.evaluate(() => document.body.style.overflow), '', 'the page scrolls');
      assert.deepEqual(faults, []);
    });
  }

  it('no button is pressed whose words are not understood', async () => {
    const { page } = await visit(session, inLanguage('xx'));
    await until('the rest to go', async () => (await standing(page)).length === NEEDED.length + 1);
    await quiet();
    assert.equal((await dataOf(page)).cookies, undefined);
  });

  it('the next video waits for a person, who may start it', async () => {
    const { page } = await visit(session, WALLS);
    await until('the second video', async () => (await dataOf(page)).started === '2');
    await quiet();
    assert.equal((await dataOf(page)).ended, '1', 'it waits');
    assert.equal(await page.evaluate(() => document.querySelector('video')?.paused), true);
    await page.click('#next');
    await until('the end of the third', async () => (await dataOf(page)).ended === '2');
  });

  it('a login that a person asked for stays', async () => {
    const { page } = await visit(session, WALLS);
    await until('a view', () => isClear(page));
    await page.click('#header-login-button');
    await until('the dialog', async () => (await standing(page)).includes('login-modal'));
    await quiet();
    await quiet();
    assert.deepEqual(await standing(page), [...NEEDED, 'login-modal']);
  });

  it('all of it stays on other sites, and on pages for signing in', async () => {
    for (const url of ['https://magazine.example/walls', 'https://www.tiktok.com/login/walls'])
      await assertUntouched((await visit(session, url)).page);
  });

  it('all of it stays where it is switched off, and comes back into force in open pages', async () => {
    await choose({ clearView: false });
    const { page } = await visit(session, WALLS);
    await assertUntouched(page);
    await choose({});
    await until('a view', () => isClear(page));
  });

  it('all of it stays for who is signed in', async () => {
    const { page } = await visit(session, 'https://www.tiktok.com/login');
    await Promise.all([page.waitForNavigation(), page.click('#login')]);
    await until('the account', async () => {
      const { account } = await session.browser.inExtension(() => chrome.storage.local.get('account'));
      return /** @type {any} */ (account)?.state === 'member';
    });
    await page.goto(WALLS);
    await assertUntouched(page);
  });

  /** @param {Page} page */
  async function assertUntouched(page) {
    await until('everything to stand', async () => (await standing(page)).join() === EVERYTHING.join());
    await until('the second video to end', async () => (await dataOf(page)).ended === '2');
    await quiet();
    assert.deepEqual(await standing(page), EVERYTHING);
  }

  /** @param {object} settings in place of all others */
  const choose = (settings) =>
    session.browser.inExtension((chosen) => chrome.storage.local.set({ settings: chosen }), settings);
});

/** Detick looks, and presses again, sooner than this. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 800));

/** @param {Page} page @returns {Promise<string[]>} what stands over it */
const standing = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[role=dialog], [id$=cta], tiktok-cookie-banner')]
      .map((one) => one.id || one.localName)
      .sort(),
  );

/** @param {Page} page whether all that shows up has gone again */
async function isClear(page) {
  const { walls, cookies } = await dataOf(page);
  return walls !== undefined && cookies !== undefined && (await standing(page)).join() === NEEDED.join();
}

/** @param {Page} page @returns {Promise<Record<string, string | undefined>>} */
const dataOf = (page) => page.evaluate(() => ({ ...document.body.dataset }));
