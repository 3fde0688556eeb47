import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { events, reset, settle, world } from './fake-browser.js';
import './lives.js'; // gives the modules of each life addresses of their own

const { withDays } = await import('../../extension/background/requests/totals.js');

/** @typedef {import('../../extension/types.js').TabRecord} TabRecord */
/** @typedef {typeof import('../../extension/background/requests/counts.js')} Counts */
/** @typedef {typeof import('../../extension/background/requests/visits.js')} Visits */
/** @typedef {typeof import('../../extension/background/requests/tab-records.js')} Tabs */

const PIXEL = {
  url: 'https://analytics.tiktok.com/api/v2/pixel',
  host: 'analytics.tiktok.com',
  type: 'ping',
  action: /** @type {const} */ ('blocked'),
  company: 'TikTok',
  purpose: 'pixel',
  filter: '||analytics$to=tiktok.com',
  list: 'tiktok',
  line: 13,
};
const SHOP = 'https://shop.example/p?id=1';

let lives = 0;

/** A worker that has just started: the module afresh, as after a kill. */
async function wake() {
  for (const event of Object.values(events)) event.listeners = [];
  lives += 1;
  const badge = await import(`../../extension/background/icon/badge.js?life=${lives}`);
  const [counts, visits, tabs] = await Promise.all(
    ['counts', 'visits', 'tab-records'].map(
      (name) => import(`../../extension/background/requests/${name}.js?life=${lives}`),
    ),
  );
  visits.watch();
  badge.watch();
  return /** @type {Counts & Visits & Tabs} */ ({ ...counts, ...visits, ...tabs });
}

/** @param {number} tabId @returns {TabRecord | undefined} */
const stored = (tabId) => /** @type {TabRecord | undefined} */ (world.session.data[`tab:${tabId}`]);

/** @param {number} tabId @param {string} url @param {object} [more] */
const commit = (tabId, url, more) => events.onCommitted.fire({ tabId, frameId: 0, url, timeStamp: 20, ...more });

beforeEach(reset);

test('requests are counted by kind, written and shown on the badge', async () => {
  const counts = await wake();
  commit(1, SHOP);
  counts.add(1, PIXEL, SHOP);
  counts.add(1, PIXEL, SHOP);
  counts.add(1, { ...PIXEL, type: 'image' }, SHOP);
  await counts.flush();
  assert.equal(stored(1)?.count, 3);
  assert.deepEqual(
    stored(1)?.stopped.map((one) => one.count),
    [2, 1],
  );
  assert.equal(world.badges.get(1), '3');
});

test('a burst is written once, soon', async () => {
  const counts = await wake();
  await settle(250);
  const before = world.session.writes;
  for (let i = 0; i < 50; i += 1) counts.add(1, PIXEL, SHOP);
  await settle(300);
  assert.equal(world.session.writes - before, 1);
  assert.equal(stored(1)?.count, 50);
});

test('a steady stream is written all the same, within a second or so', async () => {
  const counts = await wake();
  const end = Date.now() + 1300;
  while (Date.now() < end) {
    counts.add(1, PIXEL, SHOP);
    await settle(50);
  }
  assert.ok((stored(1)?.count ?? 0) > 0);
  await settle(300);
});

test('a worker that was killed goes on counting where it stopped', async () => {
  const first = await wake();
  commit(1, SHOP);
  first.add(1, PIXEL, SHOP);
  await first.flush();
  const second = await wake();
  second.add(1, PIXEL, SHOP);
  await second.flush();
  assert.equal(stored(1)?.count, 2);
  assert.deepEqual(
    stored(1)?.stopped.map((one) => one.count),
    [2],
  );
  assert.equal(world.badges.get(1), '2');
});

test('storage that is slow to read loses nothing and resets nothing', async () => {
  const learned = /** @type {[]} */ ([]);
  world.session.data = {
    'tab:1': { host: 'shop.example', page: 'x', count: 5, stopped: [{ ...PIXEL, count: 5 }], learned },
  };
  /** @type {(() => void)[]} */
  const readers = [];
  world.session.readable = new Promise((read) => readers.push(() => read(undefined)));
  const counts = await wake();
  counts.add(1, PIXEL, SHOP);
  await settle(300);
  assert.equal(stored(1)?.count, 5, 'nothing is written over what was not read');
  for (const read of readers) read();
  await settle(50);
  assert.equal(stored(1)?.count, 6);
});

