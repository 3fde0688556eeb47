// What scripts in pages are told of the settings: what holds on their own page, when there is something to do there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { joinContent } from '../../scripts/join.mjs';
import { reset, world } from './fake-browser.js';

const { hereOf, settingsHere, watch } = await import('../../extension/background/tiktok/here.js');
const { DEFAULTS } = await import('../../extension/stored/settings.js');

/** @typedef {import('../../extension/types.js').Level} Level */

const SCRIPT = await joinContent('content/here.js', 'here');
const HOUR_MS = 3_600_000;

for (const [what, chosen, expected] of /** @type {[string, object, object][]} */ ([
  ['nothing', {}, { paused: false, embeds: 'ask', clearsView: false }],
  ['a pause', { paused: [{ host: 'news.example', until: 0 }] }, { paused: true, embeds: 'ask', clearsView: false }],
  [
    'another site’s pause',
    { paused: [{ host: 'shop.example', until: 0 }] },
    { paused: false, embeds: 'ask', clearsView: false },
  ],
  [
    'a pause that has run out',
    { paused: [{ host: 'news.example', until: 1 }] },
    { paused: false, embeds: 'ask', clearsView: false },
  ],
  [
    'a pause until later',
    { paused: [{ host: 'news.example', until: Date.now() + HOUR_MS }] },
    { paused: true, embeds: 'ask', clearsView: false },
  ],
  ['the site', { embedSites: ['news.example'] }, { paused: false, embeds: 'play', clearsView: false }],
  [
    'all embeds',
    { embeds: 'load', embedSites: ['news.example'] },
    { paused: false, embeds: 'load', clearsView: false },
  ],
  ['the lockout', { level: 'lockout', embeds: 'load' }, { paused: false, embeds: 'locked', clearsView: false }],
])) {
  test(`who has chosen ${what} finds it on the page`, () => {
    assert.deepEqual(hereOf({ ...DEFAULTS, ...chosen }, 'www.news.example', 'visitor'), expected);
  });
}

test('only a visitor’s page of TikTok’s own is cleared of what stands over its video, unless somebody does not want that', () => {
  const clears = (/** @type {string} */ host, /** @type {Level} */ level, chosen = {}) =>
    hereOf({ ...DEFAULTS, ...chosen }, host, level).clearsView;
  assert.equal(clears('www.tiktok.com', 'visitor'), true);
  for (const level of /** @type {Level[]} */ (['pixels', 'lockout']))
    assert.equal(clears('www.tiktok.com', level), false);
  for (const host of ['news.example', 'tiktok.com.example', 'ads-tiktok.com', ''])
    assert.equal(clears(host, 'visitor'), false, host);
  assert.equal(clears('www.tiktok.com', 'visitor', { clearView: false }), false);
  assert.equal(clears('www.tiktok.com', 'visitor', { paused: [{ host: 'tiktok.com', until: 0 }] }), false);
});

test('a page is told of the site that the browser says it is, whatever it says itself', async () => {
  reset();
  world.local.data = { settings: { paused: [{ host: 'news.example', until: 0 }] } };
  const payload = /** @type {any} */ ({ url: 'https://news.example/', host: 'news.example' });
  const ask = (/** @type {string} */ url) =>
    settingsHere(payload, /** @type {chrome.runtime.MessageSender} */ ({ url, tab: { id: 1 } }));
  assert.equal((await ask('https://shop.example/')).paused, false);
  assert.equal((await ask('https://www.news.example./a')).paused, true);
});

test('a frame is told what holds on the page around it, also if it has no address of its own', async () => {
  reset();
  world.local.data = { settings: { embedSites: ['news.example'] } };
  const ask = (/** @type {string} */ url, /** @type {number} */ frameId, /** @type {string} */ top) =>
    settingsHere({}, /** @type {chrome.runtime.MessageSender} */ ({ url, frameId, tab: { id: 1, url: top } }));
  for (const url of ['https://service.example/', 'about:blank', 'about:srcdoc'])
    assert.equal((await ask(url, 3, 'https://www.news.example/a')).embeds, 'play', url);
  assert.equal((await ask('https://news.example/', 3, 'https://service.example/')).embeds, 'ask');
  assert.equal((await ask('https://service.example/', 0, 'https://www.news.example/')).embeds, 'ask', 'a page ahead');
});

