/**
 * What takes trust, said to the background by the page of ours in which the person chose it, before it is stored:
 * storage alone does not count, as Firefox lets scripts in web pages write it. The background keeps what was said in
 * `background/lists/trust.js`.
 *
 * @import { Messages, Settings } from '../types.js'
 */

import { ask } from './messages.js';

/** A background may end in the middle of an answer; the next one does the same again. */
const TRIES = 3;

/**
 * Says which lists are trusted now and were not before, and the other way round; nothing if there are none.
 *
 * @param {Settings} before
 * @param {Settings} after
 * @returns {Promise<void>} once it counts
 * @throws {Error} if the background could not write it down
 */
export async function sayTrusted(before, after) {
  const [old, now] = [trustedIn(before), trustedIn(after)];
  const trusted = now.filter((url) => !old.includes(url));
  const untrusted = old.filter((url) => !now.includes(url));
  if (trusted.length > 0 || untrusted.length > 0) await say({ trusted, untrusted });
}

/** @param {Settings} settings @returns {string[]} addresses */
export function trustedIn({ lists }) {
  return lists.filter(({ trusted }) => trusted).map(({ url }) => url);
}

/**
 * Says that lines are the person's own.
 *
 * @param {string} text
 * @returns {Promise<void>} once it counts; those of before count until these are in force
 * @throws {Error} if the background could not write it down
 */
export async function sayOwnLines(text) {
  await say({ trusted: [], untrusted: [], ownLines: await hashOf(new TextEncoder().encode(text)) });
}

/** @param {Messages['vouch'][0]} what */
async function say(what, tries = TRIES) {
  try {
    await ask('vouch', what);
  } catch (error) {
    if (tries <= 1) throw error;
    await say(what, tries - 1);
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<string>} SHA-256, in hexadecimal digits
 */
export async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
