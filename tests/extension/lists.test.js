// Subscriptions: what is fetched and when, what is put in force, and what stays in force whatever goes wrong.

import assert from 'node:assert/strict';
import { beforeEach, describe, mock, test } from 'node:test';
import { isWaiting } from './awaited.js';
import { events, reset, world } from './fake-browser.js';
import { disk } from './fake-indexeddb.js';

/** @import { ListSet, ListState, Subscription, Verdict } from '../../extension/types.js' */

const HOUR_MS = 3_600_000;
const URL_A = 'https://lists.example/a.txt';
const URL_B = 'https://lists.example/b.txt';
const LIST_A = '! Title: List A\n! Expires: 2 days\n||ads.example^\n||pixel.example^$script\n';

/** What was asked of the servers. @type {{ url: string, init: RequestInit }[]} */
let asked = [];

/** What they answer. @type {Map<string, () => Response | Promise<Response>>} */
const servers = new Map();

const inside = globalThis.fetch;
globalThis.fetch = async (input, init = {}) => {
  if (!String(input).startsWith('https://')) return inside(input, init);
  asked.push({ url: String(input), init });
  const serve = servers.get(String(input));
  if (!serve) throw new TypeError('fetch failed');
  const aborted = new Promise((_, reject) => {
    init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
  });
  return /** @type {Promise<Response>} */ (Promise.race([serve(), aborted]));
};

/** @param {string | Uint8Array | null} body @param {ResponseInit} [init] */
const answer = (body, init) => () => new Response(/** @type {BodyInit} */ (body), init);

const { watch, updateList, vouch } = await import('../../extension/background/lists/lists.js');
const { compile } = await import('../../extension/background/lists/compiler.js');
const { change, engine } = await import('../../extension/engine/engine.js');
const { quoted } = await import('../../extension/engine/lines.js');
const ownLines = await import('../../extension/stored/own-lines.js');
const { sayOwnLines } = await import('../../extension/shared/trust.js');
const settings = await import('../../extension/stored/settings.js');
const states = await import('../../extension/stored/list-states.js');
const { serve } = await import('../../extension/shared/messages.js');
watch();
serve({ vouch });

beforeEach(async () => {
  world.local.data.ownLines = undefined;
  disk.full = undefined;
  await choose([]);
  reset();
  disk.stores = new Map(['heads', 'texts', 'force'].map((name) => [name, new Map()]));
  servers.clear();
  asked = [];
  mock.timers.reset();
});

/**
 * Writes which lists there are, as the settings page does, and waits for what follows.
 *
 * @param {Partial<Subscription>[]} lists
 */
async function choose(lists) {
  const whole = lists.map((list) => ({ url: URL_A, on: true, trusted: false, ...list }));
  await world.local.set({ settings: { lists: whole } });
  await quiet();
}

