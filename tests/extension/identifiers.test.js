// The script beside each page that tells what the pixel's surrogate says: a page can play the surrogate.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { joinContent } from '../../scripts/join.mjs';

/** @import { Here, Messages } from '../../extension/types.js' */

const SCRIPT = await joinContent('content/everywhere.js');

/** Nobody has chosen anything. @type {Here} */
const ORDINARY = { paused: false, embeds: 'ask', clearsView: false };

/** A page in which the script has run. @param {Here} [here] */
function page(here = ORDINARY) {
  const document = new EventTarget();
  const fonts = new EventTarget();
  const node = new EventTarget();
  class MouseEvent extends Event {
    relatedTarget = node;
  }
  const listeners = new EventTarget();
  /** @type {Record<string, string>} */
  const sessionStorage = {};
  /** @type {Record<string, string>} */
  const localStorage = {};
  for (const storage of [sessionStorage, localStorage])
    Object.defineProperty(storage, 'removeItem', { value: (/** @type {string} */ name) => delete storage[name] });
  /** What is to be done a second and more from now. @type {(() => void)[]} */
  const later = [];
  let asked = 0;
  /** @type {{ name: string, payload: Messages['pixelReports'][0] }[]} */
  const told = [];
  const scope = createContext({
    document: Object.assign(document, { fonts, querySelectorAll: () => [] }),
    MutationObserver: class {
      observe() {
        return undefined;
      }
      disconnect() {
        return undefined;
      }
    },
    ...{ CustomEvent, MouseEvent },
    addEventListener: listeners.addEventListener.bind(listeners),
    setTimeout: (/** @type {() => void} */ work, /** @type {number} */ ms) =>
      ms < 1000 ? setTimeout(work, 1) : later.push(work),
    clearTimeout,
    queueMicrotask,
    location: { href: 'https://www.shop.example/' },
    URL,
    sessionStorage,
    localStorage,
    chrome: {
      runtime: {
        id: 'detick',
        getURL: () => 'chrome-extension://detick/',
        onMessage: { addListener: () => undefined },
        sendMessage: async (/** @type {(typeof told)[0]} */ message) => {
          if (message.name !== 'settingsHere') return told.push(message);
          asked += 1;
          return { ok: true, value: here };
        },
      },
    },
  });
  runInContext(SCRIPT, scope);
  fonts.dispatchEvent(new MouseEvent('told'));
  /** Plays the surrogate. @param {string} detail */
  const say = (detail) => node.dispatchEvent(new CustomEvent('told', { detail }));
  /** @param {string} detail */
  const gathers = (detail) => node.dispatchEvent(new CustomEvent('gathered', { detail }));
  /** Has a page hand over a node too. @param {string} detail */
  const forge = (detail) => {
    const own = Object.assign(new MouseEvent('told'), { relatedTarget: new EventTarget() });
    fonts.dispatchEvent(own);
    for (const target of [document, fonts, own.relatedTarget])
      for (const type of ['told', 'detick-ttq']) target.dispatchEvent(new CustomEvent(type, { detail }));
  };
  /** What is told of all that was said. */
  const reports = async () => {
    await new Promise((done) => setTimeout(done, 20));
    return told.map(({ payload }) => [...payload.reports]); // a list of this world, which compares
  };
  const load = (/** @type {Event} */ event) => listeners.dispatchEvent(event);
  return { say, gathers, forge, reports, load, sessionStorage, localStorage, later, told, asked: () => asked };
}

test('what the surrogate says is told at once, each report once', async () => {
  const { say, reports } = page();
  for (const report of ['{"event":"Search"}', '{"event":"Search"}', '{"event":"AddToCart"}']) say(report);
  assert.deepEqual(await reports(), [['{"event":"Search"}', '{"event":"AddToCart"}']]);
});

test('it is told before any timer runs, and what is gathered does not hold it back', async () => {
  const { say, gathers, reports, told } = page();
  gathers('{"auto_collected_properties":{}}');
  await reports();
  assert.equal(told.length, 1);
  say('{"event":"PlaceAnOrder"}');
  await Promise.resolve();
  assert.equal(told.length, 2);
});

test('only the node that was handed over before the page began is listened to', async () => {
  const { say, forge, reports } = page();
  forge('{"event":"CompletePayment"}');
  say('{"event":"Search"}');
  assert.deepEqual(await reports(), [['{"event":"Search"}']]);
});

