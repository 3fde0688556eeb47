// The log as files: JSON lines that `detick check --batch` reads, and HAR 1.2.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import './fake-browser.js';

const { toLines } = await import('../../extension/log/files.js');
const { toHar } = await import('../../extension/shared/har.js');
const { requestsOf } = await import('../../extension/popup/page-requests.js');

/** @typedef {import('../../extension/log/entries.js').Entry} Entry */
/** @typedef {import('../../extension/types.js').Learned} Learned */
/** @typedef {import('../../extension/types.js').Recent} Recent */
/** @typedef {import('../../extension/types.js').Stopped} Stopped */

/** @param {Partial<Entry>} [change] @returns {Entry} */
const entry = (change = {}) => ({
  ...{ id: 1, time: Date.UTC(2026, 10, 22), tabId: 7, site: 'shop.example', isPrivate: false, type: 'script' },
  ...{ method: 'GET', url: 'https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=1&a=b%20c' },
  ...{ asker: 'https://shop.example/', outcome: 'stand-in', company: 'TikTok', purpose: 'pixel' },
  ...{ filter: '||analytics.tiktok.com^', list: 'tiktok.txt', line: 12 },
  ...change,
});

const CLEANED = entry({
  id: 2,
  tabId: 8,
  site: 'news.example',
  type: 'main_frame',
  asker: '',
  outcome: 'cleaned',
  url: 'https://news.example/?utm_source=x',
  cleanUrl: 'https://news.example/',
  removed: [{ name: 'utm_source', why: 'the campaign', rule: '$removeparam=utm_source' }],
  unwrapped: [],
});

test('a saved log has one entry a line, and nothing of private windows', () => {
  const lines = toLines([entry({ isEarlier: true }), entry({ isPrivate: true })]).split('\n');
  assert.deepEqual(lines.slice(1), ['']);
  const { id, isPrivate, asker, ...saved } = JSON.parse(lines[0] ?? '');
  assert.deepEqual([id, isPrivate, asker], [undefined, undefined, undefined]);
  assert.deepEqual(saved, {
    time: '2026-11-22T00:00:00.000Z',
    url: 'https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=1&a=b%20c',
    sourceUrl: 'https://shop.example/',
    type: 'script',
    method: 'GET',
    tabId: 7,
    site: 'shop.example',
    outcome: 'stand-in',
    company: 'TikTok',
    purpose: 'pixel',
    filter: '||analytics.tiktok.com^',
    list: 'tiktok.txt',
    line: 12,
    withoutQuery: true,
  });
});

/** @type {Learned[]} */
const LEARNED = [
  { kind: 'hashed', text: 'email' },
  { kind: 'event', text: 'AddToCart', amount: '39.90', currency: 'EUR' },
  { kind: 'event', text: 'AnnBooked' },
  { kind: 'product', text: 'Secret basket', gathered: true },
  { kind: 'pixel', text: 'CWORLD77UABCDEFGHIJK' },
];

/** What a file tells of them. */
const TOLD = [
  { kind: 'hashed', text: 'email' },
  { kind: 'event', text: 'AddToCart' },
  { kind: 'event' },
  { kind: 'product' },
  { kind: 'pixel', text: 'CWORLD77UABCDEFGHIJK' },
];

/** What HAR 1.2 asks for: a name with a mark behind it may be missing, one that begins with a line is ours. */
const HAR = {
  log: {
    version: 'string',
    creator: { name: 'string', version: 'string' },
    pages: [{ startedDateTime: 'date', id: 'string', title: 'string', pageTimings: {} }],
    entries: [
      {
        pageref: 'string',
        startedDateTime: 'date',
        time: 'count',
        request: {
          method: 'string',
          url: 'string',
          httpVersion: 'string',
          cookies: [{}],
          headers: [{}],
          queryString: [{ name: 'string', value: 'string' }],
          headersSize: 'number',
          bodySize: 'number',
        },
        response: {
          status: 'count',
          statusText: 'string',
          httpVersion: 'string',
          cookies: [{}],
          headers: [{}],
          content: { size: 'count', mimeType: 'string' },
          redirectURL: 'string',
          headersSize: 'number',
          bodySize: 'number',
        },
        cache: {},
        timings: { send: 'count', wait: 'count', receive: 'count' },
        'comment?': 'string',
      },
    ],
    'comment?': 'string',
  },
};

