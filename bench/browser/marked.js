/** The extension as it ships, but for a background that tells when it came how far. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @import { Browser } from './types.js' */

/** Where `marks.js` writes; the extension itself leaves this key alone. */
const KEY = 'benchMarks';

/**
 * Copies an extension and puts `marks.js` before everything else in its background.
 *
 * @param {string} extensionDir
 * @returns {string} the copy's folder, which is removed when this process ends
 */
export function markedCopy(extensionDir) {
  const folder = mkdtempSync(join(tmpdir(), 'detick-marked-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(extensionDir, folder, { recursive: true });
  rmSync(join(folder, '_metadata'), { recursive: true, force: true }); // Chromium's own, of another folder
  const marks = readFileSync(join(import.meta.dirname, 'marks.js'), 'utf8');
  writeFileSync(join(folder, 'marks.js'), marks.replaceAll("'../../extension/", "'./"));
  const background = join(folder, 'background.js');
  writeFileSync(background, `import './marks.js';\n${readFileSync(background, 'utf8')}`);
  return folder;
}

/** @param {Browser} browser @returns {Promise<Record<string, number> | undefined>} what its background has noted since that was forgotten */
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
