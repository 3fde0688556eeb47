/**
 * The log as a file: JSON lines, and HAR 1.2, both as in `docs/log-files.md`. What happened in private windows is left
 * out of both: a file outlives them.
 *
 * @import { Entry } from './entries.js'
 */

/** What the browser does not tell Detick, in HAR's words. */
const UNKNOWN_SIZE = -1;

/** What the pages of tabs would have told TikTok, by kind and never by value. @typedef {Map<number, string[]>} Facts */

/** @param {readonly Entry[]} entries */
const savable = (entries) => entries.filter((entry) => !entry.isPrivate);

/** @param {number} ms since 1970 */
const dateOf = (ms) => new Date(ms).toISOString();

/**
 * One request a line, oldest first: `url`, `sourceUrl`, `type` and `method` as `detick check --batch` reads them, and
 * what became of it.
 *
 * @param {readonly Entry[]} entries oldest first
 * @returns {string} JSON lines
 */
export function toLines(entries) {
  const lines = savable(entries).map(({ id: _, isPrivate: __, isEarlier, time, asker, url, type, method, ...rest }) =>
    JSON.stringify({
      time: dateOf(time),
      url,
      sourceUrl: asker,
      type,
      method,
      ...rest,
      ...(isEarlier && { withoutQuery: true }),
    }),
  );
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * @param {readonly Entry[]} entries oldest first
 * @param {string} version of Detick
 * @param {Facts} facts of the tabs that are open
 * @returns {string} HAR 1.2, with what Detick did in fields named `_detick`
 */
export function toHar(entries, version, facts) {
  const kept = savable(entries);
  const log = {
    version: '1.2',
    creator: { name: 'Detick', version },
    pages: pagesOf(kept, facts),
    entries: kept.map(harEntry),
    comment: 'Detick knows neither headers nor answers: what it does not know is empty, 0 or -1.',
  };
  return `${JSON.stringify({ log }, undefined, 1)}\n`;
}

/** @param {number} tabId */
const pageId = (tabId) => `tab_${tabId}`;

/** A page for each tab: from when its first request is known. @param {Entry[]} entries @param {Facts} facts */
function pagesOf(entries, facts) {
  const firsts = new Map(entries.toReversed().map((entry) => [entry.tabId, entry]));
  return [...firsts.values()].map(({ tabId, time, site }) => ({
    startedDateTime: dateOf(time),
    id: pageId(tabId),
    title: site,
    pageTimings: {},
    _detick: { facts: facts.get(tabId) ?? [] },
  }));
}

/** @param {Entry} entry */
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
    comment: [outcome, company, filter && list && `${filter} (${list}, line ${line})`].filter(Boolean).join(': '),
  };
}

/** @param {string} url @returns {{ name: string, value: string }[]} as it is written, but for what cannot be read */
function queryOf(url) {
  return URL.canParse(url) ? [...new URL(url).searchParams].map(([name, value]) => ({ name, value })) : [];
}
