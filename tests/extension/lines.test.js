// Lines of fetched lists: read of the file that was compiled, or not told at all.

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { reset, world } from './fake-browser.js';
import { disk } from './fake-indexeddb.js';

const { located, quoted } = await import('../../extension/engine/lines.js');
const tabs = await import('../../extension/background/requests/tab-records.js');
const recent = await import('../../extension/background/requests/recent.js');
const { lineAt } = await import('../../extension/shared/line-at.js');
const { toHar } = await import('../../extension/shared/har.js');
const { row } = await import('../../extension/log/row.js');
const { stoppedView } = await import('../../extension/popup/stopped.js');
const { text } = await import('../../extension/shared/text.js');
const { hashOf } = await import('../../extension/shared/trust.js');
const { addStopped } = await import('../../extension/stored/tab-record.js');

/** @import { Entry } from '../../extension/log/entries.js' */
/** @import { ListFile, Recent, RequestDetails, Stopped, TabRecord, Verdict } from '../../extension/types.js' */

const LIST = 'https://lists.example/a.txt';
const SHOP = 'https://shop.example/';

const bytesOf = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** Every file has a text of its own, so that nothing is known of it from another test. */
let files = 0;

/** @param {string} [text] @returns {Promise<ListFile>} as it was compiled, and as it is on the disk */
async function store(text = '||ads.example^\n||pixel.example^\n') {
  files += 1;
  const bytes = bytesOf(`${text}! ${files}\n`);
  disk.stores.set('texts', new Map([[`${LIST} ${LIST}`, bytes]]));
  return { list: LIST, url: LIST, hash: await hashOf(bytes) };
}

/** @param {number} line @returns {Verdict} */
const verdictOf = (line) => ({ action: 'block', filter: '', list: 'List A', line });

/** @param {ListFile} file @param {number} line @param {Partial<Stopped>} [more] @returns {Stopped} */
function stopped(file, line, more) {
  const request = { url: 'https://ads.example/x', host: 'ads.example', type: 'image', action: 'blocked' };
  const said = { company: 'Ads', purpose: '', filter: '', list: 'List A', line, file, count: 1, ...more };
  return /** @type {Stopped} */ ({ ...request, ...said });
}

beforeEach(() => {
  reset();
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
});

test('lines end as the compiler says, and are without blanks', () => {
  const text = '\ufeffone\n\n \u00a0three\u0085\t\r\nfour\rfive\r\r\u00fc seven\u2028\n\r\nnine \ufeff';
  const lines = ['one', '', 'three', 'four', 'five', '', '\u00fc seven', '', 'nine \ufeff', '', ''];
  assert.deepEqual(
    lines.map((_, index) => lineAt(bytesOf(text), index + 1)),
    lines,
  );
  assert.equal(lineAt(bytesOf('one\n'), 2), '');
  assert.equal(lineAt(bytesOf(''), 1), '');
  assert.equal(lineAt(new Uint8Array([0xff, 10, 0x61]), 2), 'a');
});

test('a line is read once, and known to the next verdict', async () => {
  const file = await store();
  const verdict = located(verdictOf(2), file);
  assert.deepEqual(verdict, { ...verdictOf(2), file });
  assert.deepEqual(await quoted(verdict), { ...verdictOf(2), filter: '||pixel.example^' });
  assert.deepEqual(located(verdictOf(2), file), { ...verdictOf(2), filter: '||pixel.example^' });
});

test('what has its text, or comes of no file, is left as it is', async () => {
  const file = await store();
  const own = { ...verdictOf(1), filter: '@@||ads.example^' };
  assert.equal(located(own, file), own);
  const shipped = verdictOf(1);
  assert.equal(located(shipped, undefined), shipped);
  assert.deepEqual(await quoted(own), own);
});

test('a file that was updated, is damaged or gone gives no line, least of all another', async () => {
  const file = await store();
  const texts = disk.stores.get('texts');
  const key = `${LIST} ${LIST}`;
  for (const bytes of [bytesOf('! Version: 2\n||ads.example^\n'), undefined]) {
    texts?.set(key, bytes);
    assert.deepEqual(await quoted(located(verdictOf(1), file)), verdictOf(1));
    mock.timers.tick(10_000);
  }
  const whole = bytesOf(`||ads.example^\n||pixel.example^\n! ${files}\n`);
  texts?.set(key, whole.with(3, 120));
  assert.deepEqual(await quoted(located(verdictOf(2), file)), verdictOf(2));
  mock.timers.tick(10_000);
  texts?.set(key, whole);
  assert.equal((await quoted(located(verdictOf(2), file))).filter, '||pixel.example^');
});

