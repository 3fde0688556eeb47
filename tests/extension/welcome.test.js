import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset, world } from './fake-browser.js';

const { greet } = await import('../../extension/background/welcome.js');

/** Addresses of the tabs that were opened. @type {string[]} */
let opened = [];

/** @param {string} installType */
function installedAs(installType) {
  const browser = /** @type {{ chrome: any }} */ (/** @type {unknown} */ (globalThis)).chrome;
  browser.management = { getSelf: async () => ({ installType }) };
  browser.tabs.create = async (/** @type {{ url: string }} */ { url }) => opened.push(url);
}

beforeEach(() => {
  reset();
  opened = [];
  installedAs('normal');
});

test('whoever installs Detick is told once what it does', async () => {
  await greet({ reason: 'install' });
  assert.deepEqual(opened, ['chrome-extension://detick/welcome/page.html']);
});

for (const installType of ['admin', 'development', 'sideload']) {
  test(`no page opens where Detick was not installed by the person (${installType})`, async () => {
    installedAs(installType);
    await greet({ reason: 'install' });
    assert.deepEqual(opened, []);
  });
}

test('no page opens where an organisation sets how Detick works', async () => {
  const { chrome } = /** @type {{ chrome: any }} */ (/** @type {unknown} */ (globalThis));
  const before = chrome.storage.managed;
  chrome.storage.managed = { get: async () => ({ badge: false }) };
  await greet({ reason: 'install' });
  chrome.storage.managed = before;
  assert.deepEqual(opened, []);
});

test('an update opens no page, and leaves word of what is new', async () => {
  await greet({ reason: 'update', previousVersion: '0.0.0' });
  assert.equal(world.local.data.news, undefined);
  await greet({ reason: 'update', previousVersion: '0.0.0-before' });
  assert.equal(world.local.data.news, '0.0.0');
  await greet({ reason: /** @type {any} */ ('chrome_update') });
  assert.deepEqual(opened, []);
});
