import assert from 'node:assert/strict';
import { test } from 'node:test';
import './fake-browser.js';

const { effectOf, mistake } = await import('../../extension/log/effect.js');
const { Entries, matches, MOST } = await import('../../extension/log/entries.js');
const { inSight } = await import('../../extension/log/in-sight.js');
const { opensEverywhere, suggestions } = await import('../../extension/log/suggest.js');
const { lineFor } = await import('../../extension/shared/exceptions.js');

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

const ANY = /** @type {const} */ ({ text: '', tabId: undefined, group: 'any' });

test('the log holds the last requests, and never more than it may', () => {
  const entries = new Entries();
  for (let number = 0; number < MOST + 10; number += 1) entries.add(entry({ time: number }));
  assert.equal(entries.all.length, MOST);
  const { found } = entries.matching(ANY);
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
  assert.ok(matches(one, { ...ANY, tabId: 1, group: 'stopped' }));
  assert.ok(!matches(one, { ...ANY, tabId: 2 }));
  assert.ok(!matches(one, { ...ANY, group: 'rest' }));
  assert.ok(!matches({ ...one, outcome: 'passed' }, { ...ANY, group: 'stopped' }));
});

test('each group says how many it has, of those that words and tab leave', () => {
  const entries = new Entries();
  for (const outcome of /** @type {const} */ ([
    'blocked',
    'stand-in',
    'allowed',
    'paused',
    'cleaned',
    'passed',
    'ended',
  ]))
    entries.add(entry({ outcome }));
  entries.add(entry({ tabId: 2 }));
  const { found, numbers } = entries.matching({ ...ANY, tabId: 1, group: 'through' });
  assert.deepEqual(
    found.map(({ outcome }) => outcome),
    ['paused', 'allowed'],
  );
  assert.deepEqual(numbers, { any: 7, stopped: 2, through: 2, cleaned: 1, rest: 2 });
});

test('what was kept from before comes first, each request once, and is gone once the log is emptied', () => {
  /** @type {import('../../extension/types.js').Recent} */
  const kept = {
    ...{ time: 5, tabId: 1, site: 'shop.example', from: 'shop.example', type: 'script', method: 'GET' },
    ...{ url: 'https://analytics.tiktok.com/e.js', outcome: 'blocked', filter: '', list: '', line: 0 },
  };
  const entries = new Entries();
  entries.add(entry({ time: 9 }));
  entries.addEarlier([kept]);
  entries.addEarlier([kept, { ...kept, time: 6 }]);
  assert.deepEqual(
    entries.all.map(({ time, isEarlier, asker }) => [time, isEarlier, asker]),
    [
      [5, true, 'https://shop.example/'],
      [6, true, 'https://shop.example/'],
      [9, undefined, 'https://shop.example/'],
    ],
  );
  entries.clear();
  entries.addEarlier([kept]);
  assert.equal(entries.all.length, 0);
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

test('a stopped request is offered the narrowest line for its site first, as the popup would write it', () => {
  const stopped = entry();
  assert.deepEqual(suggestions(stopped), [
    { line: '@@||analytics.tiktok.com/i18n/pixel/events.js$domain=shop.example', key: 'lineThisHere' },
    { line: '@@||analytics.tiktok.com^$domain=shop.example', key: 'lineHostHere' },
    { line: '@@||analytics.tiktok.com/i18n/pixel/events.js', key: 'lineThis' },
    { line: '@@||analytics.tiktok.com^', key: 'lineHost' },
  ]);
  assert.equal(suggestions(stopped)[0]?.line, lineFor('shop.example', 'analytics.tiktok.com', '/i18n/pixel/events.js'));
  assert.deepEqual(
    suggestions(entry({ url: 'https://www.tiktok.com/a', site: 'tiktok.com' })).map(({ key }) => key),
    ['lineThisHere', 'lineHostHere', 'lineThis', 'lineHost'],
  );
  assert.deepEqual(suggestions(entry({ type: 'main_frame', url: 'https://ads.tiktok.com/' })), [
    { line: '@@||ads.tiktok.com^$document', key: 'linePages' },
  ]);
  assert.deepEqual(suggestions(entry({ url: 'about:blank' })), []);
});

test('any other request is offered lines that stop it', () => {
  assert.deepEqual(suggestions(entry({ outcome: 'passed', url: 'https://cdn.shop.example/' })), [
    { line: '||cdn.shop.example^', key: 'lineHost' },
  ]);
  assert.deepEqual(suggestions(entry({ outcome: 'passed', url: 'wss://live.example/a*b', site: '' })), [
    { line: '||live.example^', key: 'lineHost' },
  ]);
});

test('every line that is offered is right, and does to its request what it says', async () => {
  const elsewhere = { ...entry({ site: 'other.example', asker: 'https://other.example/' }), id: 2 };
  for (const one of [
    entry(),
    entry({ outcome: 'passed', url: 'https://cdn.example/lib.js' }),
    entry({ type: 'main_frame', site: 'mon.tiktokv.com', url: 'https://mon.tiktokv.com/a', asker: '' }),
    entry({ type: 'main_frame', outcome: 'passed', site: 'news.example', url: 'https://news.example/a', asker: '' }),
  ]) {
    const offered = suggestions(one);
    assert.ok(offered.length > 1);
    for (const { line, key } of offered) {
      assert.equal(await mistake(line), undefined, line);
      const { stops, lets } = await effectOf(line, [{ ...one, id: 1 }]);
      assert.deepEqual({ stops, lets }, one.outcome === 'passed' ? { stops: 1, lets: 0 } : { stops: 0, lets: 1 }, line);
      const other = await effectOf(line, [elsewhere]);
      if (/Here$/.test(key)) assert.deepEqual(other, { stops: 0, lets: 0 }, line);
    }
  }
});

test('a line that opens the web is told from one that names its sites', () => {
  for (const line of [
    '@@||a.example^',
    ' @@||a.example^$script',
    '@@||a.example^$domain=~b.example',
    '@@*',
    '@@||a.example/x',
  ])
    assert.equal(opensEverywhere(line), true, line);
  for (const line of ['@@||a.example^$domain=b.example', '@@||a.example^$script,from=b.example', '||a.example^'])
    assert.equal(opensEverywhere(line), false, line);
});

test('of a long list what is in sight is drawn, at its place, and what is kept with its neighbours', () => {
  const all = Array.from({ length: 1000 }, (_, index) => ({ id: 1000 - index }));
  const heightOf = (/** @type {{ id: number }} */ { id }) => (id === 999 ? 100 : 30);
  const { places, height } = inSight(all, heightOf, { from: 100, to: 200 }, [500, undefined, 5000]);
  assert.equal(height, 1000 * 30 + 70);
  assert.deepEqual(
    places.map(({ entry, index, top }) => [entry.id, index, top]),
    [
      [999, 1, 30],
      [998, 2, 130],
      [997, 3, 160],
      [996, 4, 190],
      [501, 499, 499 * 30 + 70],
      [500, 500, 500 * 30 + 70],
      [499, 501, 501 * 30 + 70],
    ],
  );
  assert.deepEqual(inSight([], heightOf, { from: 0, to: 100 }, [1]), { places: [], height: 0 });
});