/** @type {Record<string, (value: unknown) => boolean>} */
const KINDS = {
  string: (value) => typeof value === 'string',
  number: (value) => Number.isInteger(value) && Number(value) >= -1,
  count: (value) => Number.isInteger(value) && Number(value) >= 0,
  date: (value) => typeof value === 'string' && new Date(value).toISOString() === value,
};

/** @param {unknown} shape @param {unknown} value @param {string} where @returns {string[]} what is not as it should be */
function flaws(shape, value, where) {
  if (typeof shape === 'string') return KINDS[shape]?.(value) ? [] : [`${where} is no ${shape}`];
  if (Array.isArray(shape))
    return Array.isArray(value)
      ? value.flatMap((one, index) => flaws(shape[0], one, `${where}[${index}]`))
      : [`${where} is no list`];
  const wanted = new Map(Object.entries(/** @type {object} */ (shape)));
  const names = new Map([...wanted].map(([name, kind]) => [name.replace('?', ''), kind]));
  const there = Object.entries(/** @type {object} */ (value));
  return [
    ...[...wanted.keys()]
      .filter((name) => !name.endsWith('?') && !there.some(([one]) => one === name))
      .map((name) => `${where}.${name} is missing`),
    ...there
      .filter(([name]) => !names.has(name) && !name.startsWith('_'))
      .map(([name]) => `${where}.${name} is not HAR`),
    ...there
      .filter(([name]) => names.has(name))
      .flatMap(([name, one]) => flaws(names.get(name), one, `${where}.${name}`)),
  ];
}

test('a HAR is as HAR 1.2 wants it, says what Detick did, and has nothing of private windows', () => {
  const facts = new Map([[7, { site: 'shop.example', learned: LEARNED }]]);
  const saved = JSON.parse(toHar([entry(), CLEANED, entry({ isPrivate: true })], '1.2.3', facts));
  assert.deepEqual(flaws(HAR, saved, 'har'), []);
  const { version, creator, pages, entries } = saved.log;
  assert.deepEqual([version, creator], ['1.2', { name: 'Detick', version: '1.2.3' }]);
  assert.deepEqual(
    pages.map((/** @type {{ id: string, title: string, _detick: object }} */ { id, title, _detick }) => [
      id,
      title,
      _detick,
    ]),
    [
      ['tab_8', 'news.example', { facts: [] }],
      ['tab_7', 'shop.example', { site: 'shop.example', facts: TOLD }],
    ],
  );
  const [stopped, cleaned] = entries;
  assert.equal(entries.length, 2);
  assert.deepEqual(stopped.request.queryString, [
    { name: 'sdkid', value: '1' },
    { name: 'a', value: 'b c' },
  ]);
  assert.deepEqual(stopped._detick, {
    outcome: 'stand-in',
    site: 'shop.example',
    sourceUrl: 'https://shop.example/',
    type: 'script',
    company: 'TikTok',
    purpose: 'pixel',
    filter: '||analytics.tiktok.com^',
    list: 'tiktok.txt',
    line: 12,
  });
  assert.equal(stopped.comment, 'stand-in: TikTok: ||analytics.tiktok.com^ (tiktok.txt, line 12)');
  assert.equal(cleaned.response.redirectURL, 'https://news.example/');
  assert.equal(cleaned._detick.removed[0].name, 'utm_source');
});

test('what is missing in a HAR is found', () => {
  const saved = JSON.parse(toHar([entry()], '1', new Map()));
  delete saved.log.creator.name;
  saved.log.entries[0].request.extra = 1;
  saved.log.entries[0].timings.wait = -1;
  assert.deepEqual(flaws(HAR, saved, 'har'), [
    'har.log.creator.name is missing',
    'har.log.entries[0].request.extra is not HAR',
    'har.log.entries[0].timings.wait is no count',
  ]);
});