/** @param {() => unknown} holds */
async function until(holds) {
  const deadline = performance.now() + 15_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${holds}`);
    await turn();
  }
}

/** One round of whatever waits; no timer, which a test may hold back. */
const turn = () => new Promise((done) => setImmediate(done));

/** Waits until what is switched on is in force, or says why not, and nothing goes on for fifty rounds. */
async function quiet() {
  for (let round = 0; round < 50; round += 1) {
    await until(() => isSettled() && !isWaiting());
    await turn();
  }
}

function isSettled() {
  const chosen = /** @type {{ lists?: Subscription[] } | undefined} */ (world.local.data.settings)?.lists ?? [];
  const on = chosen.filter((list) => list.on).map(({ url }) => url);
  const own = /** @type {{ text?: string } | undefined} */ (world.local.data.ownLines)?.text ?? '';
  const wanted = [...on.filter((url) => stateOf(url).fetched), ...(own.trim() === '' ? [] : [''])];
  const isQuiet = [...chosen.map(({ url }) => stateOf(url)), set()].every(({ doing }) => !doing);
  const isTold = on.every((url) => stateOf(url).checked || stateOf(url).problem);
  return (
    isQuiet &&
    isTold &&
    wanted.sort().join() ===
      Object.keys(set().counts ?? {})
        .sort()
        .join()
  );
}

/** @param {string} [url] */
const stateOf = (url = URL_A) =>
  /** @type {Record<string, ListState> | undefined} */ (world.local.data.listStates)?.[url] ?? { failures: 0 };
const set = () => /** @type {ListSet} */ (world.local.data.listSet ?? {});

/** @param {string} url @param {string} [type] @param {string} [page] */
const check = async (url, type = 'image', page = 'https://news.example/') =>
  (await engine()).check(url, page, type, 'GET');

/** @param {Verdict | undefined} verdict */
const lineOf = async (verdict) => verdict && (await quoted(verdict)).filter;

/** @returns {chrome.declarativeNetRequest.Rule[]} those of lists and own lines */
const listRules = () =>
  /** @type {chrome.declarativeNetRequest.Rule[]} */ (world.dynamic.rules).filter(({ id }) => id >= 1_000_000);

const blockedHosts = () => listRules().flatMap((rule) => rule.condition.requestDomains ?? []);

test('nothing is asked of anybody in an hour while nothing is switched on', async () => {
  mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 0 });
  events.onInstalled.fire();
  events.onStartup.fire();
  await choose([{ on: false }]);
  for (let minute = 0; minute < 60; minute += 1) {
    mock.timers.tick(60_000);
    for (const name of Object.keys(world.alarms)) events.onAlarm.fire({ name });
    await new Promise((done) => setImmediate(done));
  }
  assert.deepEqual(asked, []);
  assert.equal('lists' in world.alarms, false);
});

test('a list that is switched on is fetched without cookies or referrer, and is in force in rules and engine', async () => {
  servers.set(URL_A, answer(LIST_A));
  await choose([{}]);
  assert.deepEqual(
    asked.map(({ url, init }) => [url, init.credentials, init.referrerPolicy]),
    [[URL_A, 'omit', 'no-referrer']],
  );
  assert.deepEqual(blockedHosts().sort(), ['ads.example', 'pixel.example']);
  const verdict = await check('https://ads.example/banner.gif');
  assert.deepEqual([verdict?.action, verdict?.list, verdict?.line], ['block', 'List A', 3]);
  assert.equal(stateOf().title, 'List A');
  assert.equal(set().counts?.[URL_A]?.converted, 2);
});

test('its text is stored once, and a line of it is read there', async () => {
  servers.set(URL_A, answer(LIST_A));
  await choose([{}]);
  const stored = disk.stores.get('force')?.get('image');
  const image = Buffer.from(/** @type {Uint8Array} */ (stored));
  assert.equal(image.includes('pixel.example^$script'), false);
  assert.equal(await lineOf(await check('https://ads.example/banner.gif')), '||ads.example^');
  assert.equal((await check('https://ads.example/banner.gif'))?.filter, '||ads.example^');
  assert.equal(await lineOf(await check('https://pixel.example/x.js', 'script')), '||pixel.example^$script');
});

test('what was decided before an update is told with its own line, or with none', async () => {
  servers.set(URL_A, answer('! Title: List A\n||first.example^\n||second.example^\n'));
  await choose([{}]);
  const before = await check('https://second.example/');
  servers.set(URL_A, answer('! Title: List A\n||zeroth.example^\n||first.example^\n||second.example^\n'));
  await updateList({ url: URL_A });
  assert.equal(before?.line, 3);
  assert.equal(await lineOf(before), '');
  const after = await check('https://second.example/');
  assert.deepEqual([after?.line, await lineOf(after)], [4, '||second.example^']);
});

test('an image of the version before, which has the text itself, decides and quotes', async () => {
  const part = { name: 'List A', bytes: new TextEncoder().encode(LIST_A), trusted: true, own: true };
  const { image, report: _ } = await compile({ parts: [part], budget: { rules: 9, unsafe: 9, regex: 9 } });
  await change({ meta: { key: 'old', version: 'old', unwrap: [] }, image });
  const verdict = await check('https://ads.example/banner.gif');
  assert.deepEqual([verdict?.line, verdict?.filter], [3, '||ads.example^']);
  await change(undefined);
  assert.equal(await check('https://ads.example/banner.gif'), undefined);
});

test('switching it off restores what was before, and on again needs nobody', async () => {
  servers.set(URL_A, answer(LIST_A));
  await choose([{}]);
  await choose([{ on: false }]);
  assert.deepEqual(blockedHosts(), []);
  assert.equal(await check('https://ads.example/banner.gif'), undefined);
  assert.equal('lists' in world.alarms, false);
  await choose([{}]);
  assert.deepEqual(blockedHosts().sort(), ['ads.example', 'pixel.example']);
  assert.equal(asked.length, 1);
});

test('a list that is removed leaves nothing behind', async () => {
  servers.set(URL_A, answer(LIST_A));
  await choose([{}]);
  await choose([]);
  assert.deepEqual(
    ['heads', 'texts', 'force'].map((name) => disk.stores.get(name)?.size),
    [0, 0, 0],
  );
  assert.deepEqual(world.local.data.listStates, {});
});

test('it is due when it says so, a little later at most, and then asked for as by somebody who was never there', async () => {
  const headers = { etag: '"user-4711"', 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' };
  servers.set(URL_A, answer(LIST_A, { headers }));
  const before = Date.now();
  await choose([{}]);
  const { when } = /** @type {{ when: number }} */ (world.alarms.lists);
  assert.ok(when >= before + 48 * HOUR_MS && when <= Date.now() + 53 * HOUR_MS, `${when - before}`);

  events.onAlarm.fire({ name: 'lists' });
  await quiet();
  assert.equal(asked.length, 1, 'it was not due yet');

  const { ms } = set();
  mock.timers.enable({ apis: ['Date'], now: when });
  events.onAlarm.fire({ name: 'lists' });
  await quiet();
  const [first, second] = asked.map(({ init: { signal: _, ...rest } }) => rest);
  assert.deepEqual(second, first);
  assert.ok(!JSON.stringify([...disk.stores].map(([name, entries]) => [name, ...entries])).includes('user-4711'));
  // The same bytes are the same list: nothing is compiled again.
  assert.equal(set().ms, ms);
  assert.equal(stateOf().checked, when);
  assert.ok(Number(stateOf().fetched) < when);
  assert.deepEqual(blockedHosts().sort(), ['ads.example', 'pixel.example']);
});

test('an update replaces the list, and rules that stay the same are not touched', async () => {
  servers.set(URL_A, answer(LIST_A));
  await choose([{}]);
  const before = new Map(listRules().map((rule) => [rule.id, rule]));
  servers.set(URL_A, answer(`${LIST_A}||more.example^$image\n`));
  await updateList({ url: URL_A });
  assert.deepEqual(blockedHosts().sort(), ['ads.example', 'more.example', 'pixel.example']);
  assert.equal(listRules().filter((rule) => before.get(rule.id) === rule).length, before.size);
});

/** @type {[string, () => Response | Promise<Response>, string, (string | number)[]][]} */
const FAULTS = [
  ['a 404', answer('not here', { status: 404 }), 'listStatus', [404]],
  ['a web page', answer('<!doctype html><title>Welcome</title><p>||ads.example^'), 'listIsPage', []],
  ['bytes that are no text', answer(new Uint8Array(4000).map((_, at) => (at * 197) % 251)), 'listIsNoText', []],
  ['nothing', answer(''), 'listIsEmpty', []],
  ['a text without filters', answer('! Title: Empty\n! nothing\n'), 'listIsNoList', []],
  ['a body cut short', answer('||ads.ex', { headers: { 'content-length': '100' } }), 'listCutShort', []],
  ['a body that says it is too long', answer('', { headers: { 'content-length': '200000000' } }), 'listTooLarge', [32]],
  ['a body that never ends', () => new Response(endless()), 'listTooLarge', [32]],
  ['a server that sends on to http', () => sentOn('http://lists.example/a.txt'), 'listNotHttps', []],
  [
    'a server that cannot be reached',
    () => Promise.reject(new TypeError('fetch failed')),
    'listUnreachable',
    ['lists.example'],
  ],
  ['a connection that breaks', () => new Response(breaking()), 'listUnreachable', ['lists.example']],
];

/** @param {string} url where the answer came from in the end */
function sentOn(url) {
  return Object.defineProperty(new Response(LIST_A), 'url', { value: url });
}

function endless() {
  const piece = new TextEncoder().encode('||ads.example^\n'.repeat(100_000));
  return new ReadableStream({ pull: (control) => control.enqueue(piece) });
}

function breaking() {
  let pieces = 0;
  return new ReadableStream({
    pull: (control) =>
      pieces++ === 0
        ? control.enqueue(new TextEncoder().encode('||x.example^\n'))
        : control.error(new TypeError('broken')),
  });
}

for (const [name, fault, key, values] of FAULTS) {
  test(`${name}: the old version stays in force, and the list says why`, async () => {
    servers.set(URL_A, answer(LIST_A));
    await choose([{}]);
    const rules = structuredClone(listRules());
    servers.set(URL_A, fault);
    await updateList({ url: URL_A });
    await quiet();
    assert.deepEqual(stateOf().problem, { key, values });
    assert.equal(stateOf().doing, undefined);
    assert.deepEqual(listRules(), rules);
    assert.equal((await check('https://ads.example/banner.gif'))?.line, 3);

    servers.set(URL_A, answer(LIST_A));
    await updateList({ url: URL_A });
    assert.equal(stateOf().problem, undefined);
    assert.equal(stateOf().failures, 0);
  });
}

test('a server that says nothing is given up', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  servers.set(URL_A, () => new Promise(() => undefined));
  const choosing = choose([{}]);
  await until(() => stateOf().doing === 'fetching' && asked.length === 1);
  mock.timers.tick(20_001);
  await choosing;
  assert.equal(stateOf().problem?.key, 'listTooSlow');
});

test('after failures it waits longer and longer, a day at most', async () => {
  const waits = [];
  servers.set(URL_A, answer('', { status: 500 }));
  await choose([{}]);
  for (let failure = 1; failure <= 12; failure += 1) {
    waits.push((Number(stateOf().next) - Date.now()) / HOUR_MS);
    await updateList({ url: URL_A });
  }
  waits.forEach((hours, index) => {
    const usual = Math.min(24, 2 ** index / 12);
    assert.ok(hours > usual * 0.74 && hours < usual * 1.26, `${index + 1}: ${hours} hours`);
  });
});

test('a server that asks for patience gets it', async () => {
  servers.set(URL_A, answer('', { status: 503, headers: { 'retry-after': '7200' } }));
  await choose([{}]);
  assert.ok(Number(stateOf().next) > Date.now() + 1.99 * HOUR_MS);
});

test('a list that is switched off while it is fetched is not waited for, and has no complaint', async () => {
  servers.set(URL_A, () => new Promise(() => undefined));
  choose([{}]);
  await until(() => stateOf().doing === 'fetching' && asked.length === 1);
  await choose([{ on: false }]);
  assert.equal(stateOf().doing, undefined);
  assert.equal(stateOf().problem, undefined);
});

test('files that a list includes are fetched, from beside it only', async () => {
  servers.set(
    URL_A,
    answer('! Title: Mother\n!#include more/child.txt\n!#include https://other.example/c.txt\n||a.example^\n'),
  );
  servers.set('https://lists.example/more/child.txt', answer('||child.example^\n'));
  await choose([{}]);
  assert.deepEqual(
    asked.map(({ url }) => url),
    [URL_A, 'https://lists.example/more/child.txt'],
  );
  assert.equal((await check('https://child.example/x'))?.list, 'Mother › more/child.txt');
});

test('an included file without a line for the engine is no fault; a list that is nothing else is', async () => {
  servers.set(URL_A, answer('!#include hiding.txt\n||a.example^\n'));
  servers.set('https://lists.example/hiding.txt', answer('a.example##.ad\n'));
  await choose([{}]);
  assert.equal(stateOf().problem, undefined);
  assert.deepEqual(blockedHosts(), ['a.example']);
  servers.set(URL_B, answer('a.example##.ad\n'));
  await choose([{ url: URL_B }]);
  assert.equal(stateOf(URL_B).problem?.key, 'listIsNoList');
});

test('files from elsewhere are not asked for, however that is written', async () => {
  const elsewhere = ['../up.txt', 'more/../../up.txt', '%2e%2e/up.txt', '/top/../../up.txt', '//other.example/a.txt'];
  const odd = [
    '\\\\other.example\\a.txt',
    'file:///etc/hosts',
    'data:text/plain,||a.example^',
    'http://lists.example/a.txt',
  ];
  const url = 'https://lists.example/folder/a.txt';
  servers.set(url, answer(`${[...elsewhere, ...odd].map((file) => `!#include ${file}\n`).join('')}||a.example^\n`));
  await choose([{ url }]);
  assert.deepEqual(
    asked.map((one) => one.url),
    [url],
  );
  assert.deepEqual(blockedHosts(), ['a.example']);
});

test('files that include each other are fetched once each', async () => {
  servers.set(URL_A, answer('! Title: A\n!#include b.txt\n!#include a.txt\n!#include b.txt#again\n||a.example^\n'));
  servers.set(URL_B, answer('!#include a.txt\n!#include b.txt\n||b.example^\n'));
  await choose([{}]);
  assert.deepEqual(
    asked.map(({ url }) => url),
    [URL_A, URL_B],
  );
  assert.deepEqual(blockedHosts().sort(), ['a.example', 'b.example']);
});

test('files are included four deep and no deeper, and 32 of them at most', async () => {
  const deeper = (/** @type {number} */ at) => `!#include ${at + 1}.txt\n`;
  const more = () => Array.from({ length: 40 }, (_, at) => `!#include ${at}.txt\n`).join('');
  for (const [url, includes, reason] of /** @type {const} */ ([
    [URL_A, deeper, /4 deep, and includes more/],
    [URL_B, more, /more than 31 files/],
  ])) {
    for (let at = 0; at < 40; at += 1)
      servers.set(`https://lists.example/${at}.txt`, answer(`${includes(at)}||a${at}.example^\n`));
    servers.set(url, answer(`${includes(-1)}||a.example^\n`));
    asked = [];
    await choose([{ url }]);
    assert.equal(stateOf(url).problem?.key, 'listFailed');
    assert.match(String(stateOf(url).problem?.values), reason);
    assert.ok(asked.length <= 32, `${asked.length} files`);
    assert.deepEqual(blockedHosts(), []);
  }
});

