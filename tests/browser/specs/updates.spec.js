// An update as people get it: the version before was used, and the new one takes its place while the browser runs.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { EXTENSION_DIR, readManifest } from '../browser/extension.js';
import { until } from '../browser/shared.js';
import { launch } from '../browser.js';
import { headline } from '../popup.js';
import { BROWSER, visit } from '../session.js';
import { TRACKERS } from '../world/trackers.js';
import { startWorld } from '../world.js';

/** @typedef {import('../session.js').Session} Session */

const PAUSED = 'https://shop.example/tagged';
const PROTECTED = 'https://destination.example/';

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
    await headline(popup, /^1 .*destination\.example/);
    const told = session.world.log.to(TRACKERS).filter(({ query }) => query === 'id=1');
    assert.deepEqual(told, []);
  });
});

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
