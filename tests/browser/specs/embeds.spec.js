// Embedded videos wait for a click; the click tells TikTok as little as a player needs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { focusPlaceholder, playByKeys } from '../../../harness/placeholder.js';
import { headline, openView, press as pressInPopup } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { TRACKERS } from '../../../harness/world/trackers.js';

const HOST = 'magazine.example';
const PAGE = `https://${HOST}/`;
const TIKTOK = /(^|\.)(tiktok((eu-|row-)?cdn|cdn-us|cdn-eu|v|w)?\.\w+|ttwstatic\.com)$/;
const EMBEDS = ['quote', 'frame', 'player', 'amp', 'creator', 'tag'];
const FILM_BYTES = '4096';

/** Where the players are of the embeds that name one video. */
const PLAYERS = [1, 2, 3, 4].map((number) => `/player/v1/730000000000000000${number}`);

/** @typedef {import('puppeteer-core').Page} Page */

describe(`${BROWSER}: embedded videos`, () => {
  const session = openSession('with Detick');

  for (const path of ['', 'strict']) {
    it(`every form of embed on /${path} waits, and TikTok hears nothing`, async () => {
      session.world.log.clear();
      const { page, faults } = await visit(session, PAGE + path);
      for (const id of EMBEDS) await standsInFor(page, id);
      await page.evaluate('insertEmbeds()');
      const late = await standsInFor(page, 'late');
      assert.ok(late.height >= 580, `a frame of 580 px became ${late.height} px high`);
      await standsInFor(page, 'late-quote');
      await page.evaluate('pressEverything()');
      await quiet();
      assert.deepEqual(asked(TIKTOK), []);
      if (path === '') assert.deepEqual(faults, []); // The strict page's policy is broken by the page itself.
      await page.close();
    });
  }

  it('pages that wait for the embeds’ script, and those that call it, go on', async () => {
    session.world.log.clear();
    const { page, faults } = await visit(session, PAGE);
    await page.waitForFunction(() => document.body.dataset.script === 'loaded');
    await page.evaluate('insertEmbeds()');
    await page.evaluate('renderEmbeds()');
    await standsInFor(page, 'late-quote');
    await quiet();
    assert.deepEqual(asked(TIKTOK), []);
    assert.deepEqual(faults, []);
    await page.close();
  });

  it('keep their place: what stands below a frame does not move', async () => {
    const { page } = await visit(session, PAGE);
    for (const [id, height] of Object.entries({ frame: 300, player: 580 })) {
      const stand = await standsInFor(page, id);
      assert.ok(Math.abs(stand.height - height) < 6, `#${id} of ${height} px became ${stand.height} px high`);
    }
    await page.close();
  });

  it('playing by the keyboard loads the bare player, which learns neither the page nor the visitor', async () => {
    session.world.log.clear();
    const { page } = await visit(session, PAGE);
    await standsInFor(page, 'tag');
    await playByKeys(session, page);
    const frame = await session.world.log.arrival('www.tiktok.com', '/player/v1/7300000000000000001');
    assert.equal(frame.headers.referer, undefined);
    assert.equal(frame.headers.cookie, undefined);
    assert.doesNotMatch(frame.url, /magazine/);
    await until('the film', async () => (await filmIn(page)) === FILM_BYTES);
    const others = () =>
      playerIn(page)?.evaluate(() => [document.body.dataset.tiktokeu, document.body.dataset.tiktokrow]);
    await until('films from other hosts', async () => (await others())?.join() === `${FILM_BYTES},${FILM_BYTES}`);
    assert.equal(await playerIn(page)?.evaluate(() => document.referrer), '');
    await quiet();
    assert.deepEqual(asked(TRACKERS), []);
    const hosts = new Set(asked(TIKTOK).map((url) => new URL(url).host));
    assert.deepEqual([...hosts].sort(), [
      'v16-webapp.tiktok.com',
      'v16m.tiktokeu-cdn.com',
      'v16m.tiktokrow-cdn.com',
      'www.tiktok.com',
    ]);
    assert.equal(session.world.log.to('www.tiktok.com').filter(({ path }) => path.startsWith('/player')).length, 1);

    await assertBlocked(await visit(session, PAGE), 'another tab');
    await page.goto(PAGE);
    await assertBlocked({ page }, 'the next page of the same tab');
  });

  it('the link opens the video under its own address', async () => {
    session.world.log.clear();
    const { page } = await visit(session, PAGE);
    await standsInFor(page, 'tag');
    await focusPlaceholder(session, page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const { url, headers } = await session.world.log.arrival('www.tiktok.com');
    assert.equal(url, 'https://www.tiktok.com/@tina/video/7300000000000000001');
    assert.equal(headers.referer, undefined);
    await page.close();
  });

  it('always on this site is offered by the popup alone: for here and for the next visit, until it is taken back', async () => {
    const { page } = await visit(session, PAGE);
    await standsInFor(page, 'tag');
    assert.deepEqual(await buttonsAbout(page), ['play-all', `always-embeds ${HOST}`]);
    await playByKeys(session, page);
    await session.world.log.arrival('www.tiktok.com', '/player/v1/7300000000000000001');
    session.world.log.clear();
    const popup = await session.browser.openPopup(page);
    await pressInPopup(popup, `always-embeds ${HOST}`);
    await page.bringToFront();
    await session.world.log.arrival('www.tiktok.com', '/player/v1/7300000000000000004');
    await playersRun(page);
    session.world.log.clear();
    await page.goto(PAGE);
    await session.world.log.arrival('www.tiktok.com', '/player/v1/7300000000000000001');
    await session.world.log.arrival('www.tiktok.com', '/player/v1/7300000000000000004');
    await quiet();
    assert.deepEqual(asked(TRACKERS), []);
    await playersRun(page);

    await pressInPopup(popup, `ask-embeds ${HOST}`);
    await until('the question to be back', async () => (await chosenSites()).length === 0);
    await popup.close();
    await page.bringToFront();
    session.world.log.clear();
    await page.goto(PAGE);
    await standsInFor(page, 'tag');
    await quiet();
    assert.deepEqual(asked(TIKTOK), []);
    await page.close();
  });

  for (const [name, settings] of Object.entries({
    'the reader wants them loaded': { embeds: 'load' },
    'Detick rests on the site': { paused: [{ host: 'magazine.example', until: 0 }] },
  })) {
    it(`they load as the page wants where ${name}`, async () => {
      await choose(session, settings);
      session.world.log.clear();
      const { page } = await visit(session, PAGE);
      await session.world.log.arrival('www.tiktok.com', '/embed/v2/7300000000000000002');
      await page.close();
      await choose(session, {});
    });
  }

  /** @param {Page} page @returns {Promise<string[]>} the buttons about embedded videos in its popup */
  async function buttonsAbout(page) {
    const popup = await session.browser.openPopup(page);
    await headline(popup, /./);
    await openView(popup, 'videos');
    const ids = await popup.evaluate(() => [...document.querySelectorAll('.embeds button')].map(({ id }) => id));
    await popup.close();
    return ids;
  }

  /** @returns {Promise<string[]>} the sites whose videos need no click */
  const chosenSites = async () => {
    const { settings } = await session.browser.inExtension(() => chrome.storage.local.get('settings'));
    return /** @type {any} */ (settings)?.embedSites ?? [];
  };

  /** @param {RegExp} hosts @returns {string[]} what arrived there */
  function asked(hosts) {
    return session.world.log.to(hosts).map(({ url }) => url);
  }

  /** @param {{page: Page}} visited @param {string} where */
  async function assertBlocked({ page }, where) {
    session.world.log.clear();
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = 'https://www.tiktok.com/player/v1/7300000000000000009';
      document.body.append(frame);
    });
    await quiet();
    assert.deepEqual(asked(TIKTOK), [], where);
    await page.close();
  }
});

