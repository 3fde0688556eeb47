/**
 * What TikTok would have learned, in words: out of the reports that were stopped, and of those that the pixel would
 * have sent where its surrogate was. Nothing is said that was not in there.
 *
 * @import { Fact } from '../types.js'
 * @import { State } from './state.js'
 */

import { h } from 'preact';
import { isolated, language, text, translated } from '../shared/text.js';
import { foldedList } from './parts.js';

const ROWS_SHOWN = 5;
const ID_SHOWN = 24;

/** @param {State} state */
export function learnedSection(state) {
  const learned = state.record?.learned ?? [];
  const told = sentences(learned.filter(({ gathered }) => !gathered));
  const gathered = sentences(learned.filter(({ gathered }) => gathered)).filter((line) => !told.includes(line));
  if (learned.length === 0) return undefined;
  return h(
    'section',
    { class: 'learned' },
    told.length > 0 && [h('h2', {}, text('wouldHaveLearned')), listOf(told, 'facts')],
    gathered.length > 0 && [h('h2', {}, text('wouldHaveGathered')), listOf(gathered, 'gathered')],
    h('p', { class: 'soft' }, text('learnedMore')),
  );
}

/** @param {Fact[]} facts @returns {string[]} each once */
function sentences(facts) {
  return [...new Set(facts.map(sentence))];
}

/** @param {string[]} lines @param {string} name */
function listOf(lines, name) {
  const rows = lines.map((line) => h('li', { key: line }, line));
  return foldedList(rows, { name, shown: ROWS_SHOWN });
}

/** @param {Fact} told @returns {string} */
function sentence(told) {
  const fact = { ...told, text: isolated(told.text) };
  switch (fact.kind) {
    case 'event':
      return told.amount ? text('factWorth', eventWords(told.text), amountOf(told)) : eventWords(told.text);
    case 'product':
      return text('factProduct', fact.text);
    case 'category':
      return text('factCategory', fact.text);
    case 'described':
      return text('factDescribed', fact.text);
    case 'price':
      return text('factPrice', fact.text);
    case 'page_total':
      return text('factPageTotal', fact.text);
    case 'order':
      return text('factOrder', fact.text);
    case 'trip':
      return text('factTrip', fact.text);
    case 'search':
      return text('factSearch', fact.text);
    case 'chose':
      return text('factChose', fact.text);
    case 'answered':
      return text('factAnswered', fact.text);
    case 'pressed':
      return text('factPressed', fact.text);
    case 'led_to':
      return text('factLedTo', fact.text);
    case 'title':
      return text('factTitle', fact.text);
    case 'about':
      return text('factAbout', fact.text);
    case 'keywords':
      return text('factKeywords', fact.text);
    case 'page':
      return text('factPage', fact.text);
    case 'referrer':
      return text('factReferrer', fact.text);
    case 'read_to':
      return text('factReadTo', fact.text);
    case 'clicks':
      return text('factClicks', fact.text);
    case 'stayed_ms':
      return text('factStayed', secondsOf(told.text));
    case 'hashed':
      return text('factHashed', translated('identity', told.text));
    case 'plain':
      return text('factPlain', translated('identity', told.text));
    case 'click_id':
      return text('factClick', isolated(shortened(told.text)));
    case 'visitor_id':
      return text('factVisitor', isolated(shortened(told.text)));
    case 'device':
      return text('factDevice', fact.text);
    case 'browser':
      return text('factBrowser', fact.text);
    case 'pixel':
      return text('factPixel', isolated(shortened(told.text)));
  }
}

/** @param {string} name an event's, in the pixel's words @returns {string} */
function eventWords(name) {
  const words = translated('event', name);
  return words === name ? text('eventNamed', isolated(name)) : words;
}

/** @param {string} milliseconds */
function secondsOf(milliseconds) {
  const style = /** @type {const} */ ({ style: 'unit', unit: 'second', unitDisplay: 'long', maximumFractionDigits: 0 });
  return new Intl.NumberFormat(language(), style).format(Number(milliseconds) / 1000);
}

/** @param {Fact} fact */
function amountOf({ amount = '', currency }) {
  try {
    const style = currency ? { style: /** @type {const} */ ('currency'), currency } : {};
    return new Intl.NumberFormat(language(), style).format(Number(amount));
  } catch {
    return `${amount} ${currency}`; // Three letters that are no currency.
  }
}

/** @param {string} id */
function shortened(id) {
  return id.length > ID_SHOWN ? `${id.slice(0, ID_SHOWN)}…` : id;
}
