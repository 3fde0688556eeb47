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
 * A message that depends on a number: `key_one`, `key_other`, and whatever else the language distinguishes (`_zero`,
 * `_two`, `_few`, `_many`). A form that is missing falls to `_other`. $1 is the number as it is written in the
 * language.
 *
 * @param {string} key
 * @param {number} number
 * @param {(string | number)[]} values for $2, $3, …
 * @returns {string}
 */
export function plural(key, number, ...values) {
  const form = new Intl.PluralRules(language()).select(number);
  const known = api.i18n.getMessage(`${key}_${form}`) ? form : 'other';
  return text(`${key}_${known}`, number.toLocaleString(language()), ...values);
}

/**
 * Words that come with the lists (why a parameter goes, what a host is for): translated where a message exists, else as
 * they are.
 *
 * @param {string} prefix
 * @param {string} words
 */
export function translated(prefix, words) {
  const key = `${prefix}_${words.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`;
  return api.i18n.getMessage(key) || words;
}

/**
 * Words that are not ours keep their own direction inside ours, and cannot turn ours round.
 *
 * @param {string} words
 * @returns {string} between Unicode's marks for that; those among the words themselves are gone
 */
export function isolated(words) {
  return `\u2068${words.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069`;
}

/**
 * The language to write numbers and dates in: the browser's, with its region, if Detick speaks it, else the one that
 * the messages fall back to, so that a sentence is never in two languages.
 *
 * @returns {string} a BCP 47 tag
 */
export function language() {
  const browsers = api.i18n.getUILanguage();
  const messages = text('language');
  return primary(browsers) === primary(messages) ? browsers : messages;
}

/** @param {string} tag @returns {string} the language without its region */
function primary(tag) {
  return tag.split(/[-_]/)[0] ?? tag;
}

/** Languages in `_locales` that are written from right to left. */
const RIGHT_TO_LEFT = ['ar'];

/**
 * Says in which language and direction a page is written. It follows the messages: browsers tell their own direction.
 */
export function nameLanguage() {
  const { documentElement } = document;
  documentElement.lang = language();
  documentElement.dir = direction();
}

/** @returns {'ltr' | 'rtl'} in which direction the messages are written */
export function direction() {
  return RIGHT_TO_LEFT.includes(primary(text('language'))) ? 'rtl' : 'ltr';
}