test('a navigation begins anew, also when storage still holds the page before', async () => {
  const first = await wake();
  first.add(1, PIXEL, SHOP);
  await first.flush();
  const second = await wake();
  commit(1, 'https://news.example/');
  await second.flush();
  assert.equal(stored(1), undefined);
  assert.equal(world.badges.get(1), '');
});

test('frames and prerendered pages do not reset the tab', async () => {
  const counts = await wake();
  commit(1, SHOP);
  counts.add(1, PIXEL, SHOP);
  events.onCommitted.fire({ tabId: 1, frameId: 7, url: 'https://frame.example/' });
  commit(1, 'https://next.example/', { documentLifecycle: 'prerender' });
  await counts.flush();
  assert.equal(stored(1)?.count, 1);
});

test('what a page asks for before its tab has switched is its own', async () => {
  const counts = await wake();
  commit(1, 'https://news.example/');
  counts.add(1, PIXEL, 'https://news.example/');
  counts.begin(1, SHOP);
  counts.add(1, PIXEL, SHOP);
  commit(1, SHOP);
  await counts.flush();
  assert.equal(stored(1)?.count, 1);
  assert.equal(stored(1)?.host, 'shop.example');
});

test("a request that is told of before its page is the page's all the same", async () => {
  const counts = await wake();
  commit(1, 'https://news.example/');
  counts.ask({ tabId: 1, requestId: '1', url: SHOP });
  counts.add(1, PIXEL, 'https://news.example/'); // the last of the page that is left
  counts.add(1, PIXEL, SHOP);
  commit(1, SHOP);
  counts.add(1, PIXEL, SHOP);
  counts.ask({ tabId: 2, requestId: '2', url: SHOP }); // a new tab
  counts.add(2, PIXEL, SHOP);
  commit(2, SHOP);
  await counts.flush();
  for (const tabId of [1, 2]) assert.equal(stored(tabId)?.host, 'shop.example');
  assert.deepEqual([stored(1)?.count, stored(2)?.count], [2, 1]);
});

test('what is told late of a page takes nothing from the one that the tab has asked for since', async () => {
  const counts = await wake();
  const arrival = { from: `${SHOP}&ttclid=1`, url: SHOP, removed: [], unwrapped: [] };
  const late = [
    () => commit(0, 'about:blank'),
    () => events.onErrorOccurred.fire({ tabId: 1, frameId: 0, url: 'https://news.example/' }),
  ];
  for (const [id, tell] of late.entries()) {
    counts.ask({ tabId: id, requestId: 'any', url: arrival.from });
    counts.comesBy(id, arrival);
    counts.ask({ tabId: id, requestId: 'any', url: SHOP });
    counts.add(id, PIXEL, SHOP);
    tell();
    counts.add(id, PIXEL, SHOP);
    commit(id, SHOP);
    await counts.flush();
    assert.deepEqual([stored(id)?.count, stored(id)?.arrival], [2, { removed: [], unwrapped: [] }]);
  }
});

test('a page out of memory has its numbers again, also where the tab had asked for another that never came', async () => {
  const counts = await wake();
  commit(1, SHOP);
  counts.add(1, PIXEL, SHOP);
  commit(1, 'https://news.example/');
  counts.ask({ tabId: 1, requestId: '1', url: 'https://other.example/nothing' });
  commit(1, SHOP, { transitionQualifiers: ['forward_back'] });
  await counts.flush();
  assert.equal(stored(1)?.count, 1);
});

test('how an address was cleaned is not told of the page that the tab asks for instead', async () => {
  const counts = await wake();
  counts.ask({ tabId: 1, requestId: '1', url: `${SHOP}&ttclid=1` });
  counts.comesBy(1, { from: `${SHOP}&ttclid=1`, url: SHOP, removed: [], unwrapped: [] });
  counts.ask({ tabId: 1, requestId: '2', url: SHOP });
  commit(1, SHOP);
  await counts.flush();
  assert.equal(stored(1)?.arrival, undefined);
});

test('a download leaves the page and its numbers', async () => {
  const counts = await wake();
  commit(1, SHOP);
  counts.add(1, PIXEL, SHOP);
  counts.begin(1, 'https://shop.example/file.zip');
  counts.add(1, PIXEL, SHOP);
  events.onErrorOccurred.fire({ tabId: 1, frameId: 0 });
  await counts.flush();
  assert.equal(stored(1)?.count, 2);
});