test('values of what would have been told are in a report alone, and only where they are asked for', () => {
  const facts = new Map([[7, { site: 'shop.example', learned: LEARNED }]]);
  assert.doesNotMatch(toHar([entry()], '1.2.3', facts), /Secret|AnnBooked|39\.90/);
  const [page] = JSON.parse(toHar([entry()], '1.2.3', facts, true)).log.pages;
  assert.deepEqual(
    page._detick.facts,
    LEARNED.map(({ gathered: _, ...fact }) => fact),
  );
});

test('the names of events that are told are those that the report tells', () => {
  const words = readFileSync(new URL('../../src/report/words.rs', import.meta.url), 'utf8');
  const [, listed = ''] = /STANDARD_EVENTS: \[&str; \d+\] = \[(.*?)\];/s.exec(words) ?? [];
  const names = [...listed.matchAll(/"(\w+)"/g)].map(([, name = '']) => name);
  assert.ok(names.length > 20);
  const learned = names.map((text) => /** @type {Learned} */ ({ kind: 'event', text }));
  const [page] = JSON.parse(toHar([entry()], '1.2.3', new Map([[7, { site: '', learned }]]))).log.pages;
  assert.deepEqual(page._detick.facts, learned);
});

/** @param {Partial<Recent>} change @returns {Recent} */
const remembered = (change) => ({
  ...{ time: 1000, tabId: 7, site: 'shop.example', from: 'shop.example', type: 'ping', method: 'POST' },
  ...{ url: 'https://analytics.tiktok.com/api', outcome: 'blocked', filter: '||a^', list: 'tiktok.txt', line: 3 },
  ...change,
});

/** @param {Partial<Stopped>} change @returns {Stopped} */
const stopped = (change) => ({
  ...{ url: 'https://analytics.tiktok.com/api', host: 'analytics.tiktok.com', type: 'ping', action: 'blocked' },
  ...{ company: 'TikTok', purpose: 'pixel', filter: '||a^', list: 'tiktok.txt', line: 3, count: 1 },
  ...change,
});

test('of a page as many requests are reported as were counted, the last that are remembered with their time', () => {
  const recent = [
    remembered({ time: 1 }), // of another page of the site, which the tab showed before
    remembered({ time: 2 }),
    remembered({ time: 3, site: 'news.example' }),
    remembered({ time: 4, tabId: 8 }),
    remembered({ time: 5, outcome: 'paused', url: 'https://www.tiktok.com/embed.js', filter: '||b^' }),
    remembered({ time: 6 }),
  ];
  const record = {
    ...{ host: 'shop.example', page: 'x', count: 5, learned: [] },
    stopped: [stopped({ count: 2 }), stopped({ type: 'image', count: 3 })],
    passed: [
      { why: /** @type {const} */ ('paused'), host: 'www.tiktok.com', filter: '', count: 1 },
      { why: /** @type {const} */ ('video'), host: 'www.tiktok.com', filter: '', count: 1 },
    ],
  };
  const told = requestsOf(7, record, recent).map(({ time, type, url, outcome }) => [time, type, url, outcome]);
  const image = [Number.NaN, 'image', 'https://analytics.tiktok.com/api', 'blocked'];
  assert.deepEqual(told, [
    [2, 'ping', 'https://analytics.tiktok.com/api', 'blocked'],
    [5, 'ping', 'https://www.tiktok.com/embed.js', 'paused'],
    [6, 'ping', 'https://analytics.tiktok.com/api', 'blocked'],
    ...[image, image, image],
    [Number.NaN, 'other', 'https://www.tiktok.com/', 'passed'],
  ]);
  const { entries } = JSON.parse(toHar(requestsOf(7, record, recent), '1.2.3', new Map())).log;
  assert.equal(entries[3].startedDateTime, '');
});