test('what an organisation has paused rests for scripts in pages too', async () => {
  reset();
  world.local.data = { settings: { paused: [] } };
  const before = chrome.storage.managed;
  const paused = [{ host: 'news.example', until: 0 }];
  Object.assign(chrome.storage, { managed: { get: async () => ({ paused }) } });
  const sender = /** @type {chrome.runtime.MessageSender} */ ({ url: 'https://news.example/', frameId: 0 });
  assert.equal((await settingsHere({}, sender)).paused, true);
  Object.assign(chrome.storage, { managed: before });
});

test('storage is kept from pages whenever a background starts, and they are told of changes without their content', async () => {
  reset();
  world.tabs = [{ id: 3 }, { id: 4 }];
  /** @type {unknown[]} */
  const sent = [];
  Object.assign(chrome.tabs, {
    sendMessage: async (/** @type {unknown[]} */ ...values) => {
      sent.push(values);
      throw new Error('Receiving end does not exist.');
    },
  });
  watch();
  assert.deepEqual(
    [world.local.accessLevel, world.session.accessLevel],
    ['TRUSTED_CONTEXTS', 'TRUSTED_CONTEXTS'],
    'at once, before anything else',
  );
  await world.local.set({ settings: { level: 'lockout' } });
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual(sent, [
    [3, { name: 'settingsChanged' }],
    [4, { name: 'settingsChanged' }],
  ]);
});

/**
 * A page in which the script has run.
 *
 * @param {unknown[]} answers of the background, one after the other; the last again and again
 */
function page(answers) {
  /** @type {unknown[]} */
  const asked = [];
  /** @type {(message: unknown) => void} */
  let listen = () => undefined;
  const scope = createContext({
    setTimeout: (/** @type {() => void} */ work) => setTimeout(work, 1),
    chrome: {
      runtime: {
        id: 'detick',
        getURL: () => 'chrome-extension://detick/',
        onMessage: { addListener: (/** @type {typeof listen} */ listener) => (listen = listener) },
        sendMessage: async (/** @type {unknown} */ message) => {
          asked.push(JSON.stringify(message));
          const answer = answers.length > 1 ? answers.shift() : answers[0];
          if (answer instanceof Error) throw answer;
          return answer;
        },
      },
    },
  });
  runInContext(SCRIPT, scope);
  const { here } = /** @type {{ here: typeof import('../../extension/content/here.js') }} */ (
    /** @type {unknown} */ (scope)
  );
  const hear = (/** @type {string} */ name) => listen({ name });
  return { ...here, asked, hear, runtime: scope.chrome.runtime };
}

const QUESTION = JSON.stringify({ name: 'settingsHere', payload: {} });

test('the background is asked once, when somebody wants to know', async () => {
  const { ask, asked, hear } = page([{ ok: true, value: 'the answer' }]);
  hear('settingsChanged');
  assert.deepEqual(asked, []);
  assert.deepEqual([await ask(), await ask(), asked], ['the answer', 'the answer', [QUESTION]]);
});

test('after a change those who had asked ask again', async () => {
  const { ask, asked, hear, onChange } = page([
    { ok: true, value: 1 },
    { ok: true, value: 2 },
  ]);
  let changes = 0;
  onChange(() => {
    changes += 1;
  });
  assert.equal(await ask(), 1);
  hear('something else');
  assert.equal(await ask(), 1);
  hear('settingsChanged');
  assert.deepEqual([await ask(), changes, asked.length], [2, 1, 2]);
});

test('a background that is not there yet is asked again, and a refusal is taken', async () => {
  const late = page([new Error('Receiving end does not exist.'), undefined, { ok: true, value: 'the answer' }]);
  assert.equal(await late.ask(), 'the answer');
  const refused = page([{ ok: false, error: 'no' }]);
  assert.deepEqual([await refused.ask(), refused.asked.length], [undefined, 1]);
  const orphan = page([new Error('Extension context invalidated.')]);
  orphan.runtime.id = undefined;
  assert.deepEqual([await orphan.ask(), orphan.asked.length], [undefined, 1]);
});
