/** The extension as a person has it whose browser speaks another language. */

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXTENSION_DIR } from './extension.js';

/**
 * Copies the extension into a folder in which the words of a language stand where the browser's are looked for.
 *
 * @param {string} locale a folder of `_locales`
 * @returns {{dir: string, remove: () => void}}
 */
export function inLanguage(locale) {
  const dir = mkdtempSync(join(tmpdir(), 'detick-'));
  cpSync(EXTENSION_DIR, dir, { recursive: true, filter: (path) => !path.includes('_metadata') });
  const messages = (/** @type {string} */ name) => join(dir, '_locales', name, 'messages.json');
  if (locale !== 'en') cpSync(messages(locale), messages('en'));
  return { dir, remove: () => rmSync(dir, { recursive: true }) };
}
