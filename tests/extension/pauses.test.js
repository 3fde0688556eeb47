import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { events, reset, settle, world } from './fake-browser.js';

const pauses = await import('../../extension/background/rules/pause-alarm.js');
const settings = await import('../../extension/stored/settings.js');

pauses.watch();
beforeEach(reset);

/** @param {string} host @param {number} until */
const pause = (host, until) => settings.update((chosen) => settings.withPause(chosen, { host, until }));

const pausedHosts = async () => (await settings.load()).paused.map((one) => one.host);

test('the alarm rings when the first pause ends, and not for pauses without an end', async () => {
  await pause('open.example', 0);
  await settle();
  assert.deepEqual(world.alarms, {});
  const soon = Date.now() + 60_000;
  await pause('late.example', soon + 60_000);
  await pause('soon.example', soon);
  await settle();
  assert.equal(world.alarms.pause?.when, soon);
});

test('when it rings, what has run out goes, and it is set for the next', async () => {
  const later = Date.now() + 60_000;
  await pause('over.example', 1);
  await pause('later.example', later);
  await pause('open.example', 0);
  events.onAlarm.fire({ name: 'pause' });
  await settle(5);
  assert.deepEqual(await pausedHosts(), ['later.example', 'open.example']);
  assert.equal(world.alarms.pause?.when, later);
});

test('a pause that ran out while the browser was closed ends at its start', async () => {
  await pause('over.example', 1);
  pauses.watch(); // as the next background does
  await settle(5);
  assert.deepEqual(await pausedHosts(), []);
  assert.deepEqual(world.alarms, {});
});
