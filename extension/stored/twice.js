/**
 * Values that must not be lost are stored twice at one stroke, as `KEY` and `KEY:copy`. What is damaged in one place is
 * taken from the other. What a newer Detick wrote, and this one does not know, stays in its place.
 */

/** @import { Check } from '../shared/shapes.js' */

import { api } from '../shared/browser.js';
import { isRecord } from '../shared/shapes.js';

/** Raised when a value of this version could not be read by the version before. */
export const FORMAT = 1;

/** @typedef {Record<string, Check>} Kinds what each entry may hold */

/**
 * @typedef {object} Twice
 * @property {Record<string, unknown>} raw as stored, with entries that nobody here knows
 * @property {Record<string, unknown>} sound the known entries that hold what they may, lists without what they may not
 *   hold
 * @property {boolean} isDamaged something was lost, or had to be taken from the copy
 * @property {boolean} isNewer a newer Detick wrote it
 */

/** @param {string} key */
const copyOf = (key) => `${key}:copy`;

/**
 * @param {string} key
 * @param {Kinds} kinds
 * @returns {Promise<Twice>}
 */
export async function readTwice(key, kinds) {
  const stored = await api.storage.local.get([key, copyOf(key)]);
  return join(stored[key], stored[copyOf(key)], kinds);
}

/**
 * @param {unknown} value
 * @param {unknown} copy
 * @param {Kinds} kinds
 * @returns {Twice}
 */
export function join(value, copy, kinds) {
  const second = isRecord(copy) ? copy : {};
  const isWhole = isRecord(value);
  const raw = isWhole ? value : second;
  const isNewer = Number(raw.format ?? FORMAT) > FORMAT;
  const wrong = isNewer
    ? []
    : Object.keys(raw).filter((name) => Object.hasOwn(kinds, name) && !kinds[name]?.(raw[name]));
  const rescued = { ...raw, ...pick(second, wrong) };
  return {
    raw,
    sound: soundPart(rescued, kinds),
    isDamaged: wrong.length > 0 || (!isWhole && (value !== undefined || isRecord(copy))),
    isNewer,
  };
}

/**
 * What to write into storage.local for a value and its copy. One call of `set` writes all of it or nothing.
 *
 * @param {string} key
 * @param {Twice} before as it was read
 * @param {Record<string, unknown>} from the entries as they were understood
 * @param {Record<string, unknown>} to the entries as they shall be
 * @returns {Record<string, unknown>} by key of storage.local
 */
export function storedTwice(key, { raw, isNewer }, from, to) {
  // An entry that a newer Detick wrote is touched only if the person changes it here.
  const changed = isNewer ? Object.keys(to).filter((name) => !isSame(from[name], to[name])) : Object.keys(to);
  const value = { format: FORMAT, ...raw, ...pick(to, changed) };
  return { [key]: value, [copyOf(key)]: value };
}

/**
 * @param {unknown} value
 * @param {Kinds} kinds
 * @returns {Record<string, unknown>} the entries of a value that hold what they may; of a list those of its own that do
 */
export function soundPart(value, kinds) {
  const given = isRecord(value) ? value : {};
  const known = Object.keys(kinds).filter((name) => Object.hasOwn(given, name));
  return Object.fromEntries(known.flatMap((name) => soundEntry(name, given[name], kinds[name])));
}

/** @param {string} name @param {unknown} value @param {Check} [holds] @returns {[string, unknown][]} one, or none */
function soundEntry(name, value, holds) {
  if (holds?.(value)) return [[name, value]];
  const entries = holds?.entries?.(value);
  return entries ? [[name, entries]] : [];
}

/** @param {Record<string, unknown>} value @param {string[]} names */
function pick(value, names) {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(value, name)).map((name) => [name, value[name]]));
}

/** @param {unknown} one @param {unknown} other */
function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
