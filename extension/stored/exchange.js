/**
 * Settings as a file: written by the settings page, read back only whole, and put in force at one stroke. What a file
 * says wrongly is named, with its place, and nothing is changed.
 *
 * @import { Exported, Settings } from '../types.js'
 */

import { mistakeIn } from '../shared/json.js';
import { isRecord } from '../shared/shapes.js';
import { KINDS } from './kinds.js';
import { areLines, toStore } from './own-lines.js';
import { update } from './settings.js';

/**
 * Raised with every setting that is added: the version before would not know it, and shall say that the file is newer.
 */
const FORMAT = 2;

/** In characters. */
export const LONGEST_FILE = 5_000_000;

/** Why a file was not taken: `key` and `values` name the message. */
export class NotTaken extends Error {
  /** @param {string} key @param {(string | number)[]} values */
  constructor(key, ...values) {
    super([key, ...values].join(' '));
    this.key = key;
    this.values = values;
  }
}

/**
 * What a file says; what it does not mention stays as it is.
 *
 * @typedef {object} Taken
 * @property {Partial<Settings>} settings
 * @property {string} [ownLines] the user's own filter lines
 */

/**
 * @param {Settings} settings
 * @param {string} ownLines the user's own filter lines
 * @param {Date} now
 * @returns {string} JSON, for people to read
 */
export function toFile(settings, ownLines, now) {
  /** @type {Exported} */
  const exported = { detick: FORMAT, exported: now.toISOString(), settings, ownLines };
  return `${JSON.stringify(exported, undefined, 2)}\n`;
}

/**
 * @param {string} text
 * @returns {Taken}
 * @throws {NotTaken} if this is no file of ours, or one from a newer Detick, or a setting holds what it cannot.
 */
export function fromFile(text) {
  if (text.length > LONGEST_FILE) throw new NotTaken('importTooLong');
  const file = parse(text);
  if (!isRecord(file) || !isVersion(file.detick) || !isRecord(file.settings)) throw new NotTaken('importOther');
  if (Number(file.detick) > FORMAT) throw new NotTaken('importNewer');
  for (const [key, value] of Object.entries(file.settings)) {
    const holds = Object.hasOwn(KINDS, key) ? KINDS[/** @type {keyof Settings} */ (key)] : undefined;
    if (!holds) throw new NotTaken('importUnknown', key);
    if (!holds(value)) throw new NotTaken('importWrong', key);
  }
  if (file.ownLines !== undefined && !areLines(file.ownLines)) throw new NotTaken('importWrong', 'ownLines');
  const { settings, ownLines } = file;
  return ownLines === undefined ? { settings } : { settings, ownLines: String(ownLines) };
}

/**
 * Puts in force what a file says: settings and own lines together, or neither, even if the page is closed meanwhile.
 *
 * @param {Taken} taken
 * @returns {Promise<void>} once it is stored
 * @throws {Error} if the browser refuses to write; then all is as before.
 */
export async function apply({ settings, ownLines }) {
  const lines = ownLines === undefined ? {} : await toStore(ownLines);
  await update((now) => ({ ...now, ...settings }), lines);
}

/** @param {unknown} value */
function isVersion(value) {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

/** @param {string} text @returns {unknown} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    const { line, column } = mistakeIn(text);
    throw new NotTaken('importNotJson', line, column);
  }
}