test('a line of a megabyte costs itself, and is counted', async () => {
  servers.set(URL_A, answer(`${LIST_A}||${'a'.repeat(2 ** 20)}.example^\n||more.example^\n`));
  await choose([{}]);
  assert.equal(set().counts?.[URL_A]?.unread, 1);
  assert.deepEqual(blockedHosts().sort(), ['ads.example', 'more.example', 'pixel.example']);
});

test('a list of a million lines is in force to its last line', async () => {
  const lines = Array.from({ length: 1_000_000 }, (_, at) => `||t${at}.example^`);
  servers.set(URL_A, answer(lines.join('\n')));
  await world.local.set({ settings: { lists: [{ url: URL_A, on: true, trusted: false }] } });
  const deadline = performance.now() + 300_000;
  while (!stateOf().checked && !stateOf().problem && performance.now() < deadline) await turn();
  assert.equal(stateOf().problem, undefined);
  const { converted = 0, left = 0 } = set().counts?.[URL_A] ?? {};
  assert.equal(converted + left, lines.length);
  assert.equal((await check('https://t999999.example/'))?.line, lines.length);
});

test('lines that could do harm need trust', async () => {
  servers.set(URL_A, answer('! Title: A\n||ads.example^\n||shop.example^$removeheader=content-security-policy\n'));
  await choose([{}]);
  assert.equal(set().counts?.[URL_A]?.unprivileged, 1);
  await trust(true);
  await until(() => set().counts?.[URL_A]?.unprivileged === 0);
  await trust(false);
  await until(() => set().counts?.[URL_A]?.unprivileged === 1);
});

