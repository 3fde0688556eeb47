// A placeholder speaks the language of the page around it, where Detick does.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launch } from '../../../harness/browser.js';
import { EXTENSION_DIR } from '../../../harness/extension.js';
import { BROWSER, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { startWorld } from '../../../harness/world.js';

/** A page's path, and how the placeholder on it speaks: nothing of ours is written in Arabic here. */
const PAGES = [
  { path: 'german', language: 'de', dir: 'ltr' },
  { path: 'arabic', language: 'ar', dir: 'rtl' },
  { path: '', language: 'en', dir: 'ltr' },
];

describe(`${BROWSER}: placeholders`, () => {
  const session = /** @type {import('../../../harness/session.js').Session} */ ({});
  const folder = withLanguages(['de', 'ar']);
  before(async () => {
    session.world = await startWorld();
    session.browser = await launch(BROWSER, { world: session.world, extensionDir: folder });
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const { path, language, dir } of PAGES) {
    it(`speak ${language} on /${path}`, async () => {
      const address = `https://magazine.example/${path}`;
      const { page } = await visit(session, address);
      const spoken = await until('the words', () => session.browser.inExtension(speechIn, address));
      assert.deepEqual(spoken, { language, dir });
      // What it speaks is for readers: the page is not told.
      assert.deepEqual(await page.evaluate(attributesOutside), ['', '']);
      await page.close();
    });
  }
});

/**
 * Copies the extension and gives it languages: English words under other names, for it is the choice that is tested.
 *
 * @param {string[]} languages
 * @returns {string} the copy's folder
 */
function withLanguages(languages) {
  const dir = mkdtempSync(join(tmpdir(), 'detick-languages-'));
  cpSync(EXTENSION_DIR, dir, { recursive: true, filter: (path) => !path.endsWith('_metadata') });
  for (const language of languages) {
    const locale = join(dir, '_locales', language);
    cpSync(join(dir, '_locales/en'), locale, { recursive: true });
    const file = join(locale, 'messages.json');
    const messages = JSON.parse(readFileSync(file, 'utf8'));
    messages.language.message = language;
    writeFileSync(file, JSON.stringify(messages));
  }
  return dir;
}

/**
 * Runs in Detick, which can look into what is closed to the page.
 *
 * @param {string} url the page's
 * @returns {Promise<{language: string, dir: string} | undefined>} how its first placeholder speaks
 */
async function speechIn(url) {
  const [tab] = await chrome.tabs.query({ url });
  const results = await chrome.scripting.executeScript({
    target: { tabId: Number(tab?.id) },
    func: () => {
      const stand = /** @type {any} */ (document.getElementById('quote')?.nextElementSibling);
      const root = chrome.dom?.openOrClosedShadowRoot(stand) ?? stand.openOrClosedShadowRoot;
      const card = root?.querySelector('section');
      return card ? { language: card.lang, dir: card.dir } : undefined;
    },
  });
  return results[0]?.result ?? undefined; // Firefox makes nothing of nothing
}

/** Runs in the page. */
function attributesOutside() {
  const stand = /** @type {HTMLElement} */ (document.getElementById('quote')?.nextElementSibling);
  return [stand.lang, stand.dir];
}
