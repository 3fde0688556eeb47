/**
 * A background may die on any line of what it does about lists: wherever that is, the next one finds the set of before
 * or the new one, whole, in all the places that know of it: the browser's rules, the disk, the engine and what people
 * are told.
 */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, beforeEach, describe, test } from 'node:test';
import { events, reset } from './fake-browser.js';
import { disk } from './fake-indexeddb.js';
import { Life, NEXT_LIVES, restore, snapshot, statesOf } from './lives.js';

/** @typedef {import('./lives.js').Snapshot} Snapshot */
/** @typedef {import('../../extension/types.js').Subscription} Subscription */

const LIST_A = { url: 'https://lists.example/a.txt', on: true, trusted: false };
const LIST_B = { url: 'https://lists.example/b.txt', on: true, trusted: false };
const OWN_LINES = '';

/** Hosts that are blocked by the one list, before and after its update, by the other, and by own lines. */
const HOSTS = ['always.example', 'old.example', 'new.example', 'b.example', 'mine.example', 'mine-too.example'];
const [ALWAYS, OLD, NEW, B, MINE, MINE_TOO] = /** @type {[string, string, string, string, string, string]} */ (HOSTS);

/** What lies on the servers. @type {Map<string, string>} */
const servers = new Map();
const fetchFiles = globalThis.fetch;
globalThis.fetch = async (input, init) =>
  servers.has(String(input)) ? new Response(servers.get(String(input))) : fetchFiles(input, init);

/** @param {string[]} hosts */
const listOf = (...hosts) => `! Title: A list\n${hosts.map((host) => `||${host}^\n`).join('')}`;

let pages = 2_000_000;
/** A page of Detick's, which may be closed at any time too. @param {string} path @returns {Promise<any>} its module */
const inPage = (path) => import(`../../extension/stored/${path}?life=${++pages}`);

/** @param {Subscription[]} lists */
const choose = async (lists) =>
  (await inPage('settings.js')).update((/** @type {object} */ chosen) => ({ ...chosen, lists }));

/** @param {string} text */
const write = async (text) => (await inPage('own-lines.js')).save(text);

/** @param {import('../../extension/stored/exchange.js').Taken} taken */
const load = async (taken) => (await inPage('exchange.js')).apply(taken);

function askForUpdate() {
  const sender = { id: 'detick', url: 'chrome-extension://detick/options/page.html' };
  events.onMessage.fire({ name: 'updateList', payload: { url: LIST_A.url } }, sender, () => undefined);
}

/**
 * What happens to lists, which hosts are blocked before and after, and whether people have already asked for that in a
 * state.
 */
const TASKS = {
  'an update of a list': {
    act: () => {
      servers.set(LIST_A.url, listOf(ALWAYS, NEW));
      askForUpdate();
    },
    before: [ALWAYS, OLD, MINE],
    after: [ALWAYS, NEW, MINE],
    mayStay: () => true, // it is asked for again when it is due
  },
  'a list that is added': {
    act: () => choose([LIST_A, LIST_B]),
    before: [ALWAYS, OLD, MINE],
    after: [ALWAYS, OLD, MINE, B],
    mayStay: (/** @type {Snapshot} */ { local }) => listsIn(local).length === 1 || isInterrupted(local, LIST_B.url),
  },
  'a list that is switched off': {
    act: () => choose([{ ...LIST_A, on: false }]),
    before: [ALWAYS, OLD, MINE],
    after: [MINE],
    mayStay: (/** @type {Snapshot} */ { local }) => listsIn(local).some(({ on }) => on),
  },
  'own lines that are saved': {
    act: () => write(`||${MINE_TOO}^\n`),
    before: [ALWAYS, OLD, MINE],
    after: [ALWAYS, OLD, MINE_TOO],
    mayStay: (/** @type {Snapshot} */ { local }) => local.ownLines.text.includes(MINE),
  },
  'an import of settings and own lines': {
    act: () => load({ settings: { lists: [] }, ownLines: `||${MINE_TOO}^\n` }),
    before: [ALWAYS, OLD, MINE],
    after: [MINE_TOO],
    mayStay: (/** @type {Snapshot} */ { local }) => listsIn(local).length > 0,
  },
};