/** Chooses it as the settings page does. @param {boolean} trusted */
const trust = (trusted) =>
  settings.update((chosen) => ({ ...chosen, lists: chosen.lists.map((list) => ({ ...list, trusted })) }));

test('a trust that only storage knows of does not count, not even beside one that was given', async () => {
  for (const url of [URL_A, URL_B])
    servers.set(url, answer(`! Title: ${url}\n||shop.example^$removeheader=content-security-policy\n`));
  await choose([{}, { url: URL_B }]);
  await choose([{ trusted: true }, { url: URL_B }]);
  assert.equal(set().counts?.[URL_A]?.unprivileged, 1);
  await settings.update((chosen) => ({ ...chosen, lists: chosen.lists.map((list) => ({ ...list, trusted: true })) }));
  await until(() => set().counts?.[URL_B]?.unprivileged === 0);
  assert.equal(set().counts?.[URL_A]?.unprivileged, 1);
});

test('own lines that only storage knows of are not in force', async () => {
  await ownLines.save('||mine.example^\n');
  await until(() => set().counts?.[''] !== undefined && !set().doing);
  await world.local.set({ ownLines: { text: '||shop.example^\n' } });
  await until(() => set().counts?.[''] === undefined && !set().doing);
  assert.equal(await check('https://shop.example/'), undefined);
  await ownLines.save('||mine.example^\n');
  await until(() => set().counts?.[''] !== undefined && !set().doing);
  assert.equal((await check('https://mine.example/'))?.line, 1);
});

