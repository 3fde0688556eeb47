import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { events, reset, settle, world } from './fake-browser.js';

const { expand, watch } = await import('../../extension/background/links/short-links.js');
const { shareable } = await import('../../extension/background/links/copying.js');
const settings = await import('../../extension/stored/settings.js');

const SHORT = 'https://vm.tiktok.com/ZMabc/';

/** What the fetch was asked with. @type {{ url: string, init: RequestInit }[]} */
let asked = [];

/** Plays the short host. @param {string | undefined} location @param {number} [tabId] */
function hostSays(location, tabId = -1) {
  asked = [];
  const own = globalThis.fetch;
  mock.method(globalThis, 'fetch', async (/** @type {string} */ url, /** @type {RequestInit} */ init) => {
    if (!String(url).startsWith('https://vm.')) return own(url, init);
    asked.push({ url, init });
    const responseHeaders = location === undefined ? [] : [{ name: 'Location', value: location }];
    events.onHeadersReceived.fire({ url, tabId, responseHeaders });
    return new Response();
  });
}

watch();
beforeEach(() => {
  mock.restoreAll();
  reset();
});

test('a short link is asked once, without cookies and referrer, and nothing is followed', async () => {
  hostSays('https://www.tiktok.com/@tina/video/73');
  assert.equal((await expand({ url: SHORT })).url, 'https://www.tiktok.com/@tina/video/73');
  assert.equal((await expand({ url: SHORT })).url, 'https://www.tiktok.com/@tina/video/73');
  assert.equal(asked.length, 1, 'the second answer is remembered');
  const { redirect, credentials, referrerPolicy, cache } = /** @type {{ init: RequestInit }} */ (asked[0]).init;
  assert.deepEqual([redirect, credentials, referrerPolicy, cache], ['manual', 'omit', 'no-referrer', 'no-store']);
});

test('a link that is opened over http is asked over https', async () => {
  hostSays('https://www.tiktok.com/@tina/video/73');
  await expand({ url: 'http://vm.tiktok.com/ZMabc/#x' });
  assert.equal(asked[0]?.url, SHORT);
});

test('a host that leads nowhere, or to what is no web page, is said so', async () => {
  for (const location of [undefined, 'snssdk1233://aweme/detail/73', '']) {
    hostSays(location);
    await assert.rejects(expand({ url: SHORT }), /leads nowhere/);
    mock.restoreAll();
  }
});

test('a host that leads to what only this machine can reach is said so', async () => {
  for (const location of ['http://192.168.0.1/admin', 'https://[::1]/', 'http://router/', 'https://nas.lan/x']) {
    hostSays(location);
    await assert.rejects(expand({ url: SHORT }), /only this machine/);
    mock.restoreAll();
    reset();
  }
});

test('what a tab of the user is told is not an answer to us', async () => {
  hostSays('https://evil.example/', 5);
  await assert.rejects(expand({ url: SHORT }), /leads nowhere/);
});

test('a host that does not answer is named', async () => {
  mock.method(globalThis, 'fetch', async () => {
    throw new TypeError('network');
  });
  await assert.rejects(expand({ url: SHORT }), /vm\.tiktok\.com did not answer/);
});

test('anything but a short link is never asked for', async () => {
  hostSays('https://www.tiktok.com/');
  await assert.rejects(expand({ url: 'https://shop.example/' }), /not a short link/);
  await settle();
  assert.equal(asked.length, 0);
  assert.equal(world.session.data.expanded, undefined);
});

test('a short link that is copied is asked for only where the person has said so', async () => {
  hostSays('https://www.tiktok.com/@tina/video/73');
  assert.equal((await shareable(SHORT)).url, SHORT);
  assert.equal(asked.length, 0);
  await settings.update((chosen) => ({ ...chosen, expandShortLinks: true }));
  assert.equal((await shareable(SHORT)).url, 'https://www.tiktok.com/@tina/video/73');
  assert.equal(asked.length, 1);
});
