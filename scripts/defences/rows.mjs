// tests/defences/*.json: each defence that SECURITY.md names, how it is taken out, and the test that must then turn
// red.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup.mjs';

/**
 * @typedef {object} Row
 * @property {string} defence what holds, in a sentence
 * @property {string} file where it stands, below the root
 * @property {string} text the defence itself: stands once in the file
 * @property {string} without what is put in its place
 * @property {string} test the file of the test
 * @property {string} name the test as it is written there, placeholders (`${…}`) and all
 */

/**
 * @typedef {Row & {who: string, threat: string}} Defence `who` tries it, `threat` is what: heading and first cell in SECURITY.md
 */

const FOLDER = join(ROOT, 'tests/defences');

/**
 * @returns {Defence[]} in the order of the files and of their rows
 */
export function defences() {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((file) => {
      /** @type {{who: string, threats: Record<string, Row[]>}} */
      const { who, threats } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
      return Object.entries(threats).flatMap(([threat, rows]) => rows.map((row) => ({ ...row, who, threat })));
    });
}

/**
 * What keeps a row from being tried.
 *
 * @param {Row} row
 * @param {string} [root] of the tree that it speaks of
 * @returns {string | undefined} nothing if it can be tried
 */
export function flawOf({ file, text, without, test, name }, root = ROOT) {
  const read = (/** @type {string} */ path) => {
    const full = join(root, path);
    return existsSync(full) ? readFileSync(full, 'utf8') : '';
  };
  const times = read(file).split(text).length - 1;
  if (times !== 1) return `its text stands ${times} times in ${file}`;
  if (text === without) return 'nothing is taken out';
  return isTestIn(read(test), test, name) ? undefined : `there is no test “${name}” in ${test}`;
}

/**
 * Whether a file has a test of that name.
 *
 * @param {string} source
 * @param {string} file
 * @param {string} name
 */
export function isTestIn(source, file, name) {
  if (file.endsWith('.rs')) return new RegExp(`\\bfn ${name}\\(`).test(source);
  return ["'", '"', '`'].some((quote) => source.includes(quote + name + quote));
}
