// An update as people get it: the version before was used, and the new one takes its place while the browser runs.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launch } from '../../../harness/browser.js';
import { EXTENSION_DIR, readManifest } from '../../../harness/extension.js';
import { playByKeys } from '../../../harness/placeholder.js';
import { headline } from '../../../harness/popup.js';
import { BROWSER, isSetUp, leaveTikTokAlone, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { VIDEO } from '../../../harness/world/links.js';
import { TRACKERS } from '../../../harness/world/trackers.js';
import { startWorld } from '../../../harness/world.js';

/** @typedef {import('../../../harness/session.js').Session} Session */

const PAUSED = 'https://shop.example/tagged';
const PROTECTED = 'https://destination.example/';
const MAGAZINE = 'https://magazine.example/';
/** On it. */
const EMBEDS = ['quote', 'frame', 'player', 'amp', 'creator', 'tag'];

/** Every released format, as the version that wrote it left it. */
const { stored } = JSON.parse(readFileSync(new URL('../../extension/formats/1.json', import.meta.url), 'utf8'));

describe(`${BROWSER}: an update`, () => {
  const session = /** @type {Session} */ ({});
  const { version } = readManifest(EXTENSION_DIR);
  const dir = mkdtempSync(join(tmpdir(), 'detick-'));
  const setVersion = (/** @type {string} */ number) =>
    writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ ...readManifest(EXTENSION_DIR), version: number }));

  before(async () => {
    cpSync(EXTENSION_DIR, dir, { recursive: true, filter: (path) => !path.includes('_metadata') });
    setVersion('0.0.1');
    session.world = await startWorld();
    session.browser = await launch(BROWSER, { world: session.world, extensionDir: dir });
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
    rmSync(dir, { recursive: true });
  });

  it('finds everything as the version before left it, and all of it is in force at once', async () => {
    await session.browser.inExtension((local) => chrome.storage.local.set(local), stored);
    const used = await until('the version before to follow its settings', () => inForce(session, '0.0.1'));
    setVersion(version);
    await session.browser.reinstall(dir);
    const now = await until('the new version to be in force', () => inForce(session, version));
    assert.deepEqual(now, used);

    session.world.log.clear();
    await visit(session, PAUSED);
    await session.world.log.arrival(TRACKERS); // the pause holds
    session.world.log.clear();
    const { page } = await visit(session, PROTECTED);
    await page.evaluate(() => {
      new Image().src = 'https://analytics.tiktok.com/api/v2/pixel?id=1';
    });
    const popup = await session.browser.openPopup(page);
    await headline(popup, /^1 tracker stopped/);
    const told = session.world.log.to(TRACKERS).filter(({ query }) => query === 'id=1');
    assert.deepEqual(told, []);
  });
});