test('a cleaned address is shown where the tab arrives, several steps as one', async () => {
  const counts = await wake();
  const ttclid = { name: 'ttclid', rule: '$removeparam=ttclid', why: 'the ad you clicked' };
  const from = 'https://go.example/?u=x';
  counts.addArrival(1, { from, url: `${SHOP}&ttclid=1`, removed: [], unwrapped: ['go.example'] }, 10);
  counts.addArrival(1, { from: `${SHOP}&ttclid=1`, url: SHOP, removed: [ttclid], unwrapped: [] }, 11);
  commit(1, 'chrome-extension://detick/unwrap.html#x');
  commit(1, SHOP);
  await counts.flush();
  assert.deepEqual(stored(1)?.arrival, { removed: [ttclid], unwrapped: ['go.example'] });
  assert.equal(await counts.originalAddress({ tabId: 1, url: SHOP }), from);
  assert.equal(await counts.originalAddress({ tabId: 1, url: 'https://shop.example/other' }), undefined);
  commit(1, SHOP);
  await counts.flush();
  assert.equal(stored(1)?.arrival, undefined);
});

test('a cleaned address that is explained late belongs to the page that came of it', async () => {
  const counts = await wake();
  const arrival = { from: `${SHOP}&ttclid=1`, url: SHOP, removed: [], unwrapped: [] };
  commit(1, SHOP);
  counts.addArrival(1, arrival, 10);
  await counts.flush();
  assert.deepEqual(stored(1)?.arrival, { removed: [], unwrapped: [] });
  commit(1, SHOP, { timeStamp: 40 });
  await counts.flush();
  assert.equal(stored(1)?.arrival, undefined);
  counts.addArrival(1, arrival, 30);
  commit(1, 'https://news.example/', { timeStamp: 60 });
  counts.addArrival(1, arrival, 50);
  await counts.flush();
  assert.equal(stored(1)?.arrival, undefined);
});

const BACK = { transitionQualifiers: ['forward_back'] };

test('a page out of memory has its numbers again, one that is asked for anew begins at nothing', async () => {
  const counts = await wake();
  commit(1, SHOP);
  counts.add(1, PIXEL, SHOP);
  commit(1, 'https://news.example/');
  commit(1, SHOP, BACK);
  await counts.flush();
  assert.equal(stored(1)?.count, 1);
  assert.equal(world.badges.get(1), '1');
  commit(1, 'https://news.example/', BACK);
  counts.ask({ tabId: 1, requestId: '1', url: SHOP });
  commit(1, SHOP, BACK);
  await counts.flush();
  assert.equal(stored(1), undefined);
});

test('where documents have names, those tell which page comes back', async () => {
  const counts = await wake();
  commit(1, SHOP, { documentId: 'A' });
  counts.add(1, PIXEL, SHOP);
  commit(1, SHOP, { documentId: 'B' });
  await counts.flush();
  assert.equal(stored(1), undefined);
  commit(1, SHOP, { documentId: 'A', ...BACK });
  await counts.flush();
  assert.equal(stored(1)?.count, 1);
});

test('a worker that a returning page wakes finds its numbers', async () => {
  const first = await wake();
  commit(1, SHOP);
  first.add(1, PIXEL, SHOP);
  commit(1, 'https://news.example/');
  await first.flush();
  const second = await wake();
  commit(1, SHOP, BACK);
  second.add(1, PIXEL, SHOP);
  await second.flush();
  assert.equal(stored(1)?.count, 2);
});

test('only some pages are kept, with some of what was stopped there', async () => {
  const counts = await wake();
  commit(1, SHOP);
  for (let i = 0; i < 100; i += 1) counts.add(1, { ...PIXEL, url: `${PIXEL.url}/${i}` }, SHOP);
  for (let i = 0; i < 20; i += 1) {
    commit(1, `https://news.example/${i}`);
    counts.add(1, PIXEL, 'https://news.example/');
  }
  await counts.flush();
  const left = /** @type {TabRecord[]} */ (world.session.data['left:1']);
  assert.equal(left.length, 8);
  commit(1, SHOP, { ...BACK, documentId: 'A' });
  await counts.flush();
  assert.equal(stored(1), undefined);
  commit(2, SHOP);
  for (let i = 0; i < 100; i += 1) counts.add(2, { ...PIXEL, url: `${PIXEL.url}/${i}` }, SHOP);
  commit(2, 'https://news.example/');
  commit(2, SHOP, BACK);
  await counts.flush();
  assert.equal(stored(2)?.count, 100);
  assert.equal(stored(2)?.stopped.length, 40);
});

