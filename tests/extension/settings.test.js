import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset, world } from './fake-browser.js';

const settings = await import('../../extension/stored/settings.js');

beforeEach(reset);

test('missing and damaged settings take their defaults, sound ones stay', () => {
  const stored = { paused: [{ host: 'shop.example', until: -1 }], removeReferral: true, badge: 'yes', unknown: 1 };
  assert.deepEqual(settings.sound(stored), { ...settings.DEFAULTS, removeReferral: true });
  for (const value of [undefined, null, 7, 'text', []]) assert.deepEqual(settings.sound(value), settings.DEFAULTS);
});

test('a host with a path or blank is not a host', () => {
  for (const host of ['shop.example/p', 'shop example', '', `${'a'.repeat(254)}`, 7]) {
    assert.deepEqual(settings.sound({ linksOff: [host] }).linksOff, []);
  }
});

test('changes made at once are queued: none is lost', async () => {
  const hosts = ['a.example', 'b.example', 'c.example', 'd.example'];
  await Promise.all(hosts.map((host) => settings.update((chosen) => settings.withPause(chosen, { host, until: 0 }))));
  assert.deepEqual(
    (await settings.load()).paused.map((pause) => pause.host),
    hosts,
  );
});

test('a change that throws tells its caller and does not stop the next', async () => {
  const failing = settings.update(() => {
    throw new Error('no');
  });
  const next = settings.update((chosen) => ({ ...chosen, badge: false }));
  await assert.rejects(failing, /no/);
  assert.equal((await next).badge, false);
});

test('a pause covers the site and what is below it, until it ends', () => {
  const chosen = settings.withPause(settings.DEFAULTS, { host: 'shop.example', until: 1000 });
  assert.ok(settings.isPaused(chosen, 'shop.example', 999));
  assert.ok(settings.isPaused(chosen, 'cart.shop.example', 999));
  assert.ok(!settings.isPaused(chosen, 'otshop.example', 999));
  assert.ok(!settings.isPaused(chosen, 'shop.example', 1000));
});

test('pausing a site again replaces its pause; turning on ends every pause that covers it', () => {
  const hour = settings.withPause(settings.DEFAULTS, { host: 'shop.example', until: 1000 });
  const open = settings.withPause(hour, { host: 'shop.example', until: 0 });
  assert.deepEqual(open.paused, [{ host: 'shop.example', until: 0 }]);
  assert.deepEqual(settings.withoutPause(open, 'cart.shop.example').paused, []);
  assert.equal(settings.withoutPause(open, 'other.example').paused.length, 1);
});

test('a kept parameter is stored once and can be taken back below its site', () => {
  const once = settings.withKept(settings.DEFAULTS, { host: 'shop.example', name: 'q' });
  assert.equal(settings.withKept(once, { host: 'shop.example', name: 'q' }).keep.length, 1);
  assert.deepEqual(settings.withoutKept(once, 'www.shop.example', 'q').keep, []);
  assert.deepEqual(settings.withoutKept(once, 'www.shop.example', 'p').keep, once.keep);
});

test('those who follow hear what is stored now and every change', async () => {
  await settings.update((chosen) => ({ ...chosen, badge: false }));
  /** @type {boolean[]} */
  const heard = [];
  settings.follow((chosen) => heard.push(chosen.badge));
  await new Promise(setImmediate);
  await settings.update((chosen) => ({ ...chosen, badge: true }));
  await world.local.set({ other: 1 });
  assert.deepEqual(heard, [false, true]);
});

test('a site may be typed as a host or as any address of it', async () => {
  const { typedSite } = await import('../../extension/shared/site.js');
  assert.equal(typedSite(' www.bank.example '), 'bank.example');
  assert.equal(typedSite('https://www.bank.example/account?x=1'), 'bank.example');
  assert.equal(typedSite('bücher.example'), 'xn--bcher-kva.example');
  for (const typed of ['', 'no site', 'a b.example', 'javascript:alert(1)', 'ftp://a.example/', '?']) {
    assert.equal(typedSite(typed), '', typed);
  }
});
