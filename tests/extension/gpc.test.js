// Global Privacy Control: the rule that sends it, and where the script that tells it is registered.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset, settle, world } from './fake-browser.js';

const gpc = await import('../../extension/background/gpc.js');
const { gpcRules } = await import('../../extension/background/rules/gpc.js');
const settings = await import('../../extension/stored/settings.js');

gpc.watch();
beforeEach(reset);

/** @param {string} host */
const paused = (host) => settings.withPause(settings.DEFAULTS, { host, until: 0 });

test('the header goes with everything, documents included', () => {
  const [rule] = gpcRules(settings.DEFAULTS);
  assert.deepEqual(rule?.condition, { resourceTypes: ['main_frame', 'script'] });
});

test('switched off there is neither rule nor script', () => {
  const chosen = { ...settings.DEFAULTS, gpc: false };
  assert.deepEqual([gpcRules(chosen), gpc.scripts(chosen)], [[], []]);
});

test('the script follows pauses and the switch', async () => {
  const excluded = async (/** @type {import('../../extension/types.js').Settings} */ chosen) => {
    await settings.update(() => chosen);
    await settle(5);
    return world.scripts.map((script) => script.excludeMatches);
  };
  assert.deepEqual(await excluded(paused('shop.example')), [['*://*.shop.example/*']]);
  assert.deepEqual(await excluded(paused('192.168.0.1')), [['*://192.168.0.1/*']]);
  assert.deepEqual(await excluded({ ...settings.DEFAULTS, gpc: false }), []);
  assert.deepEqual(await excluded(settings.DEFAULTS), [undefined]);
});