test('what reports would have told is kept with the page, once, and goes with it', async () => {
  const counts = await wake();
  const fact = { kind: /** @type {const} */ ('event'), text: 'AddToCart' };
  commit(1, SHOP);
  counts.learn(1, [fact], SHOP);
  counts.learn(1, [fact, { ...fact, text: 'Pageview' }], SHOP);
  await counts.flush();
  assert.deepEqual(stored(1)?.learned, [fact, { ...fact, text: 'Pageview' }]);
  const many = Array.from({ length: 200 }, (_, i) => ({ ...fact, text: String(i) }));
  counts.learn(1, many, SHOP);
  await counts.flush();
  assert.equal(stored(1)?.learned.length, 60);
  commit(1, 'https://news.example/');
  await counts.flush();
  assert.equal(stored(1), undefined);
});

test('what a worker in no tab asks for is counted once, and shown in all tabs of its site', async () => {
  const counts = await wake();
  commit(1, SHOP);
  commit(2, SHOP);
  commit(3, 'https://news.example/');
  counts.add(-1, PIXEL, SHOP);
  counts.learn(-1, [{ kind: 'event', text: 'AddToCart' }], SHOP);
  await counts.flush();
  for (const tab of [1, 2]) {
    assert.equal(stored(tab)?.count, 1);
    assert.equal(stored(tab)?.learned.length, 1);
  }
  assert.equal(stored(3), undefined);
  const { all } = /** @type {{ all: number }} */ (world.local.data.totals);
  assert.equal(all, 1);
});

test('what a page says while it is left is its own, not that of the page that comes', async () => {
  const counts = await wake();
  const [order, leaving] = /** @type {const} */ (['PlaceAnOrder', 'Leave']).map(
    (text) => /** @type {const} */ ({ kind: 'event', text }),
  );
  commit(1, SHOP);
  counts.add(1, PIXEL, SHOP);
  commit(1, 'https://news.example/');
  counts.learnOf(
    { tabId: 1, url: SHOP },
    [order, leaving].filter((fact) => fact !== undefined),
  );
  await counts.flush();
  assert.equal(stored(1), undefined);
  const [left] = /** @type {TabRecord[]} */ (world.session.data['left:1']);
  assert.deepEqual(
    left?.learned.map(({ text }) => text),
    ['PlaceAnOrder', 'Leave'],
  );
  commit(1, SHOP, BACK);
  await counts.flush();
  assert.equal(stored(1)?.learned.length, 2);
});

test('what the pixel would have gathered by itself is told as such, unless the page told it the same', async () => {
  const counts = await wake();
  const [title, product] = /** @type {const} */ ([
    { kind: 'title', text: 'Shoes' },
    { kind: 'product', text: 'Red shoes' },
  ]);
  const gathered = /** @type {const} */ ({ gathered: true });
  commit(1, SHOP);
  counts.learn(1, [product], SHOP);
  counts.learn(
    1,
    [
      { ...title, ...gathered },
      { ...product, ...gathered },
    ],
    SHOP,
  );
  await counts.flush();
  assert.deepEqual(stored(1)?.learned, [product, { ...title, ...gathered }]);
  counts.learn(1, [title], SHOP);
  await counts.flush();
  assert.deepEqual(stored(1)?.learned, [product, title]);
});

test('of how far somebody read, how long they stayed and how often they clicked, the last report is told alone', async () => {
  const counts = await wake();
  commit(1, SHOP);
  const seen = (/** @type {string} */ text) => /** @type {const} */ ({ kind: 'read_to', text, gathered: true });
  counts.learn(1, [seen('25 %'), { kind: 'clicks', text: '1' }, { kind: 'stayed_ms', text: '1000' }], SHOP);
  counts.learn(1, [seen('75 %'), { kind: 'clicks', text: '3' }, { kind: 'stayed_ms', text: '9000' }], SHOP);
  await counts.flush();
  assert.deepEqual(stored(1)?.learned, [
    seen('75 %'),
    { kind: 'clicks', text: '3' },
    { kind: 'stayed_ms', text: '9000' },
  ]);
});