test('of what a page makes up little is told at a time, and little in all', async () => {
  const { say, reports } = page();
  for (let index = 0; index < 300; index += 1) say(`{"event":"${index}"}`);
  assert.deepEqual(
    (await reports()).map(({ length }) => length),
    [50],
  );
  for (let round = 0; round < 20; round += 1) {
    for (let index = 0; index < 60; index += 1) say(`{"event":"${round} ${index}"}`);
    await reports();
  }
  assert.equal((await reports()).flat().length, 500);
});

test('what the surrogate gathers besides is told apart from what the page told', async () => {
  const { say, gathers, reports, told } = page();
  say('{"event":"Search"}');
  gathers('{"auto_collected_properties":{}}');
  assert.deepEqual(await reports(), [['{"event":"Search"}']]);
  assert.ok([...(told[0]?.payload.gathered ?? [])].includes('{"auto_collected_properties":{}}'));
});

test('what is too long to be the surrogate’s is not read', async () => {
  const { say, reports } = page();
  say(`{"event":"${'x'.repeat(16_000)}"}`);
  assert.deepEqual(await reports(), []);
});

test('what was said right before a page is left is told as it is left', () => {
  const { say, load, told } = page();
  say('{"event":"PlaceAnOrder"}');
  load(trusted('pagehide'));
  assert.equal(told.length, 1);
});

test('what a page says in its own last moments is told at once, as its timers run no more', () => {
  const { say, load, told } = page();
  load(trusted('pagehide'));
  say('{"event":"Leave"}');
  assert.equal(told.length, 1);
});

test('events that a page makes up delete and tell nothing', async () => {
  const { load, sessionStorage, told } = page();
  sessionStorage.tt_appInfo = '';
  load(new Event('load'));
  load(new Event('pagehide'));
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual([Object.keys(sessionStorage), told], [['tt_appInfo'], []]);
});

test('what is deleted is told by its stem, once', async () => {
  const { load, sessionStorage, told } = page();
  for (let index = 0; index < 300; index += 1) sessionStorage[`tt_pixel_is_enrich_ipv6_triggered ${index}`] = '';
  Object.assign(sessionStorage, { tt_appInfo: '', tt_appInfoMine: '', mine: '' });
  load(trusted('load'));
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual(Object.keys(sessionStorage), ['tt_appInfoMine', 'mine']);
  const [first] = told;
  const payload = /** @type {Messages['storedIdentifiers'][0] | undefined} */ (/** @type {unknown} */ (first?.payload));
  assert.deepEqual(
    [payload?.site, [...(payload?.names ?? [])]],
    ['shop.example', ['tt_pixel_is_enrich_ipv6_triggered', 'tt_appInfo']],
  );
});

/** @param {string} type @returns {Event} as the browser makes it */
function trusted(type) {
  return Object.defineProperty(new Event(type), 'isTrusted', { value: true });
}

test('what plug-ins keep is deleted too, whenever the page wrote it', async () => {
  const { load, later, sessionStorage, localStorage } = page();
  for (const look of [() => load(trusted('click')), () => load(trusted('visibilitychange')), ...later]) {
    Object.assign(localStorage, { ttclid: '', tiktok_ttclid: '', ttclids: '', mine: '' });
    sessionStorage._ttclid = '';
    look();
    await new Promise((done) => setTimeout(done, 5));
    assert.deepEqual([Object.keys(localStorage), Object.keys(sessionStorage)], [['ttclids', 'mine'], []]);
  }
  assert.equal(later.length, 3);
});

test('on a page without identifiers nobody is woken to be asked', async () => {
  const { load, sessionStorage, asked } = page();
  Object.assign(sessionStorage, { mine: '' });
  for (const type of ['load', 'pagehide']) load(trusted(type));
  await new Promise((done) => setTimeout(done, 20));
  assert.equal(asked(), 0);
});

test('what two events find is deleted and told once, of one answer', async () => {
  const { load, sessionStorage, told, asked } = page();
  Object.assign(sessionStorage, { tt_appInfo: '' });
  for (const type of ['load', 'pagehide']) load(trusted(type));
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual([Object.keys(sessionStorage), told.length, asked()], [[], 1, 1]);
});

test('where Detick rests, identifiers stay', async () => {
  const { load, sessionStorage, told } = page({ ...ORDINARY, paused: true });
  Object.assign(sessionStorage, { tt_appInfo: '' });
  load(trusted('load'));
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual([Object.keys(sessionStorage), told], [['tt_appInfo'], []]);
});
