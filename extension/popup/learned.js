/**
 * What TikTok would have learned, in words: out of the reports that were stopped, and of what the page handed to the
 * surrogate for the pixel. Nothing is said that was not in there.
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
  const lines = [...new Set([...reported(state), ...handedOver(state)])];
  if (lines.length === 0) return undefined;
  const rows = lines.map((line) => h('li', { key: line }, line));
  return h(
    'section',
    { class: 'learned' },
    h('h2', {}, text('wouldHaveLearned')),
    foldedList(rows, { name: 'facts', shown: ROWS_SHOWN }),
    h('p', { class: 'soft' }, text('learnedMore')),
  );
}

/** @param {State} state @returns {string[]} */
function reported({ record }) {
  return (record?.learned ?? []).map(sentence);
}

/** What the page told the surrogate, which sent nothing. @param {State} state @returns {string[]} */
function handedOver({ pixel, site }) {
  if (pixel?.site !== site) return [];
  const times = (/** @type {number} */ count) => (count > 1 ? ` ×${count.toLocaleString(language())}` : '');
  return [
    ...Object.entries(pixel.events).map(([event, count]) => sentence(factOf(event)) + times(count)),
    ...pixel.identity.map((kind) => text('factHandedOver', translated('identity', kind))),
  ];
}

/** @param {string} event as the surrogate counts it: `AddToCart 39.99 EUR` @returns {Fact} */
function factOf(event) {
  const [, name = event, amount, currency] = /^(.*?)(?: (-?[\d.]+)(?: ([a-z]{3}))?)?$/is.exec(event) ?? [];
  return { kind: 'event', text: name, ...(amount && { amount, ...(currency && { currency }) }) };
}

/** @param {Fact} told @returns {string} */
function sentence(told) {
  const fact = { ...told, text: isolated(told.text) };
  switch (fact.kind) {
    case 'event':
      return told.amount ? text('factWorth', eventWords(told.text), amountOf(told)) : eventWords(told.text);
    case 'product':
      return text('factProduct', fact.text);
    case 'search':
      return text('factSearch', fact.text);
    case 'pressed':
      return text('factPressed', fact.text);
    case 'title':
      return text('factTitle', fact.text);
    case 'page':
      return text('factPage', fact.text);
    case 'referrer':
      return text('factReferrer', fact.text);
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
  }
}

/** @param {string} name an event's, in the pixel's words @returns {string} */
function eventWords(name) {
  const words = translated('event', name);
  return words === name ? text('eventNamed', isolated(name)) : words;
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