/** What pages send late has been sent after this. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 400));

/**
 * Waits until an embed is out of sight and something of ours is in its place.
 *
 * @param {Page} page
 * @param {string} id
 * @returns {Promise<{width: number, height: number}>} how large that is
 */
function standsInFor(page, id) {
  return until(`the placeholder of #${id}`, () =>
    page.evaluate((embed) => {
      const element = document.getElementById(embed);
      const stand = element?.nextElementSibling;
      if (!element || !stand || getComputedStyle(element).display !== 'none') return undefined;
      const { width, height } = stand.getBoundingClientRect();
      return width > 200 && height > 80 ? { width, height } : undefined;
    }, id),
  );
}

/** @param {Page} page @returns {Promise<string | undefined>} what the player got of the film */
async function filmIn(page) {
  return playerIn(page)?.evaluate(() => document.body.dataset.bytes);
}

/** @param {Page} page */
const playerIn = (page) => playersIn(page)[0];

/** @param {Page} page */
const playersIn = (page) => page.frames().filter((one) => one.url().includes('/player/v1/'));

/**
 * Waits until every embed's player has its film, also those that load only when they come near the reader's sight. Of a
 * page that is left while one is just coming Chromium tells its driver nothing any more.
 *
 * @param {Page} page on which all videos play
 */
function playersRun(page) {
  return until('the films', async () => {
    const films = playersIn(page).map(async (player) => {
      const bytes = await player.evaluate(() => document.body?.dataset.bytes);
      return bytes === undefined ? '' : new URL(player.url()).pathname;
    });
    /** @type {string[]} */
    const running = await Promise.all(films).catch(() => []); // one has just come into its frame
    return PLAYERS.every((path) => running.includes(path));
  });
}

/**
 * @param {import('../../../harness/session.js').Session} session
 * @param {object} settings in place of all others
 * @returns {Promise<unknown>} once the rules have followed them
 */
function choose({ browser }, settings) {
  return browser.inExtension(async (chosen) => {
    await chrome.storage.local.set({ settings: chosen });
    await chrome.runtime.sendMessage({ name: 'followSettings', payload: {} });
  }, settings);
}
