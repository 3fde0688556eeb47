// The script beside each page that tells what the pixel's surrogate counted: a page can play the surrogate.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { joinContent } from '../../scripts/join.mjs';

/** @import { Here, Messages } from '../../extension/types.js' */

const SCRIPT = await joinContent('content/everywhere.js');

/** Nobody has chosen anything. @type {Here} */
const ORDINARY = { paused: false, embeds: 'ask' };

/** A page in which the script has run. @param {Here} [here] */
function page(here = ORDINARY) {
  const document = new EventTarget();
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
  /** @type {{ name: string, payload: Messages['pixelCalls'][0] }[]} */
  const told = [];
  const scope = createContext({
    document: Object.assign(document, { querySelector: () => null }),
    MutationObserver: class {
      observe() {
        return undefined;
      }
    },
    CustomEvent,
    addEventListener: listeners.addEventListener.bind(listeners),
    setTimeout: (/** @type {() => void} */ work, /** @type {number} */ ms) =>
      ms < 1000 ? setTimeout(work, 1) : later.push(work),
    location: { hostname: 'shop.example' },
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
  const count = (/** @type {unknown} */ what) =>
    document.dispatchEvent(new CustomEvent('detick-ttq', { detail: JSON.stringify(what) }));
  /** What is told of all that was counted. */
  const payload = async () => {
    await new Promise((done) => setTimeout(done, 20));
    const { events, identity } = told[0]?.payload ?? { events: {}, identity: [] };
    return { events: { ...events }, identity: [...identity] }; // objects of this world, which compare
  };
  const load = (/** @type {Event} */ event) => listeners.dispatchEvent(event);
  return { count, payload, load, sessionStorage, localStorage, later, told, asked: () => asked };
}

test('what the surrogate counts is told at once, as sums', async () => {
  const { count, payload } = page();
  for (const what of [{ event: 'Search' }, { event: 'Search' }, { identity: ['email'] }]) count(what);
  assert.deepEqual(await payload(), { events: { Search: 2 }, identity: ['email'] });
});

test('of what a page makes up few names are told', async () => {
  const { count, payload } = page();
  for (let index = 0; index < 300; index += 1) count({ event: `event ${index}` });
  for (let index = 0; index < 300; index += 1) count({ identity: [`kind ${index}`] });
  const { events, identity } = await payload();
  assert.equal(Object.keys(events).length, 50);
  assert.equal(identity.length, 50);
});

test('of what a page makes up short names are told', async () => {
  const { count, payload } = page();
  count({ event: 'e'.repeat(101), identity: ['k'.repeat(101), 'email', { toString: null }] });
  assert.deepEqual(await payload(), { events: {}, identity: ['email'] });
});

test('what is too long to be the surrogate’s is not read', async () => {
  const { count, payload } = page();
  count({ event: 'Search', padding: ' '.repeat(2000) });
  assert.deepEqual(await payload(), { events: {}, identity: [] });
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