test('lines of an organisation are in force in the place of the person’s, which come back', async () => {
  await ownLines.save('||mine.example^\n');
  await until(() => set().counts?.[''] !== undefined && !set().doing);
  const before = chrome.storage.managed;
  Object.assign(chrome.storage, { managed: { get: async () => ({ ownLines: ['||ours.example^'] }) } });
  const { key } = set();
  await choose([]);
  await until(() => set().key !== key && !set().doing);
  assert.equal((await check('https://ours.example/'))?.line, 1);
  assert.equal(await check('https://mine.example/'), undefined);
  Object.assign(chrome.storage, { managed: before });
  await choose([]);
  await until(() => set().key === key && !set().doing);
  assert.equal((await check('https://mine.example/'))?.line, 1);
});

test('own lines stay in force until the new ones are stored, and no longer', async () => {
  await ownLines.save('||old.example^\n');
  await until(() => set().counts?.[''] !== undefined && !set().doing);
  await sayOwnLines('||new.example^\n'); // and the page is closed
  await choose([]);
  assert.equal((await check('https://old.example/'))?.line, 1);
  const { key } = set();
  await ownLines.save('||new.example^\n');
  await until(() => set().key !== key && !set().doing);
  await world.local.set({ ownLines: { text: '||old.example^\n' } });
  await until(() => set().counts?.[''] === undefined && !set().doing);
  assert.equal(await check('https://old.example/'), undefined);
});

