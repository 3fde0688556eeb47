/**
 * What TikTok would have learned, in words: out of the reports that were stopped, and of those that the pixel would
 * have sent where its surrogate was. Nothing is said that was not in there.
 *
 * @import { Fact } from '../types.js'
 * @import { State } from './state.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { isolated, language, plural, text, translated } from '../shared/text.js';

/** Lines in the popup's first view. */
const FACTS_SHOWN = 3;

const ID_SHOWN = 24;

/** What says something of the person and what they did, from the most personal to what every page tells. */
const RANKS = [
  ['plain', 'hashed'],
  ['event completepayment', 'event purchase', 'event placeanorder', 'event addpaymentinfo', 'order', 'trip'],
  ['event initiatecheckout', 'event addtocart', 'event addtowishlist'],
  ['event viewcontent', 'product', 'price', 'page_total'],
  ['search', 'event search'],
  ['answered', 'chose', 'event', 'pressed', 'category', 'described'],
  ['click_id', 'visitor_id'],
  ['title', 'about', 'page', 'referrer'],
];

/** They say that a page was opened and nothing of it: other facts do, as do the words that were searched for. */
const EMPTY = ['event pageview', 'event metadata', 'event enricham'];

/** The message about each kind of fact, but for events. @type {Record<Exclude<Fact['kind'], 'event'>, string>} */
const MESSAGES = {
  product: 'factProduct',
  category: 'factCategory',
  described: 'factDescribed',
  price: 'factPrice',
  page_total: 'factPageTotal',
  order: 'factOrder',
  trip: 'factTrip',
  search: 'factSearch',
  chose: 'factChose',
  answered: 'factAnswered',
  pressed: 'factPressed',
  led_to: 'factLedTo',
  title: 'factTitle',
  about: 'factAbout',
  keywords: 'factKeywords',
  page: 'factPage',
  referrer: 'factReferrer',
  read_to: 'factReadTo',
  clicks: 'factClicks',
  stayed_ms: 'factStayed',
  hashed: 'factHashed',
  plain: 'factPlain',
  click_id: 'factClick',
  visitor_id: 'factVisitor',
  device: 'factDevice',
  browser: 'factBrowser',
  pixel: 'factPixel',
};

/** Events that a product is part of. */
const ABOUT_PRODUCTS = [
  'viewcontent',
  'addtocart',
  'addtowishlist',
  'initiatecheckout',
  'placeanorder',
  'completepayment',
];

/**
 * @param {State} state
 * @param {number} shown lines
 * @param {Actions} actions
 */
export function learnedSection(state, shown, actions) {
  const { told, gathered } = linesOf(state);
  const lines = told.length > 0 ? told : gathered;
  const more = told.length + gathered.length - shown;
  return h(
    'section',
    { class: 'learned brief' },
    h('h2', {}, text(told.length > 0 ? 'wouldHaveLearned' : 'wouldHaveGathered')),
    h('ul', { class: 'facts' }, lines.slice(0, shown).map(line)),
    more > 0 &&
      h(
        'button',
        { id: 'open-learned', class: 'plain', onClick: () => actions.show('learned') },
        plural('moreRows', more),
      ),
  );
}

/** @param {State} state */
export function learnedView(state) {
  const { told, gathered } = linesOf(state);
  return h(
    'section',
    { class: 'learned' },
    told.length > 0 && h('ul', { class: 'facts' }, told.map(line)),
    gathered.length > 0 && [h('h2', {}, text('wouldHaveGathered')), h('ul', { class: 'gathered' }, gathered.map(line))],
    h('p', { class: 'soft' }, text('learnedMore')),
  );
}

/** @param {string} words */
const line = (words) => h('li', { key: words }, words);

/**
 * What would have been learned, as lines, the most personal first: what the page told the pixel, and what that would
 * have gathered besides.
 *
 * @param {State} state
 * @returns {{ told: string[], gathered: string[] }}
 */
function linesOf({ record }) {
  const learned = record?.learned ?? [];
  const told = ranked(learned.filter(({ gathered }) => !gathered));
  const gathered = ranked(learned.filter(({ gathered }) => gathered));
  return { told, gathered: gathered.filter((one) => !told.includes(one)) };
}

/** @param {State} state @returns {number} lines in the first view */
export function factsShown(state) {
  const { told, gathered } = linesOf(state);
  return Math.min(told.length || gathered.length, FACTS_SHOWN);
}

/** @param {Fact[]} learned @returns {string[]} each once */
function ranked(learned) {
  const facts = withProducts(learned);
  const names = new Set(facts.map(nameOf));
  const isTold = (/** @type {string} */ name) =>
    name === 'event search' ? names.has('search') : EMPTY.includes(name) && facts.length > 1;
  const telling = facts.filter((fact) => !isTold(nameOf(fact)));
  const byRank = telling.map((fact) => ({ fact, rank: rankOf(fact) })).sort((one, other) => one.rank - other.rank);
  return [...new Set(byRank.map(({ fact }) => sentence(fact)))];
}

/** @param {Fact} fact */
function nameOf({ kind, text: words }) {
  return kind === 'event' ? `event ${words.toLowerCase()}` : kind;
}

/** @param {Fact} fact */
function rankOf(fact) {
  const rank = RANKS.findIndex((kinds) => kinds.includes(nameOf(fact)));
  if (rank >= 0) return rank;
  return fact.kind === 'event' ? RANKS.findIndex((kinds) => kinds.includes('event')) : RANKS.length;
}

/**
 * What was done, with which product and for how much, is one line where there is but one product.
 *
 * @param {Fact[]} facts
 * @returns {(Fact & { product?: string })[]}
 */
function withProducts(facts) {
  const products = [...new Set(facts.filter(({ kind }) => kind === 'product').map((fact) => fact.text))];
  const [product] = products;
  const isOfOne = (/** @type {Fact} */ fact) =>
    fact.kind === 'event' && ABOUT_PRODUCTS.includes(fact.text.toLowerCase());
  if (products.length !== 1 || !product || !facts.some(isOfOne)) return facts;
  return facts.filter(({ kind }) => kind !== 'product').map((fact) => (isOfOne(fact) ? { ...fact, product } : fact));
}

/** @param {Fact & { product?: string }} told @returns {string} */
function sentence(told) {
  switch (told.kind) {
    case 'event':
      return eventSentence(told);
    case 'stayed_ms':
      return text(MESSAGES.stayed_ms, secondsOf(told.text));
    case 'hashed':
      return capitalised(text(MESSAGES.hashed, translated('identity', told.text)));
    case 'plain':
      return text(MESSAGES.plain, translated('identity', told.text));
    case 'click_id':
    case 'visitor_id':
    case 'pixel':
      return text(MESSAGES[told.kind], isolated(shortened(told.text)));
    default:
      return text(MESSAGES[told.kind], isolated(told.text));
  }
}

/** @param {Fact & { product?: string }} fact */
function eventSentence(fact) {
  const parts = [fact.product && isolated(fact.product), fact.amount && amountOf(fact)].flatMap((part) => part || []);
  const words = eventWords(fact.text);
  if (parts.length === 0) return words;
  return text('factWorth', words, new Intl.ListFormat(language(), { type: 'unit', style: 'short' }).format(parts));
}

/** @param {string} words @returns {string} as a sentence begins */
function capitalised(words) {
  return words.charAt(0).toLocaleUpperCase(language()) + words.slice(1);
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
