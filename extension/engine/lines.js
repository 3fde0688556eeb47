/**
 * What stands in a line of a list that was fetched. The image that such lists are compiled to has the number of the
 * line alone: its text is read of the list's file, which is stored anyway, once somebody is to be told.
 *
 * The file is the one that was compiled, or the line has no text: a list may have been updated since.
 *
 * @import { ListFile, Verdict } from '../types.js'
 */

import { lineAt } from '../shared/line-at.js';
import { hashOf } from '../shared/trust.js';
import * as store from '../stored/list-files.js';

/** Pages ask for much at once, and other lines of the same lists stop it. */
const FILE_KEPT_MS = 5000;

const LINES_KEPT = 1000;

/** Lines that were told, the latest last, by file and number. @type {Map<string, string>} */
const known = new Map();

/** Files that were read just now, by their hashes. @type {Map<string, Promise<Uint8Array | undefined>>} */
const files = new Map();

/**
 * Something that is told with a line of a list. `file` is where the text of it has yet to be read.
 *
 * @typedef {{ filter: string, line: number, file?: ListFile }} Told
 */

/**
 * @param {Verdict} verdict
 * @param {ListFile | undefined} file of the verdict's list, if that was fetched
 * @returns {Verdict} with the line's text if it was told before, else with the file that has it
 */
export function located(verdict, file) {
  if (!file || verdict.filter !== '') return verdict;
  const filter = known.get(nameOf(file, verdict.line));
  return filter === undefined ? { ...verdict, file } : { ...verdict, filter };
}

/**
 * @template {Partial<Told>} T
 * @param {T} told
 * @returns {Promise<Omit<T, 'file'>>} with the line's text, or with none where that is not to be had
 */
export async function quoted({ file, ...told }) {
  return file && told.line !== undefined ? { ...told, filter: await lineOf(file, told.line) } : told;
}

/**
 * @param {ListFile} file
 * @param {number} number counted from 1
 * @returns {Promise<string>} the line; empty where the file is not as it was compiled, or cannot be read
 */
async function lineOf(file, number) {
  const name = nameOf(file, number);
  const before = known.get(name);
  if (before !== undefined) return before;
  const bytes = await store.inTime(read(file));
  if (!bytes) return ''; // what was stopped is told without the line
  const line = lineAt(bytes, number);
  known.set(name, line);
  for (const oldest of known.keys()) {
    if (known.size <= LINES_KEPT) break;
    known.delete(oldest);
  }
  return line;
}

/** @param {ListFile} file @param {number} number */
const nameOf = ({ hash }, number) => `${hash} ${number}`;

/** @param {ListFile} file @returns {Promise<Uint8Array | undefined>} its bytes, kept for a moment */
function read(file) {
  const { hash } = file;
  const reading = files.get(hash) ?? soundText(file);
  if (!files.has(hash)) {
    files.set(hash, reading);
    setTimeout(() => files.delete(hash), FILE_KEPT_MS);
  }
  return reading;
}

/** @param {ListFile} file @returns {Promise<Uint8Array | undefined>} nothing unless it is as it was compiled */
async function soundText(file) {
  try {
    const bytes = await store.textOf(file);
    return bytes && (await hashOf(bytes)) === file.hash ? bytes : undefined;
  } catch (error) {
    console.warn('Detick: the lines of a list cannot be read.', error);
    return undefined;
  }
}