test('what was trusted before there was a record of it counts, once', async () => {
  world.local.data.ownLines = { text: '||mine.example^\n' };
  servers.set(URL_A, answer('! Title: A\n||shop.example^$removeheader=content-security-policy\n'));
  await choose([{ trusted: true }]);
  assert.equal(set().counts?.[URL_A]?.unprivileged, 0);
  assert.equal((await check('https://mine.example/'))?.line, 1);
  servers.set(URL_B, answer('! Title: B\n||shop.example^$removeheader=content-security-policy\n'));
  await choose([{ trusted: true }, { url: URL_B, trusted: true }]);
  assert.equal(set().counts?.[URL_B]?.unprivileged, 1);
});

test('lists with one name are told apart', async () => {
  for (const url of [URL_A, URL_B]) servers.set(url, answer(LIST_A));
  await choose([{}, { url: URL_B }]);
  assert.equal(stateOf(URL_B).problem, undefined);
  assert.equal(set().counts?.[URL_B]?.converted, 2);
});

test('own lines are in force at once, above all lists, and every line says which it is', async () => {
  servers.set(URL_A, answer(LIST_A));
  await choose([{}]);
  await ownLines.save('! mine\n@@||ads.example/logo.gif\n||mine.example^\n');
  await quiet();
  assert.notEqual((await check('https://ads.example/logo.gif'))?.action, 'block');
  assert.equal((await check('https://ads.example/banner.gif'))?.action, 'block');
  assert.equal((await check('https://mine.example/'))?.line, 3);
  const own = /** @type {chrome.declarativeNetRequest.Rule[]} */ (world.dynamic.rules).filter(
    ({ id }) => id >= 10_000_000,
  );
  assert.deepEqual(own.map(({ priority }) => priority).sort(), [1010, 1030]);
  await ownLines.save('');
  await quiet();
  assert.equal((await check('https://ads.example/logo.gif'))?.action, 'block');
});

test('own lines are not lost with what is stored of them', async () => {
  await ownLines.save('||first.example^');
  world.local.data.ownLines = 7;
  assert.equal(await ownLines.load(), '||first.example^');
  await assert.rejects(ownLines.save('x'.repeat(1_000_001)));
  assert.equal(await ownLines.load(), '||first.example^');
});

