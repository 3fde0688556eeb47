import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, describe, test } from 'node:test';
import { reset, settle, world } from './fake-browser.js';

const settings = await import('../../extension/stored/settings.js');
const { faults } = await import('../../extension/stored/faults.js');
const { FORMAT } = await import('../../extension/stored/twice.js');

/** What a person chose, and must not lose. */
const CHOSEN = {
  paused: [{ host: 'shop.example', until: 0 }],
  linksOff: ['bank.example'],
  keep: [{ host: 'news.example', name: 'q' }],
  badge: false,
};

const choose = () => settings.update((chosen) => ({ ...chosen, ...CHOSEN }));

/** @param {unknown} value what is found in storage */
const find = (value) => Object.assign(world.local.data, { settings: value });

beforeEach(reset);

describe('a damaged value', () => {
  for (const [what, damaged] of Object.entries({
    'a truncated text': '{"paused":[{"host":"shop.exa',
    nothing: null,
    'a number': 7,
    'a list': [],
  })) {
    test(`${what} in place of the settings: the last good copy holds, and the person is told`, async () => {
      const before = await choose();
      find(damaged);
      assert.deepEqual(await settings.load(), before);
      await settings.mend();
      assert.deepEqual(settings.sound(world.local.data.settings), before);
      assert.deepEqual(await faults(), ['faultMended']);
    });
  }

  test('settings that are gone come back from their copy', async () => {
    const before = await choose();
    delete world.local.data.settings;
    assert.deepEqual(await settings.load(), before);
  });

  test('one damaged entry is taken from the copy, the others are as they were stored', async () => {
    await choose();
    find({ .../** @type {object} */ (world.local.data.settings), paused: [{ host: 'a b' }], badge: true });
    assert.deepEqual(await settings.load(), { ...settings.DEFAULTS, ...CHOSEN, badge: true });
  });

  test('damage in both places costs what was damaged alone', async () => {
    await choose();
    find({ .../** @type {object} */ (world.local.data.settings), paused: 'x' });
    world.local.data['settings:copy'] = { paused: 'x' };
    assert.deepEqual(await settings.load(), { ...settings.DEFAULTS, ...CHOSEN, paused: [] });
  });

  test('a host that is none costs itself alone, even in both places', async () => {
    const hosts = ['a:b', '*', 'UP.example', '[2001:db8::1]', 'xn--bcher-kva.example', 'a b', '127.1', '1.2.3.4', ''];
    const paused = hosts.map((host) => ({ host, until: 0 }));
    world.local.data['settings:copy'] = find({ paused, linksOff: hosts }).settings;
    const { paused: left, linksOff } = await settings.load();
    assert.deepEqual(linksOff, ['[2001:db8::1]', 'xn--bcher-kva.example', '1.2.3.4']);
    assert.deepEqual(
      left.map(({ host }) => host),
      linksOff,
    );
  });

  test('a change made before anything was mended loses nothing', async () => {
    await choose();
    find(7);
    const after = await settings.update((chosen) => ({ ...chosen, removeReferral: true }));
    assert.deepEqual(after, { ...settings.DEFAULTS, ...CHOSEN, removeReferral: true });
  });

  test('sound settings are left alone, and nobody is told anything', async () => {
    await choose();
    const writes = world.local.writes;
    await settings.mend();
    assert.equal(world.local.writes, writes);
    assert.deepEqual(await faults(), []);
  });
});

describe('a refused write', () => {
  test('full storage: the old settings hold, whoever asked hears of it, and the person is told until it works', async () => {
    const before = await choose();
    world.local.refusal = new Error('QUOTA_BYTES quota exceeded');
    await assert.rejects(
      settings.update((chosen) => ({ ...chosen, badge: true })),
      /QUOTA/,
    );
    assert.deepEqual(await settings.load(), before);
    assert.deepEqual(await faults(), ['faultNotSaved']);
    world.local.refusal = undefined;
    assert.equal((await settings.update((chosen) => ({ ...chosen, badge: true }))).badge, true);
    assert.deepEqual(await faults(), []);
  });

  test('counts that could not be written are written later', async () => {
    const counts = await import('../../extension/background/requests/counts.js');
    const { flush } = await import('../../extension/background/requests/tab-records.js');
    const stopped = { url: 'https://analytics.tiktok.com/', host: 'analytics.tiktok.com', type: 'ping' };
    const line = {
      action: /** @type {const} */ ('blocked'),
      company: 'TikTok',
      purpose: 'pixel',
      filter: '',
      list: '',
      line: 1,
    };
    world.local.refusal = new Error('QUOTA_BYTES quota exceeded');
    counts.add(1, { ...stopped, ...line }, 'https://shop.example/');
    await flush();
    world.local.refusal = undefined;
    counts.add(1, { ...stopped, ...line }, 'https://shop.example/');
    await flush();
    await settle(300);
    assert.equal(/** @type {{ all: number }} */ (world.local.data.totals).all, 2);
  });
});

describe('a value from a newer Detick', () => {
  const NEWER = { format: FORMAT + 1, ...CHOSEN, level: 'fortress', sounds: { volume: 11 } };

  test('holds as far as it is understood, and the person is told', async () => {
    find(NEWER);
    assert.deepEqual(await settings.load(), { ...settings.DEFAULTS, ...CHOSEN });
    await settings.mend();
    assert.deepEqual(world.local.data.settings, NEWER);
    assert.deepEqual(await faults(), ['faultNewer']);
  });

  test('keeps through a change what this version does not know', async () => {
    find(NEWER);
    await settings.update((chosen) => ({ ...chosen, badge: true }));
    assert.deepEqual(world.local.data.settings, { ...NEWER, badge: true });
  });
});

describe('every released format', () => {
  const folder = new URL('formats/', import.meta.url);
  for (const file of readdirSync(folder)) {
    test(`${file} is read whole, and its settings are in force`, async () => {
      const { stored, settings: expected } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
      Object.assign(world.local.data, stored);
      await settings.mend();
      assert.deepEqual(await settings.load(), { ...settings.DEFAULTS, ...expected });
      await settings.update((chosen) => chosen);
      assert.deepEqual(await settings.load(), { ...settings.DEFAULTS, ...expected });
    });
  }

  test('this one has a file', () => {
    assert.ok(readdirSync(folder).includes(`${FORMAT}.json`));
  });
});