describe(`${BROWSER}: pages that stay open over an update`, () => {
  const session = openSession('with Detick');

  it('embeds go on waiting for who can play them, and nothing of the version before stays', async () => {
    const { page, faults } = await visit(session, MAGAZINE);
    for (const id of EMBEDS) await until(`the placeholder of #${id}`, () => page.evaluate(standingFor, id));
    session.world.log.clear();
    await update(session);
    if (BROWSER === 'firefox') await page.bringToFront();
    await page.evaluate('insertEmbeds()');
    const all = [...EMBEDS, 'late', 'late-quote'];
    // Firefox starts the new version's scripts in open pages. In Chromium nobody could play them: the page has its own
    // back.
    const expected = BROWSER === 'firefox' ? 'one placeholder' : 'the page’s own';
    const look = () => page.evaluate(seenAt, all);
    await until(`${expected} for each`, async () => (await look()).every((one) => one === expected)).catch(async () =>
      assert.deepEqual(
        await look(),
        all.map(() => expected),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.deepEqual(asked(session), []);
    assert.deepEqual(faults, []);
    if (BROWSER === 'firefox') {
      await playByKeys(session, page);
      await session.world.log.arrival('www.tiktok.com', '/player/v1/7300000000000000001');
    }
  });

  it('a video that plays goes on', async () => {
    const { page } = await visit(session, MAGAZINE);
    await until('the placeholder', () => page.evaluate(standingFor, 'quote'));
    await playByKeys(session, page);
    const player = () => page.frames().find((one) => one.url().includes('/player/v1/7300000000000000001'));
    await until('the player', async () => (await player()?.evaluate(() => document.readyState)) === 'complete');
    await player()?.evaluate(() => Object.assign(window, { isTheSame: true }));
    await update(session);
    await page.evaluate('insertEmbeds()');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    assert.equal(await player()?.evaluate('window.isTheSame'), true);
    assert.equal(await page.evaluate(() => document.getElementById('quote')?.style.display), 'none');
  });

  it('a page’s own Copy button waits for nobody', async () => {
    await leaveTikTokAlone(session);
    const { page } = await visit(session, VIDEO);
    await update(session);
    const link = `${VIDEO}?_t=ZT-1`;
    await page.evaluate((words) => {
      document.querySelector('#note')?.addEventListener('click', async () => {
        const before = performance.now();
        await navigator.clipboard.writeText(words);
        document.body.dataset.waited = String(performance.now() - before);
      });
    }, link);
    await page.bringToFront();
    await page.click('#note');
    const waited = await until('the copy', () => page.evaluate(() => document.body.dataset.waited));
    assert.ok(Number(waited) < 500, `${waited} ms`);
    assert.equal(await session.browser.readClipboard(page), link);
  });
});

/** Installs the same version again: for pages that are open, that is an update. @param {Session} session */
async function update(session) {
  await session.browser.reinstall(EXTENSION_DIR);
  await until('the new version to be set up', async () => {
    try {
      return await isSetUp(session);
    } catch {
      return false; // while one goes and the other comes, there is no page of theirs
    }
  });
}

/** @param {Session} session @returns {string[]} what arrived at TikTok */
const asked = (session) => session.world.log.to(/(^|\.)(tiktok\w*|ttwstatic)\.com$/).map(({ url }) => url);

/** Runs in the page: whether something of a size stands in for an embed. @param {string} id */
function standingFor(id) {
  const element = document.getElementById(id);
  if (!element || getComputedStyle(element).display !== 'none') return false;
  return (element.nextElementSibling?.getBoundingClientRect().height ?? 0) > 80;
}

/**
 * Runs in the page, which has no elements of this kind itself.
 *
 * @param {string[]} ids
 * @returns {string[]} what is in each embed's place
 */
function seenAt(ids) {
  return ids.map((id) => {
    const element = /** @type {HTMLElement} */ (document.getElementById(id));
    const heights = [];
    for (let next = element.nextElementSibling; next?.localName === 'div'; next = next.nextElementSibling) {
      heights.push(Math.round(next.getBoundingClientRect().height));
    }
    const isHidden = getComputedStyle(element).display === 'none';
    if (!isHidden && heights.length === 0) return 'the page’s own';
    if (isHidden && heights.length === 1 && Number(heights[0]) > 80) return 'one placeholder';
    return `${isHidden ? 'hidden' : 'shown'}, beside it ${heights.join(' and ')} px`;
  });
}

/**
 * @param {Session} session
 * @param {string} version
 * @returns {Promise<object | undefined>} what holds, once that version has set it
 */
async function inForce({ browser }, version) {
  try {
    return await browser.inExtension(whatHolds, version);
  } catch {
    return undefined; // while one version goes and the other comes, there is no page of theirs
  }
}

/** Runs in a page of Detick's. @param {string} wanted the version */
async function whatHolds(wanted) {
  if (chrome.runtime.getManifest().version !== wanted) return undefined;
  const [{ settings }, { rulesSynced }] = await Promise.all([
    chrome.storage.local.get('settings'),
    chrome.storage.session.get('rulesSynced'),
  ]);
  const { paused, level, embeds, keep } = /** @type {any} */ (settings);
  if (typeof rulesSynced !== 'string' || JSON.parse(rulesSynced).paused.length !== paused.length) return undefined;
  const api = chrome.declarativeNetRequest;
  const ids = async (/** @type {Promise<{id: number}[]>} */ rules) => (await rules).map(({ id }) => id).sort();
  const scripts = await chrome.scripting.getRegisteredContentScripts();
  return {
    chosen: { paused, level, embeds, keep },
    rulesets: (await api.getEnabledRulesets()).sort(),
    dynamic: await ids(api.getDynamicRules()),
    session: await ids(api.getSessionRules()),
    scripts: scripts.map(({ id }) => id).sort(),
  };
}
