/** The extension as a person has it whose browser speaks another language, or whose computer is slow. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  const dir = copied();
  const messages = (/** @type {string} */ name) => join(dir, '_locales', name, 'messages.json');
  if (locale !== 'en') cpSync(messages(locale), messages('en'));
  return { dir, remove: () => rmSync(dir, { recursive: true }) };
}

/**
 * Copies the extension into a folder, with something before the program of one of its pages.
 *
 * @param {string} page such as `popup`
 * @param {string} code
 * @returns {{dir: string, remove: () => void}}
 */
export function beforePage(page, code) {
  const dir = copied();
  const program = join(dir, page, 'page.js');
  writeFileSync(program, `${code}\n${readFileSync(program, 'utf8')}`);
  return { dir, remove: () => rmSync(dir, { recursive: true }) };
}

/** @returns {string} a folder with a copy of the extension, to be removed */
export function copied() {
  const dir = mkdtempSync(join(tmpdir(), 'detick-'));
  cpSync(EXTENSION_DIR, dir, { recursive: true, filter: (path) => !path.includes('_metadata') });
  return dir;
}
