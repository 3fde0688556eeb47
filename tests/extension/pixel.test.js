// The pixel's surrogate before each page's own scripts: where it is registered, and where it is not.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset, settle, world } from './fake-browser.js';

const pixel = await import('../../extension/background/tiktok/pixel.js');
const settings = await import('../../extension/stored/settings.js');

pixel.watch();
beforeEach(reset);

test('it runs before all pages but TikTok’s own, in their world and in their frames', () => {
  const { js, matches, excludeMatches, runAt, world, allFrames } = pixel.script(settings.DEFAULTS);
  assert.deepEqual(
    { js, matches, excludeMatches, runAt, world, allFrames },
    {
      js: ['surrogates/ttq.js'],
      matches: ['*://*/*'],
      excludeMatches: ['*://*.tiktok.com/*'],
      runAt: 'document_start',
      world: 'MAIN',
      allFrames: true,
    },
  );
});

test('it stays away from paused sites, whatever their hosts look like', () => {
  const hosts = ['shop.example', 'xn--bcher-kva.example', '192.168.0.1', '[2001:db8::1]', 'localhost'];
  const chosen = hosts.reduce((before, host) => settings.withPause(before, { host, until: 0 }), settings.DEFAULTS);
  assert.deepEqual(pixel.script(chosen).excludeMatches, [
    '*://*.tiktok.com/*',
    '*://*.shop.example/*',
    '*://*.xn--bcher-kva.example/*',
    '*://192.168.0.1/*',
    '*://[2001:db8::1]/*',
    '*://*.localhost/*',
  ]);
});

test('a pause takes it from a site, and its end gives it back', async () => {
  await settings.update((chosen) => settings.withPause(chosen, { host: 'shop.example', until: 0 }));
  await settle(5);
  assert.deepEqual(
    world.scripts.map(({ id, excludeMatches }) => [id, excludeMatches]),
    [['pixel', ['*://*.tiktok.com/*', '*://*.shop.example/*']]],
  );
  await settings.update((chosen) => ({ ...chosen, paused: [] }));
  await settle(5);
  assert.deepEqual(
    world.scripts.map(({ excludeMatches }) => excludeMatches),
    [['*://*.tiktok.com/*']],
  );
});
