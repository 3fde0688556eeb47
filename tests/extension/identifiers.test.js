// The script beside each page that tells what the pixel's stand-in counted: a page can play the stand-in.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';

/** @import { Messages } from '../../extension/types.js' */

const SCRIPT = await readFile(new URL('../../extension/content/identifiers.js', import.meta.url), 'utf8');

/** A page in which the script has run. */
function page() {
  const document = new EventTarget();
  const listeners = new EventTarget();
  /** @type {Record<string, string>} */
  const sessionStorage = {};
  Object.defineProperty(sessionStorage, 'removeItem', {
    value: (/** @type {string} */ name) => delete sessionStorage[name],
  });
  /** @type {{ name: string, payload: Messages['pixelCalls'][0] }[]} */
  const told = [];
  const scope = createContext({
    document,
    CustomEvent,
    addEventListener: listeners.addEventListener.bind(listeners),
    setTimeout: (/** @type {() => void} */ work) => setTimeout(work, 1),
    location: { hostname: 'shop.example' },
    sessionStorage,
    chrome: {
      storage: { local: { get: async () => ({}) } },
      runtime: { sendMessage: (/** @type {(typeof told)[0]} */ message) => told.push(message) },
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
  return { count, payload, load, sessionStorage, told };
}

test('what the stand-in counts is told at once, as sums', async () => {
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

test('what is too long to be the stand-in’s is not read', async () => {
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
  const event = new Event('load');
  Object.defineProperty(event, 'isTrusted', { value: true });
  load(event);
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual(Object.keys(sessionStorage), ['tt_appInfoMine', 'mine']);
  const [first] = told;
  const payload = /** @type {Messages['storedIdentifiers'][0] | undefined} */ (/** @type {unknown} */ (first?.payload));
  assert.deepEqual(
    [payload?.site, [...(payload?.names ?? [])]],
    ['shop.example', ['tt_pixel_is_enrich_ipv6_triggered', 'tt_appInfo']],
  );
});