/** @param {Snapshot['local']} local @returns {Subscription[]} */
const listsIn = ({ settings }) => settings?.lists ?? [];

/** @param {Snapshot['local']} local @param {string} url whether its update was given up, to be tried again */
const isInterrupted = ({ listStates }, url) => listStates?.[url]?.problem?.key === 'listInterrupted';

/** @returns {Promise<Snapshot>} a browser with a list and own lines in force */
async function inForce() {
  reset();
  disk.stores = new Map();
  servers.set(LIST_A.url, listOf(ALWAYS, OLD)).set(LIST_B.url, listOf(B));
  const life = await Life.start('whole');
  events.onInstalled.fire({ reason: 'install' });
  await life.settle();
  await choose([LIST_A]);
  await life.settle();
  await write(`||${MINE}^\n`);
  await life.settle();
  life.kill();
  return snapshot();
}

/** @param {Snapshot} state @returns {string[]} hosts that the browser's rules of lists block */
const blockedByRules = ({ dynamic }) =>
  HOSTS.filter((host) =>
    rulesOfLists(dynamic).some(({ condition }) => /** @type {string[]} */ (condition.requestDomains).includes(host)),
  );

/** @param {any[]} dynamic @returns {any[]} */
const rulesOfLists = (dynamic) => dynamic.filter(({ id }) => id >= 1_000_000);

/** @param {Life} life @returns {Promise<string[]>} hosts that the engine blocks */
async function blockedByEngine(life) {
  const engine = await life.module('engine/engine.js').engine();
  return HOSTS.filter(
    (host) => engine.check(`https://${host}/`, 'https://page.example/', 'image', 'GET') !== undefined,
  );
}

/** Every place that knows of the set says the same. @param {Snapshot} state @param {string} where */
function assertWhole({ local, dynamic, disk }, where) {
  const force = disk.get('force');
  const { key } = force.get('meta');
  assert.equal(local.listSet.key, key, where);
  assert.equal(local.listRules, `${key} true true`, where);
  const sets = JSON.parse(force.get('rules'));
  const stored = [...sets.block, ...sets.links, ...sets.headers, ...sets.surrogates];
  assert.deepEqual(byId(rulesOfLists(dynamic)), byId(stored), where);
  for (const [name, head] of disk.get('heads')) assert.equal(hashOf(disk.get('texts').get(name)), head.hash, where);
  const on = listsIn(local).filter((list) => list.on && [...disk.get('heads').values()].some(isOf(list)));
  assert.deepEqual(Object.keys(local.listSet.counts).sort(), [OWN_LINES, ...on.map(({ url }) => url)].sort(), where);
  assert.deepEqual(Object.keys(force.get('reports')).sort(), Object.keys(local.listSet.counts).sort(), where);
  const doing = [local.listSet, ...Object.values(local.listStates)].filter((state) => state.doing);
  assert.deepEqual(doing, [], where);
}

/** @param {Subscription} list @returns {(head: {list: string}) => boolean} */
const isOf = (list) => (head) => head.list === list.url;

/** @param {{id: number}[]} rules */
const byId = (rules) => [...rules].sort((one, other) => one.id - other.id);

/** @param {Uint8Array} bytes */
const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

