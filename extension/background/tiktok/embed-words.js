/**
 * The words on placeholders of embedded videos, in a language that is not the browser's: the extension API speaks that
 * one only, so they are read from the file of the other.
 *
 * @import { Messages } from '../../types.js'
 */

import { api } from '../../shared/browser.js';

const KEYS = [
  'embed',
  'embedBy',
  'embedLocked',
  'embedOpen',
  'embedPicture',
  'embedPlay',
  'embedWhy',
  'embedsBy',
  'embedsTagged',
];

/** @typedef {Record<string, { message: string, placeholders?: Record<string, { content: string }> }>} Locale */

/**
 * @param {Messages['embedWords'][0]} payload
 * @returns {Promise<Messages['embedWords'][1]>} nothing if Detick does not speak the language
 */
export async function embedWords({ language }) {
  const [name = '', ...parts] = language.split(/[-_]/);
  const region = parts.find((part) => /^[a-z]{2}$/i.test(part));
  for (const locale of [`${name.toLowerCase()}_${region?.toUpperCase()}`, name.toLowerCase()]) {
    const messages = /^[a-z]{2,3}(_[A-Z]{2})?$/.test(locale) ? await read(locale) : undefined;
    if (messages) return { language: messages.language?.message ?? language, words: wordsOf(messages) };
  }
  return undefined;
}

/** @param {string} locale @returns {Promise<Locale | undefined>} */
async function read(locale) {
  try {
    const response = await fetch(api.runtime.getURL(`_locales/${locale}/messages.json`));
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined; // Detick has no such language.
  }
}

/** @param {Locale} messages @returns {Record<string, string>} with `$1` for what is to be put in */
function wordsOf(messages) {
  const entries = KEYS.flatMap((key) => {
    const { message, placeholders = {} } = messages[key] ?? {};
    const filled = message?.replace(/\$(\w+)\$/g, (_, name) => placeholders[name.toLowerCase()]?.content ?? '');
    return filled === undefined ? [] : [[key, filled]];
  });
  return Object.fromEntries(entries);
}
