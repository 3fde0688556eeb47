/**
 * Requests as a HAR 1.2 file, as in `docs/log-files.md`: of the log, and of what is known of a tab. What happened in
 * private windows is left out: a file outlives them.
 *
 * @import { Learned, Logged } from '../types.js'
 */

/** What the browser does not tell Detick, in HAR's words. */
const UNKNOWN_SIZE = -1;

/** What the page that a tab shows would have told TikTok. @typedef {{ site: string, learned: Learned[] }} OfPage */

/** By tab. @typedef {Map<number, OfPage>} Facts */

/** The pixel's own names of events, which say nothing of a page: as in `src/report/words.rs`. */
const STANDARD_EVENTS = new Set(
  `AddPaymentInfo AddToCart AddToWishlist ApplicationApproval Click ClickButton CompletePayment CompleteRegistration
  Contact CustomizeProduct Download EnrichAM FindLocation InitiateCheckout Lead Metadata PageView Pageview PlaceAnOrder
  Purchase Schedule Search StartTrial SubmitApplication SubmitForm Subscribe ViewContent page_view`.split(/\s+/),
);

/**
 * What may be saved of them.
 *
 * @template {Logged} L
 * @param {readonly L[]} entries
 * @returns {L[]}
 */
export const savable = (entries) => entries.filter((entry) => !entry.isPrivate);

/** @param {number} ms since 1970 @returns {string} empty where it is not known: `NaN` */
export const dateOf = (ms) => (Number.isNaN(ms) ? '' : new Date(ms).toISOString());

/**
 * @param {readonly Logged[]} entries oldest first
 * @param {string} version of Detick
 * @param {Facts} facts of the tabs that are open
 * @param {boolean} [hasValues] whether facts are told as they are, and not by kind
 * @returns {string} HAR 1.2, with what Detick did in fields named `_detick`
 */
export function toHar(entries, version, facts, hasValues = false) {
  const kept = savable(entries);
  const log = {
    version: '1.2',
    creator: { name: 'Detick', version },
    pages: pagesOf(kept, facts, hasValues),
    entries: kept.map(harEntry),
    comment: 'Detick knows neither headers nor answers: what it does not know is empty, 0 or -1.',
  };
  return `${JSON.stringify({ log }, undefined, 1)}\n`;
}

/** @param {number} tabId */
const pageId = (tabId) => `tab_${tabId}`;

/**
 * A page for each tab: from when its first request is known.
 *
 * @param {Logged[]} entries
 * @param {Facts} facts
 * @param {boolean} hasValues
 */
function pagesOf(entries, facts, hasValues) {
  const firsts = new Map(entries.toReversed().map((entry) => [entry.tabId, entry]));
  return [...firsts.values()].map(({ tabId, time, site }) => ({
    startedDateTime: dateOf(time),
    id: pageId(tabId),
    title: site,
    pageTimings: {},
    _detick: factsOf(facts.get(tabId), hasValues),
  }));
}

/** @param {OfPage | undefined} page @param {boolean} hasValues */
function factsOf(page, hasValues) {
  if (!page) return { facts: [] };
  return { site: page.site, facts: page.learned.map((fact) => factOf(fact, hasValues)) };
}

/**
 * A fact by its kind: its text only where that is no value. Of personal data it says which.
 *
 * @param {Learned} fact
 * @param {boolean} hasValues
 */
function factOf({ kind, text, amount, currency }, hasValues) {
  if (hasValues) return { kind, text, amount, currency };
  const isTold = kind === 'event' ? STANDARD_EVENTS.has(text) : ['hashed', 'plain', 'pixel'].includes(kind);
  return isTold ? { kind, text } : { kind };
}

/** @param {Logged} entry */
function harEntry({ time, tabId, type, method, url, asker, outcome, cleanUrl = '', site, isEarlier, ...said }) {
  const { company, purpose, filter, list, line, removed, unwrapped } = said;
  return {
    pageref: pageId(tabId),
    startedDateTime: dateOf(time),
    time: 0,
    request: {
      method,
      url,
      httpVersion: '',
      cookies: [],
      headers: [],
      queryString: queryOf(url),
      headersSize: UNKNOWN_SIZE,
      bodySize: UNKNOWN_SIZE,
    },
    response: {
      status: 0,
      statusText: '',
      httpVersion: '',
      cookies: [],
      headers: [],
      content: { size: 0, mimeType: '' },
      redirectURL: cleanUrl,
      headersSize: UNKNOWN_SIZE,
      bodySize: UNKNOWN_SIZE,
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    _resourceType: type,
    _detick: {
      ...{ outcome, site, sourceUrl: asker, type, company, purpose, filter, list, line, removed, unwrapped },
      ...(isEarlier && { withoutQuery: true }),
    },
    comment: [outcome, company, list && `${filter} (${list}, line ${line})`.trimStart()].filter(Boolean).join(': '),
  };
}

/** @param {string} url @returns {{ name: string, value: string }[]} as it is written, but for what cannot be read */
function queryOf(url) {
  return URL.canParse(url) ? [...new URL(url).searchParams].map(([name, value]) => ({ name, value })) : [];
}
