/**
 * The user's own filter lines: storage.local `ownLines`, stored twice, because nobody else has them. This module is the
 * key's one writer, for every page of ours that calls `save`; an import writes what `toStore` gives at one stroke with
 * the settings.
 */

import { api } from '../shared/browser.js';
import { textUpTo } from '../shared/shapes.js';
import { sayOwnLines } from '../shared/trust.js';
import { policy } from './policy.js';
import { readTwice, storedTwice } from './twice.js';

const KEY = 'ownLines';

/** In characters: what storage.local holds beside everything else, twice. */
export const LONGEST = 1_000_000;

/** Whether a value can be own lines. */
export const areLines = textUpTo(LONGEST);

const KINDS = { text: areLines };

/** @returns {Promise<string>} the lines that hold: an organisation's if it has set them, else the person's */
export async function load() {
  const { ownLines } = await policy();
  return ownLines ?? own();
}

/** @returns {Promise<string>} the person's, whatever holds; empty if there never were any */
export async function own() {
  return textOf(await readTwice(KEY, KINDS));
}

/**
 * @param {string} text
 * @returns {Promise<void>} once it is stored
 * @throws {Error} if it is too long, or the browser cannot store it; then the old lines stay
 */
export async function save(text) {
  const entries = await toStore(text);
  if (Object.keys(entries).length > 0) await api.storage.local.set(entries);
}

/**
 * What `save` writes, for whoever writes it together with something else; the background then knows that it is the
 * person's.
 *
 * @param {string} text
 * @returns {Promise<Record<string, unknown>>} by key of storage.local; empty if these are the lines already
 * @throws {Error} if it is too long, or the background could not write down whose it is
 */
export async function toStore(text) {
  if (!areLines(text)) throw new Error(`Own lines may have ${LONGEST} characters, these have ${text.length}.`);
  const before = await readTwice(KEY, KINDS);
  await sayOwnLines(text);
  return textOf(before) === text ? {} : storedTwice(KEY, before, { text: textOf(before) }, { text });
}

/** @param {import('./twice.js').Twice} stored */
function textOf({ sound }) {
  return /** @type {string | undefined} */ (sound.text) ?? '';
}

/**
 * Calls `react` after every change. To be called synchronously when a background starts, so that a change wakes it.
 *
 * @param {() => unknown} react
 */
export function onChange(react) {
  api.storage.local.onChanged.addListener((changes) => {
    if (changes[KEY]) react();
  });
  api.storage.managed?.onChanged?.addListener((changes) => {
    if (changes[KEY]) react();
  });
}
