/**
 * Settings as a file: written by the settings page, and read back only whole. What a file says wrongly is named, with its
 * place, and nothing is changed.
 *
 * @import { Exported, Settings } from '../types.js'
 */

import { DEFAULTS, KINDS } from './settings.js';
import { isRecord } from './shapes.js';

/** Raised when a file of this version could not be read by the version before. */
const FORMAT = 1;

const LONGEST_FILE = 5_000_000;

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
 * @param {Settings} settings
 * @param {Date} now
 * @returns {string} JSON, for people to read
 */
export function toFile(settings, now) {
  /** @type {Exported} */
  const exported = { detick: FORMAT, exported: now.toISOString(), settings };
  return `${JSON.stringify(exported, undefined, 2)}\n`;
}

/**
 * @param {string} text
 * @returns {Settings} what the file says; what it does not mention has its default.
 * @throws {NotTaken} if this is no file of ours, or one from a newer Detick, or a setting holds what it cannot.
 */
export function fromFile(text) {
  if (text.length > LONGEST_FILE) throw new NotTaken('importTooLong');
  const file = parse(text);
  if (!isRecord(file) || typeof file.detick !== 'number' || !isRecord(file.settings)) throw new NotTaken('importOther');
  if (file.detick > FORMAT) throw new NotTaken('importNewer');
  for (const [key, value] of Object.entries(file.settings)) {
    const holds = Object.hasOwn(KINDS, key) ? KINDS[/** @type {keyof Settings} */ (key)] : undefined;
    if (!holds) throw new NotTaken('importUnknown', key);
    if (!holds(value)) throw new NotTaken('importWrong', key);
  }
  return { ...DEFAULTS, ...file.settings };
}

/** @param {string} text @returns {unknown} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new NotTaken('importNotJson', ...placeOf(text, String(error)));
  }
}

/**
 * Line and column of a mistake. Browsers word it differently: one counts characters, the other lines.
 *
 * @param {string} text
 * @param {string} message
 * @returns {[number, number]}
 */
function placeOf(text, message) {
  const lines = message.match(/line (\d+) column (\d+)/);
  if (lines) return [Number(lines[1]), Number(lines[2])];
  const position = message.match(/position (\d+)/);
  const before = text.slice(0, position ? Number(position[1]) : text.length).split('\n');
  return [before.length, (before.at(-1)?.length ?? 0) + 1];
}
