/** The extension as it ships, but for a background that tells when it came how far. */

import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinModule } from '../../scripts/join.mjs';

/** @import { Browser } from './types.js' */

/** Where `marks.js` writes; the extension itself leaves this key alone. */
const KEY = 'benchMarks';

/**
 * Copies an extension and joins its background anew, with `marks.js` before everything else.
 *
 * @param {string} extensionDir
 * @returns {Promise<string>} the copy's folder, which is removed when this process ends
 */
export async function markedCopy(extensionDir) {
  const folder = mkdtempSync(join(tmpdir(), 'detick-marked-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(extensionDir, folder, { recursive: true });
  rmSync(join(folder, '_metadata'), { recursive: true, force: true }); // Chromium's own, of another folder
  const files = await joinModule('background.js', join(import.meta.dirname, 'marks.js'));
  for (const [name, code] of files) writeFileSync(join(folder, name), code);
  return folder;
}

/**
 * @param {Browser} browser
 * @returns {Promise<Record<string, number> | undefined>} what its background has noted since that was forgotten
 */
export function marksOf(browser) {
  return browser.inExtension(async (key) => {
    const { [key]: marks } = await chrome.storage.local.get(key);
    return /** @type {Record<string, number> | undefined} */ (marks);
  }, KEY);
}

/** @param {Browser} browser */
export async function forgetMarks(browser) {
  await browser.inExtension((key) => chrome.storage.local.remove(key), KEY);
}