const SECRET = 'https://shop.example/inbox?token=SECRET#frag=PRIVATE';

test('no address of a page is stored, in whatever way it was come to, and nothing of a page where nothing was stopped', async () => {
  const counts = await wake();
  for (const url of [SECRET, 'https://news.example/SECRET', SECRET]) commit(1, url);
  await counts.flush();
  assert.deepEqual(world.session.data, {});
  const facts = [
    { kind: /** @type {const} */ ('page'), text: SECRET },
    { kind: /** @type {const} */ ('referrer'), text: 'https://shop.example/#PRIVATE' },
    { kind: /** @type {const} */ ('click_id'), text: 'E.C.P.0123456789SECRET' },
  ];
  counts.addArrival(1, { from: `${SECRET}&ttclid=SECRET`, url: SECRET, removed: [], unwrapped: [] }, 21);
  commit(1, SECRET);
  counts.add(1, PIXEL, SECRET);
  counts.learn(1, facts, SECRET);
  await counts.flush();
  commit(1, 'https://news.example/SECRET');
  await counts.flush();
  commit(1, SECRET, BACK);
  counts.tidied(1, { from: SECRET, url: `${SECRET}SECRET`, removed: [], unwrapped: [] });
  counts.add(2, PIXEL, SECRET); // a tab of which nothing has been heard
  await counts.flush();
  assert.deepEqual([stored(1)?.count, stored(2)?.count], [1, 1]);
  assert.deepEqual(
    stored(1)?.learned.map(({ text }) => text),
    ['https://shop.example/inbox?…', 'https://shop.example/#…', 'E.C.P.0123456789…'],
  );
  assert.doesNotMatch(JSON.stringify([world.session.data, world.local.data]), /SECRET|PRIVATE/);
});

test('a worker that wakes on a page without a record knows what the tab shows, and stores nothing of it', async () => {
  world.tabs = [{ id: 1, url: SECRET }];
  world.session.data = {
    'tab:1': { host: 'left.example', page: 'x', count: 5, stopped: [], learned: [] },
  };
  const counts = await wake();
  await settle(10);
  assert.equal(counts.pageUrl(1), 'https://shop.example/');
  counts.add(1, PIXEL, 'https://frame.example/');
  await counts.flush();
  assert.deepEqual([stored(1)?.host, stored(1)?.count], ['shop.example', 1]);
});

test('kinds are bounded, the number stays exact', async () => {
  const counts = await wake();
  for (let i = 0; i < 700; i += 1) counts.add(1, { ...PIXEL, url: `${PIXEL.url}/${i}` }, SHOP);
  await counts.flush();
  assert.equal(stored(1)?.count, 700);
  assert.equal(stored(1)?.stopped.length, 500);
});

test('a closed tab is forgotten', async () => {
  const counts = await wake();
  counts.add(1, PIXEL, SHOP);
  await counts.flush();
  events.onRemoved.fire(1);
  await counts.flush();
  assert.equal(stored(1), undefined);
});

test('totals add up over days and workers, old days go', async () => {
  const days = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`2020-01-${String(i).padStart(2, '0')}`, 1]));
  const totals = withDays({ since: '2020-01-01', all: 60, days }, new Map([['2020-05-01', 2]]));
  assert.equal(totals.all, 62);
  assert.equal(Object.keys(totals.days).length, 60);
  assert.equal(totals.days['2020-01-00'], undefined);
  const counts = await wake();
  counts.add(1, PIXEL, SHOP);
  counts.add(-1, PIXEL, '');
  await counts.flush();
  await (await wake()).flush();
  assert.equal(/** @type {{ all: number }} */ (world.local.data.totals).all, 2);
});

test('the badge can be turned off and on', async () => {
  const counts = await wake();
  counts.add(1, PIXEL, SHOP);
  await counts.flush();
  await world.local.set({ settings: { badge: false } });
  await settle(10);
  assert.equal(world.badges.get(1), '');
  await world.local.set({ settings: { badge: true } });
  await settle(10);
  assert.equal(world.badges.get(1), '1');
});
