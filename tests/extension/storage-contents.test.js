/**
 * Whatever is found in storage, the background starts, protects and counts: a value that is not what it should be costs
 * that value at most.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { events, reset, world } from './fake-browser.js';
import { disk } from './fake-indexeddb.js';
import { Life, restore, snapshot } from './lives.js';

const { KEYS } = await import('../../extension/stored/keys.js');

/** @typedef {import('./lives.js').Snapshot} Snapshot */

const WRONG = [null, 7, 'text', [], [7], {}, { a: 7 }];

/** Here an object is a sound value, of somebody who chose nothing. */
const CHOICES = ['settings', 'settings:copy', 'ownLines', 'ownLines:copy'];
/** Every key that Detick writes to memory; those on the disk are found in a browser in which it was used. */
const IN_MEMORY = Object.entries(KEYS)
  .filter(([, { area }]) => area === 'session')
  .map(([name]) => (name === 'tab' || name === 'left' ? `${name}:7` : name));
const TAB = { id: 7, url: 'https://shop.example/', incognito: false };
const PIXEL = {
  url: 'https://analytics.tiktok.com/api/v2/pixel',
  type: 'image',
  method: 'GET',
  tabId: 7,
  frameId: 0,
  timeStamp: 0,
  documentUrl: TAB.url,
};

/** What nobody caught. @type {unknown[]} */
const uncaught = [];
const catchIt = (/** @type {unknown} */ error) => uncaught.push(error);

/** @returns {Promise<Snapshot>} a browser in which Detick has been used */
async function used() {
  reset();
  disk.stores = new Map();
  const life = await Life.start('whole');
  events.onInstalled.fire({ reason: 'install' });
  const settings = life.module('stored/settings.js');
  await settings.update((/** @type {object} */ chosen) => ({ ...chosen, keep: [{ host: 'news.example', name: 'q' }] }));
  await life.module('stored/own-lines.js').save('||mine.example^\n');
  await stop(life);
  await life.settle();
  await life.module('background/requests/tab-records.js').flush();
  await life.settle();
  life.kill();
  return snapshot();
}

/** A page with a pixel. @param {Life} life @returns {Promise<{cancel?: boolean}>} what is decided about it */
async function stop(life) {
  events.onCommitted.fire({ tabId: 7, frameId: 0, url: TAB.url, timeStamp: 0 });
  return life.module('background/requests/requests.js').decide(PIXEL);
}

describe('whatever is found in storage', () => {
  /** @type {Snapshot} */
  let state;
  before(async () => {
    process.on('unhandledRejection', catchIt);
    state = await used();
  });
  after(() => process.off('unhandledRejection', catchIt));

  for (const area of /** @type {const} */ (['local', 'session'])) {
    test(`in storage.${area}, Detick starts, protects and counts`, async () => {
      const keys = area === 'local' ? Object.keys(state.local) : IN_MEMORY;
      assert.ok(keys.length >= 8, String(keys));
      for (const key of keys) {
        for (const wrong of CHOICES.includes(key) ? WRONG.slice(0, 5) : WRONG) {
          const where = `${key}: ${JSON.stringify(wrong)}`;
          restore({ ...state, [area]: { ...state[area], [key]: wrong } });
          const life = await Life.start('whole');
          await life.settle();
          assert.deepEqual(await stop(life), { cancel: true }, where);
          await life.module('background/requests/tab-records.js').flush();
          await life.settle();
          const seen = snapshot();
          assert.ok(seen.rulesets.includes('block') && typeof seen.session.rulesSynced === 'string', where);
          assert.ok(seen.session['tab:7'].count >= 1 && seen.local.totals.all >= 1, where);
          const { keep } = await life.module('stored/settings.js').load();
          assert.deepEqual(keep, [{ host: 'news.example', name: 'q' }], where);
          assert.equal(await life.module('stored/own-lines.js').load(), '||mine.example^\n', where);
          world.tabs = [TAB];
          const popup = await life.module('popup/state.js').read(`?tab=${TAB.id}`);
          assert.equal(popup.record?.count, seen.session['tab:7'].count, where);
          life.kill();
        }
      }
      assert.deepEqual(uncaught, []);
    });
  }

  test('storage.session and the disk that never answer hold up no decision', async () => {
    restore(state);
    world.session.readable = new Promise(() => undefined);
    const opening = indexedDB.open;
    indexedDB.open = () => /** @type {IDBOpenDBRequest} */ ({});
    const life = await Life.start('whole');
    assert.deepEqual(await stop(life), { cancel: true });
    indexedDB.open = opening;
    life.kill();
  });
});
