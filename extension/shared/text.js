/** The user's words: everything visible comes from `_locales`. */

import { api } from './browser.js';

/**
 * @param {string} key
 * @param {(string | number)[]} values for $1, $2, …
 * @returns {string} The message; the key itself if there is none.
 */
export function text(key, ...values) {
  return api.i18n.getMessage(key, values.map(String)) || key;
}

/**
 * A message that depends on a number: `key_one`, `key_other` and what else the language has. $1 is the number as it is written there.
 *
 * @param {string} key
 * @param {number} number
 * @param {(string | number)[]} values for $2, $3, …
 */
export function plural(key, number, ...values) {
  const form = new Intl.PluralRules(language()).select(number);
  const known = api.i18n.getMessage(`${key}_${form}`, ['']) !== '' ? form : 'other';
  return text(`${key}_${known}`, number.toLocaleString(language()), ...values);
}

/**
 * Words that come with the lists (why a parameter goes, what a host is for): translated where a message exists, else as they are.
 *
 * @param {string} prefix
 * @param {string} words
 */
export function translated(prefix, words) {
  const key = `${prefix}_${words.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`;
  return api.i18n.getMessage(key) || words;
}

export function language() {
  return api.i18n.getUILanguage();
}

/** Says in which language and direction a page is written. */
export function nameLanguage() {
  document.documentElement.lang = text('@@ui_locale').replace('_', '-');
  document.documentElement.dir = text('@@bidi_dir');
}
