import assert from 'node:assert/strict';
import { test } from 'node:test';
import './fake-browser.js';

const { Entries, matches, MOST, toLines } = await import('../../extension/log/entries.js');
const { suggestions } = await import('../../extension/log/suggest.js');

/** @typedef {import('../../extension/log/entries.js').Entry} Entry */

/** @param {Partial<Entry>} [change] @returns {Omit<Entry, 'id'>} */
function entry(change = {}) {
  return {
    time: 0,
    tabId: 1,
    site: 'shop.example',
    isPrivate: false,
    type: 'script',
    method: 'GET',
    url: 'https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=1',
    asker: 'https://shop.example/',
    outcome: 'blocked',
    company: 'TikTok',
    list: 'tiktok.txt',
    line: 12,
    filter: '||analytics.tiktok.com^',
    ...change,
  };
}

const ANY = /** @type {const} */ ({ text: '', tabId: undefined, outcome: 'any' });

test('the log holds the last requests, and never more than it may', () => {
  const entries = new Entries();
  for (let number = 0; number < MOST + 10; number += 1) entries.add(entry({ time: number }));
  assert.equal(entries.size, MOST);
  const found = entries.matching(ANY);
  assert.equal(found[0]?.time, MOST + 9);
  assert.equal(found.at(-1)?.time, 10);
});

test('an endless address takes no endless room', () => {
  const held = new Entries().add(entry({ url: `https://a.example/${'x'.repeat(1_000_000)}` }));
  assert.equal(held.url.length, 2000);
});

test('entries are found by every word, by tab, and by what became of them', () => {
  const one = { ...entry(), id: 1 };
  assert.ok(matches(one, { ...ANY, text: 'TIKTOK  events' }));
  assert.ok(matches(one, { ...ANY, text: 'tiktok.txt' }));
  assert.ok(!matches(one, { ...ANY, text: 'tiktok google' }));
  assert.ok(matches(one, { ...ANY, tabId: 1, outcome: 'stopped' }));
  assert.ok(!matches(one, { ...ANY, tabId: 2 }));
  assert.ok(!matches(one, { ...ANY, outcome: 'passed' }));
  assert.ok(!matches({ ...one, outcome: 'passed' }, { ...ANY, outcome: 'stopped' }));
});

test('a tab is called by the site that it showed last', () => {
  const entries = new Entries();
  for (const site of ['news.example', 'shop.example']) entries.add(entry({ site }));
  entries.add(entry({ tabId: -1, site: '' }));
  assert.deepEqual(
    [...entries.tabs()],
    [
      [1, 'shop.example'],
      [-1, ''],
    ],
  );
});

test('a saved log has one entry a line, and nothing of private windows', () => {
  const entries = new Entries();
  entries.add(entry({ time: Date.UTC(2026, 10, 22) }));
  entries.add(entry({ isPrivate: true }));
  const lines = toLines(entries.all).split('\n');
  assert.deepEqual(lines.slice(1), ['']);
  const { time, outcome, line } = JSON.parse(lines[0] ?? '');
  assert.deepEqual({ time, outcome, line }, { time: '2026-11-22T00:00:00.000Z', outcome: 'blocked', line: 12 });
});

test('a stopped request suggests lines that let it through, any other lines that stop it', () => {
  assert.deepEqual(suggestions(entry()), [
    '@@||analytics.tiktok.com^',
    '@@||analytics.tiktok.com^$domain=shop.example',
    '@@||analytics.tiktok.com/i18n/pixel/events.js',
  ]);
  assert.deepEqual(suggestions(entry({ outcome: 'passed', url: 'https://cdn.shop.example/' })), [
    '||cdn.shop.example^',
  ]);
  assert.deepEqual(suggestions(entry({ outcome: 'passed', url: 'wss://live.example/a*b', site: '' })), [
    '||live.example^',
  ]);
  assert.deepEqual(suggestions(entry({ url: 'about:blank' })), []);
});
