import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { events, reset, settle } from './fake-browser.js';

/** What was done to pages. @type {string[]} */
const replaced = [];

Object.assign(chrome.scripting, {
  executeScript: async (/** @type {{ args: string[] }} */ { args }) => {
    replaced.push(args.join(' -> '));
    return [{ result: true }];
  },
});

const breaker = await import('../../extension/background/requests/breaker.js');
const addresses = await import('../../extension/background/links/addresses.js');
const { engine } = await import('../../extension/engine/engine.js');
await engine();

const CLEAN = 'https://shop.example/p?id=1';
const DIRTY = `${CLEAN}&utm_source=a`;

let tabId = 300;

breaker.watch();
addresses.watch();
beforeEach(() => {
  reset();
  replaced.length = 0;
  tabId += 1;
});

/** The page puts an address of its own there. @param {string} url */
async function put(url) {
  events.onHistoryStateUpdated.fire({ tabId, frameId: 0, url });
  await settle();
}

test('what a page puts into its address is taken out', async () => {
  await put(DIRTY);
  assert.deepEqual(replaced, [`${DIRTY} -> ${CLEAN}`]);
});

test('a page that puts it back keeps it, and loses it at its next address', async () => {
  for (let index = 0; index < 10; index += 1) await put(DIRTY);
  assert.equal(replaced.length, 1);
  await put(`${DIRTY}&page=2`);
  assert.equal(replaced.length, 2);
});

test('the next page begins anew', async () => {
  await put(DIRTY);
  await put(DIRTY);
  events.onCommitted.fire({ tabId, frameId: 0, url: 'https://news.example/' });
  await put(DIRTY);
  assert.equal(replaced.length, 2);
});
