// One read for all who ask in the same turn, and a new one for whoever asks later.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset, world } from './fake-browser.js';

const { sharing } = await import('../../extension/shared/sharing.js');
const keys = await import('../../extension/stored/keys.js');
const settings = await import('../../extension/stored/settings.js');

beforeEach(reset);

test('who asks in the same turn gets the same answer, and who asks later a new one', async () => {
  let reads = 0;
  const read = sharing(async () => {
    reads += 1;
    return reads;
  });
  assert.deepEqual(await Promise.all([read(), read(), read()]), [1, 1, 1]);
  assert.equal(await read(), 2);
});

test('a failure is told to all who asked, and remembered for nobody', async () => {
  let fails = true;
  const read = sharing(async () => {
    if (fails) throw new Error('no');
    return 'yes';
  });
  const both = await Promise.allSettled([read(), read()]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  fails = false;
  assert.equal(await read(), 'yes');
});

test('a background that starts asks for the settings once, however many want them', async () => {
  const asked = questions();
  await Promise.all([settings.load(), settings.load(), keys.get('account'), settings.load(), keys.get('account')]);
  assert.deepEqual(asked, [['settings', 'settings:copy'], 'account']);
});

test('what is written is seen by whoever reads after that', async () => {
  await Promise.all([settings.load(), keys.get('news')]);
  await settings.update((chosen) => ({ ...chosen, badge: false }));
  assert.equal((await settings.load()).badge, false);
  const { after } = await keys.change('news', () => '1.0.0');
  assert.equal(await keys.get('news'), after);
});

/** @returns {unknown[]} what storage.local is asked for from now on */
function questions() {
  /** @type {unknown[]} */
  const asked = [];
  const { get } = world.local;
  world.local.get = async (/** @type {string | string[] | null} */ wanted) => {
    asked.push(wanted);
    return get.call(world.local, wanted);
  };
  return asked;
}