describe('a background that dies over lists leaves the set of before or the new one', () => {
  beforeEach(() => {
    servers.set(LIST_A.url, listOf(ALWAYS, OLD));
  });

  for (const [task, { act, before: old, after, mayStay }] of Object.entries(TASKS)) {
    describe(task, () => {
      /** @type {Snapshot[]} */
      let states;
      before(async () => {
        states = await statesOf(await inForce(), act, 'whole');
      });

      test('ends with the new set', () => {
        const last = /** @type {Snapshot} */ (states.at(-1));
        assert.deepEqual(blockedByRules(last), inOrder(after));
        assertWhole(last, 'at the end');
      });

      test('protection holds in each state in between, and the rules are those of one set', () => {
        assert.ok(states.length > 5);
        for (const state of states) {
          assert.ok(state.rulesets.includes('block'));
          assert.ok([old, after].map((set) => inOrder(set).join()).includes(blockedByRules(state).join()));
        }
      });

      for (const [how, continued, event] of NEXT_LIVES) {
        test(`${how} finds one set, whole, and goes on to what was asked for`, async () => {
          for (const [index, state] of states.entries()) {
            const where = `after state ${index} of ${states.length}`;
            restore(continued(state));
            const life = await Life.start('whole');
            await event();
            await life.settle();
            const reached = snapshot();
            const isNew = blockedByRules(reached).join() === inOrder(after).join();
            assert.deepEqual(blockedByRules(reached), inOrder(isNew ? after : old), where);
            assert.deepEqual(await blockedByEngine(life), inOrder(isNew ? after : old), where);
            assertWhole(reached, where);
            assert.ok(isNew || mayStay(reached), `${where}: what was asked for is forgotten`);
            life.kill();
          }
        });
      }
    });
  }
});

test('an import that is broken off leaves settings and own lines of before, or both new', async () => {
  const chosen = (/** @type {Snapshot} */ { local }) => [listsIn(local).length, local.ownLines.text];
  const states = await statesOf(await inForce(), TASKS['an import of settings and own lines'].act, 'whole');
  const seen = new Set(states.map((state) => JSON.stringify(chosen(state))));
  const [old, after] = [chosen(await inForce()), [0, `||${MINE_TOO}^\n`]];
  assert.deepEqual(
    [...seen],
    [old, after].map((one) => JSON.stringify(one)),
  );
});

describe('what the disk has not kept of lists', () => {
  /**
   * @param {(disk: Map<string, Map<string, any>>) => void} damage
   * @returns {Promise<Snapshot>} what Detick makes of it
   */
  async function mended(damage) {
    const state = await inForce();
    damage(state.disk);
    restore(state);
    const life = await Life.start('whole');
    await life.settle();
    await blockedByEngine(life); // at the first request it is noticed
    await life.settle();
    assert.deepEqual(await blockedByEngine(life), inOrder([ALWAYS, OLD, MINE]));
    life.kill();
    const reached = snapshot();
    assertWhole(reached, 'in the end');
    return reached;
  }

  test('a damaged image is made again as soon as it is noticed', async () => {
    const flip = (/** @type {Uint8Array} */ image) =>
      image.map((byte, at) => (at === image.length >> 1 ? ~byte : byte));
    await mended((stores) => stores.get('force')?.set('image', flip(stores.get('force')?.get('image'))));
  });

  test('an image that is cut short is made again as soon as it is noticed', async () => {
    await mended((stores) => stores.get('force')?.set('image', stores.get('force')?.get('image').slice(0, 1000)));
  });

  test('a disk that was emptied is filled again', async () => {
    await mended((stores) => {
      for (const store of stores.values()) store.clear();
    });
  });

  test('the text of a list that is gone is asked for, and one that was changed', async () => {
    for (const damage of [
      (/** @type {Map<string, any>} */ texts) => texts.clear(),
      (/** @type {Map<string, any>} */ texts) => {
        for (const name of texts.keys()) texts.set(name, new Uint8Array(9));
      },
    ]) {
      await mended((stores) => {
        damage(/** @type {Map<string, any>} */ (stores.get('texts')));
        stores.get('force')?.delete('image');
      });
    }
  });
});

/** @param {string[]} hosts */
function inOrder(hosts) {
  return HOSTS.filter((host) => hosts.includes(host));
}
