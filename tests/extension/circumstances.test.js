import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset, world } from './fake-browser.js';
import { fakeEngine } from './fake-engine.js';

const { circumstances, listsOff, watch } = await import('../../extension/engine/circumstances.js');
const { DEFAULTS } = await import('../../extension/stored/settings.js');

/** @import { Account, RequestDetails, Settings } from '../../extension/types.js' */
/** @import { Circumstances } from '../../extension/engine/circumstances.js' */

const BITS = { 'embeds.txt': 1, 'player.txt': 2, 'visitor.txt': 4, 'lockout.txt': 8 };
const NEWS = 'https://news.example/';
const PLAYER = 'https://www.tiktok.com/player/v1/7300000000000000001?rel=0&description=1&music_info=1';

const engine = {
  ...fakeEngine,
  listBit: (/** @type {string} */ name) => BITS[/** @type {keyof typeof BITS} */ (name)],
};

/** @type {Account} */
const visitor = { state: 'visitor', stores: [] };
/** @type {Account} */
const member = { state: 'member', stores: ['0'] };

/** @param {Partial<Settings>} [chosen] @param {Partial<Circumstances>} [others] @returns {Circumstances} */
const known = (chosen, others) => ({
  settings: { ...DEFAULTS, ...chosen },
  account: visitor,
  liftedUntil: 0,
  ...others,
});

/**
 * @param {Circumstances} now
 * @param {Partial<RequestDetails>} [details]
 * @param {string} [asker]
 * @param {string} [page]
 */
function inForce(now, details, asker = NEWS, page = NEWS) {
  const request = /** @type {RequestDetails} */ ({ url: 'https://www.tiktok.com/x', type: 'image', ...details });
  const off = listsOff(engine, now, request, asker, page);
  return Object.entries(BITS).flatMap(([name, bit]) => (off & bit ? [] : [name.replace('.txt', '')]));
}

beforeEach(reset);

test('embeds wait where the person wants that, but the player is left to the rules', () => {
  assert.deepEqual(inForce(known()), ['embeds', 'visitor']);
  assert.deepEqual(inForce(known({ embeds: 'load' })), ['visitor']);
  assert.deepEqual(inForce(known(), { type: 'sub_frame', url: PLAYER }), ['visitor']);
  assert.deepEqual(inForce(known(), { type: 'image', url: PLAYER }), ['embeds', 'visitor']);
});

test('a frame of TikTok’s on another page is a player; on its own pages it is none', () => {
  assert.deepEqual(inForce(known(), {}, 'https://www.tiktok.com', NEWS), ['embeds', 'player', 'visitor']);
  assert.deepEqual(inForce(known(), {}, 'https://www.tiktok.com', 'https://www.tiktok.com/'), ['embeds', 'visitor']);
  assert.deepEqual(inForce(known(), {}, 'https://nottiktok.com', NEWS), ['embeds', 'visitor']);
  assert.deepEqual(inForce(known({ embeds: 'load' }), {}, 'https://www.tiktok.com', NEWS), ['visitor']);
});

test('the visitor’s list is for visitors, the lockout’s for the locked out', () => {
  assert.deepEqual(inForce(known({}, { account: member })), ['embeds']);
  assert.deepEqual(inForce(known({}, { account: undefined })), ['embeds']);
  assert.deepEqual(inForce(known({ level: 'lockout' })), ['embeds', 'lockout']);
  assert.deepEqual(inForce(known({ level: 'lockout' }, { liftedUntil: Date.now() + 1000 })), ['embeds', 'visitor']);
});

test('a lockout is left to the rules until it is known whether it was lifted', () => {
  assert.deepEqual(inForce(known({ level: 'lockout' }, { liftedUntil: undefined })), ['embeds']);
});

test('what is stored is read once, and followed; nobody waits for the session', async () => {
  watch();
  world.local.data = { settings: { ...DEFAULTS, embeds: 'load' }, account: member };
  world.session.readable = new Promise(() => undefined);
  const before = await circumstances();
  assert.deepEqual([before.settings.embeds, before.account, before.liftedUntil], ['load', member, undefined]);
  await world.local.set({ account: visitor });
  await world.session.set({ liftedUntil: 5 });
  const after = await circumstances();
  assert.deepEqual([after.account, after.liftedUntil], [visitor, 5]);
});
