/**
 * The words on a placeholder, in the language of the page around it: that is what its readers read. Detick's own
 * language steps in where it does not speak the page's.
 *
 * @import { EmbedWords, Say, Speech } from '../types.js'
 */

import { api } from '../shared/browser.js';

const RIGHT_TO_LEFT = ['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'];

/**
 * One question to the background for each language that a page speaks.
 *
 * @type {Map<string, Promise<EmbedWords | undefined>>}
 */
const asked = new Map();

/** @returns {Promise<Speech>} what speaks the page's language, if Detick does */
export async function speak() {
  const own = api.i18n.getMessage('language');
  const wanted = document.documentElement?.lang ?? '';
  const speech = wanted === '' || primary(wanted) === primary(own) ? undefined : await ask(wanted);
  const language = speech?.language ?? own;
  /** @type {Say} */
  const say = (key, ...values) =>
    speech?.words[key]?.replace('$1', values[0] ?? '') ?? api.i18n.getMessage(key, values);
  return { language, dir: RIGHT_TO_LEFT.includes(primary(language)) ? 'rtl' : 'ltr', say };
}

/** @param {string} language @returns {Promise<EmbedWords | undefined>} */
function ask(language) {
  const known = asked.get(language);
  if (known) return known;
  const answer = api.runtime.sendMessage({ name: 'embedWords', payload: { language } }).then(
    (reply) => reply?.value,
    () => undefined, // Detick was replaced by another version of itself: its own words will do.
  );
  asked.set(language, answer);
  return answer;
}

/** @param {string} language @returns {string} without script and region */
function primary(language) {
  return (language.split(/[-_]/)[0] ?? '').toLowerCase();
}
