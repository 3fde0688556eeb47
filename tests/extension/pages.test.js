import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset, settle, world } from './fake-browser.js';

const pages = await import('../../extension/background/links/copy-scripts.js');
const settings = await import('../../extension/stored/settings.js');

pages.watch();
beforeEach(reset);

test('both halves run where people share by a button, in their own worlds, before the page', () => {
  const [beside, inPage] = pages.scripts(settings.DEFAULTS);
  assert.ok(beside?.matches?.includes('*://*.tiktok.com/*'));
  assert.deepEqual(inPage?.matches, beside?.matches);
  assert.equal(inPage?.world, 'MAIN');
  assert.equal(beside?.world, undefined);
  for (const script of [beside, inPage]) assert.equal(script?.runAt, 'document_start');
});

test('they stay away from paused sites and from sites whose links stay as they are', () => {
  const chosen = settings.withPause(settings.withLinksOff(settings.DEFAULTS, 'youtube.com'), {
    host: 'tiktok.com',
    until: 0,
  });
  for (const script of pages.scripts(chosen)) {
    assert.deepEqual(script.excludeMatches, ['*://*.youtube.com/*', '*://*.tiktok.com/*']);
  }
});

test('hosts that are none of those sites leave them alone: one that is no pattern would cost all', () => {
  for (const host of ['[2001:db8::1]', 'shop.example', '192.168.0.1']) {
    const chosen = settings.withPause(settings.withLinksOff(settings.DEFAULTS, host), { host, until: 0 });
    assert.deepEqual(pages.scripts(chosen), pages.scripts(settings.DEFAULTS), host);
  }
});

test('a change of settings takes them out and puts them back', async () => {
  await settings.update((chosen) => ({ ...chosen, badge: false }));
  await settle(5);
  assert.deepEqual(
    world.scripts.map((script) => script.id),
    ['copy', 'copy-page'],
  );
  await settings.update((chosen) => ({ ...chosen, cleanCopied: false }));
  await settle(5);
  assert.deepEqual(world.scripts, []);
});

test('a background that starts leaves them where they are, in whatever order the browser tells their patterns', async () => {
  await settings.update((chosen) => settings.withLinksOff(settings.withLinksOff(chosen, 'youtube.com'), 'tiktok.com'));
  await settle(5);
  const reversed = (/** @type {string[] | undefined} */ patterns) => patterns && [...patterns].reverse();
  const told = world.scripts.map((script) => ({
    ...script,
    matches: reversed(script.matches),
    excludeMatches: reversed(script.excludeMatches),
  }));
  world.scripts = told;
  await settings.update((chosen) => ({ ...chosen, badge: !chosen.badge }));
  await settle(5);
  assert.equal(world.scripts, told);
});