test('a disk that fails or never answers takes the line, and nothing else', async () => {
  const file = await store();
  disk.stores.get('texts')?.set(`${LIST} ${LIST}`, () => 'what cannot be read');
  const warn = mock.method(console, 'warn', () => undefined);
  assert.deepEqual(await quoted(located(verdictOf(1), file)), verdictOf(1));
  assert.equal(warn.mock.callCount(), 1);
  warn.mock.restore();

  const silent = await store();
  const read = mock.method(crypto.subtle, 'digest', () => new Promise(() => undefined));
  const waiting = quoted(located(verdictOf(1), silent));
  await new Promise((done) => setImmediate(done));
  mock.timers.tick(1000);
  assert.deepEqual(await waiting, verdictOf(1));
  read.mock.restore();
});

test('what was stopped is written with its line, and what turns out to be one kind is one', async () => {
  const file = await store();
  const record = tabs.pageOf(1, SHOP);
  for (const one of [stopped(file, 1), stopped(file, 2), stopped(file, 1)]) addStopped(record, one);
  addStopped(record, { ...stopped(file, 1), filter: '||ads.example^', file: undefined, count: 2 });
  tabs.changed(1);
  await tabs.flush();
  const stored = /** @type {TabRecord} */ (world.session.data['tab:1']);
  assert.equal(stored.count, 5);
  assert.deepEqual(
    stored.stopped.map(({ filter, line, file, count }) => [filter, line, file, count]),
    [
      ['||ads.example^', 1, undefined, 4],
      ['||pixel.example^', 2, undefined, 1],
    ],
  );
});

test('lines that cannot be told are not taken for one another', async () => {
  const file = await store();
  disk.stores.get('texts')?.clear();
  const record = tabs.pageOf(2, SHOP);
  for (const one of [stopped(file, 1), stopped(file, 2), stopped(file, 2)]) addStopped(record, one);
  tabs.changed(2);
  await tabs.flush();
  const stored = /** @type {TabRecord} */ (world.session.data['tab:2']);
  assert.deepEqual(
    stored.stopped.map(({ filter, line, count }) => [filter, line, count]),
    [
      ['', 1, 1],
      ['', 2, 2],
    ],
  );
});

test('what is counted while a line is read is counted too', async () => {
  const file = await store();
  const record = tabs.pageOf(3, SHOP);
  const first = stopped(file, 1);
  addStopped(record, first);
  tabs.changed(3);
  const writing = tabs.flush();
  addStopped(record, stopped(file, 1));
  await writing;
  addStopped(record, stopped(file, 1));
  tabs.changed(3);
  await tabs.flush();
  const stored = /** @type {TabRecord} */ (world.session.data['tab:3']);
  assert.deepEqual(
    stored.stopped.map(({ filter, count }) => [filter, count]),
    [['||ads.example^', 3]],
  );
});

test('what the log begins with has its lines', async () => {
  const file = await store();
  world.tabs = [{ id: 1 }];
  const request = { requestId: '1', url: 'https://ads.example/x', method: 'GET', type: 'image', tabId: 1, frameId: 0 };
  const details = /** @type {RequestDetails} */ ({ ...request, timeStamp: 1, documentUrl: SHOP });
  recent.note(details, 'blocked', located(verdictOf(1), file), SHOP);
  await recent.flush();
  const stored = /** @type {Recent[]} */ (world.session.data.recent);
  assert.deepEqual(
    stored.map(({ filter, ...rest }) => [filter, 'file' in rest]),
    [['||ads.example^', false]],
  );
});

test('popup, log and files name list and number where the line is not to be had, and say nothing else of it', () => {
  const told = { filter: '', list: 'List A', line: 3 };
  const request = { url: 'https://ads.example/x', host: 'ads.example', type: 'image', company: 'Ads', purpose: '' };
  /** @type {Stopped} */
  const one = { ...request, ...told, action: 'blocked', count: 1 };
  const record = { host: 'shop.example', page: '', count: 1, stopped: [one], learned: [] };
  const state = /** @type {any} */ ({
    site: 'shop.example',
    record,
    allowed: [],
    locked: [],
    totals: undefined,
    nowMs: 1,
  });
  const actions = /** @type {any} */ ({});
  /** @type {Entry} */
  const entry = {
    ...{ ...request, ...told, outcome: 'blocked', method: 'GET', asker: SHOP, isPrivate: false },
    ...{ id: 1, time: 1, tabId: 1, site: 'shop.example' },
  };
  const drawn = [stoppedView(state, actions), row({ entry, index: 0, top: 0 }, 1, true, true, actions)];
  for (const face of drawn.map((part) => JSON.stringify(part))) {
    assert.ok(face.includes(JSON.stringify(text('lineOfList', 3, 'List A')).slice(1, -1)), face);
    assert.ok(!face.includes(text('stoppedByBody')));
  }
  const [saved] = JSON.parse(toHar([entry], '1', new Map())).log.entries;
  assert.equal(saved.comment, 'blocked: Ads: (List A, line 3)');
});