describe('how lists fare, as a settings page finds it', () => {
  const STATE = {
    doing: 'fetching',
    received: 1,
    fetched: 1,
    checked: 1,
    next: 1,
    failures: 1,
    problem: { key: 'listInterrupted', values: ['a', 1] },
    title: 'A',
    homepage: 'https://lists.example/',
  };
  const COUNTS = { lines: 1, converted: 1, refused: 0, left: 0, unread: 0, unprivileged: 0 };
  const SET = {
    doing: 'compiling',
    tries: 1,
    problem: STATE.problem,
    heeded: 'a',
    key: 'a',
    rules: 1,
    counts: { [URL_A]: COUNTS },
    ms: 1,
  };
  const WRONG = [null, -1, 0.5, ['a'], {}, { key: 'a', values: [{}] }, { [URL_A]: { ...COUNTS, lines: 'a' } }];

  /** @param {object} value @param {string} name */
  const without = (value, name) => Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));

  test('is what was written', async () => {
    await world.local.set({ listStates: { [URL_A]: STATE }, listSet: SET });
    assert.deepEqual(await states.all(), { [URL_A]: STATE });
    assert.deepEqual(await states.set(), SET);
  });

  for (const wrong of WRONG) {
    test(`has nothing in the place of ${JSON.stringify(wrong)}`, async () => {
      for (const name of Object.keys(STATE)) {
        await world.local.set({ listStates: { [URL_A]: { ...STATE, [name]: wrong } } });
        assert.deepEqual(await states.all(), { [URL_A]: { failures: 0, ...without(STATE, name) } }, name);
      }
      for (const name of Object.keys(SET)) {
        if (name === 'counts' && JSON.stringify(wrong) === '{}') continue; // of no list at all
        await world.local.set({ listSet: { ...SET, [name]: wrong } });
        assert.deepEqual(await states.set(), without(SET, name), name);
      }
    });
  }
});

test('surrogates are rules only with site access', async () => {
  servers.set(URL_A, answer('! Title: A\n||ads.example/ads.js$script,redirect=noop.js\n'));
  await choose([{}]);
  const kinds = () =>
    listRules()
      .map((rule) => rule.action.type)
      .sort();
  assert.deepEqual(kinds(), ['block', 'redirect']);
  world.hasAccess = false;
  events.onPermissionsRemoved.fire();
  await until(() => kinds().join() === 'block');
  world.hasAccess = true;
  events.onAdded.fire();
  await until(() => kinds().join() === 'block,redirect');
});

test('links are cleaned by the rules of lists only where the person wants that', async () => {
  servers.set(URL_A, answer('! Title: A\n||ads.example^\n||news.example^$removeparam=from\n'));
  await choose([{}]);
  const kinds = () =>
    listRules()
      .map((rule) => rule.action.type)
      .sort();
  assert.deepEqual(kinds(), ['block', 'redirect']);
  await settings.update((chosen) => ({ ...chosen, cleanOpened: false }));
  await until(() => kinds().join() === 'block');
  await settings.update((chosen) => ({ ...chosen, cleanOpened: true }));
  await until(() => kinds().join() === 'block,redirect');
});

test('a disk that is full leaves the old set, in rules and engine', async () => {
  servers.set(URL_A, answer(LIST_A));
  await choose([{}]);
  disk.full = new Error('The disk is full.');
  servers.set(URL_A, answer('! Title: List A\n||other.example^\n'));
  await updateList({ url: URL_A });
  await quiet();
  assert.deepEqual(stateOf().problem, { key: 'listFailed', values: ['The disk is full.'] });
  assert.deepEqual(blockedHosts().sort(), ['ads.example', 'pixel.example']);
  assert.equal(await check('https://other.example/'), undefined);
});

test('a rule that the browser refuses by its number is left out, one that it does not name leaves all as it was', async () => {
  servers.set(URL_A, answer(`${LIST_A}/ok^$image\n/bad^$image\n`));
  const isBad = (/** @type {{ id: number }} */ rule) => JSON.stringify(rule).includes('/bad^');
  const { update } = world.dynamic;
  const refusing = (/** @type {string} */ words) => async (/** @type {{ addRules?: { id: number }[] }} */ change) => {
    const bad = change.addRules?.find(isBad);
    if (bad) throw new Error(words.replace('ID', String(bad.id)));
    return update(change);
  };
  chrome.declarativeNetRequest.updateDynamicRules = /** @type {any} */ (refusing('Rule with id ID is too much.'));
  await choose([{}]);
  assert.equal(stateOf().problem, undefined);
  assert.equal(world.dynamic.rules.some(isBad), false);
  assert.ok(blockedHosts().includes('ads.example'));

  chrome.declarativeNetRequest.updateDynamicRules = /** @type {any} */ (refusing('No.'));
  const before = structuredClone(listRules());
  servers.set(URL_A, answer('||new.example^\n/bad^$script\n'));
  await updateList({ url: URL_A });
  assert.equal(stateOf().problem?.key, 'listFailed');
  assert.deepEqual(listRules(), before);
  chrome.declarativeNetRequest.updateDynamicRules = /** @type {any} */ (update);
});
