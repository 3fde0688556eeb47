// The markup of an embed, where it is a script in the page that answers: what it answers, and what it leaves alone.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { joinContent } from '../../scripts/join.mjs';
import './fake-browser.js';

const { markupOfNone } = await import('../../extension/shared/embed-markup.js');
const { scripts } = await import('../../extension/background/tiktok/markup.js');
const settings = await import('../../extension/stored/settings.js');

const IN_PAGE = await joinContent('content/markup-page.js');
const VIDEO = 'https://www.tiktok.com/@tina.b-c/video/7300000000000000001';
const ASKS = `https://www.tiktok.com/oembed?url=${VIDEO}`;

/** A page that reaches nobody, or where `reaches` says so, and in which the script has run. */
function page() {
  /** @type {string[]} */
  const asked = [];
  const reached = { words: '' };
  class XMLHttpRequest extends EventTarget {
    readyState = 0;
    status = 0;
    responseText = '';
    #url = '';
    /** @param {string} _ @param {string} url @param {boolean} [isAsync] */
    open(_, url, isAsync = true) {
      this.#url = `${isAsync ? '' : 'at once '}${url}`;
      [this.readyState, this.status] = [1, 0];
    }
    send() {
      asked.push(this.#url);
      const answer = this.#url.startsWith('data:') ? decodeURIComponent(this.#url.split(',')[1] ?? '') : reached.words;
      [this.readyState, this.status, this.responseText] = [4, answer ? 200 : 0, answer];
      for (const type of ['readystatechange', answer ? 'load' : 'error', 'loadend'])
        this.dispatchEvent(new Event(type));
    }
  }
  const globals = { URL, Request, Response, EventTarget, Event, DOMException, XMLHttpRequest, encodeURIComponent };
  /** @type {any} */
  const window = createContext(globals);
  window.window = window;
  window.fetch = async (/** @type {unknown} */ url, /** @type {unknown[]} */ ...more) => {
    asked.push(more.length > 0 ? JSON.stringify([url, ...more]) : String(url instanceof Request ? url.url : url));
    if (reached.words) return new Response(reached.words);
    throw more.length > 0 ? new DOMException('ended', 'AbortError') : new TypeError('NetworkError');
  };
  runInContext(IN_PAGE, window);
  return { window, asked, reached };
}

/** @param {any} window @param {string} url @param {boolean} [isAsync] @returns {[string[], string]} events, and text */
function askOfOld(window, url, isAsync) {
  const request = new window.XMLHttpRequest();
  /** @type {string[]} */
  const heard = [];
  request.open('GET', url, ...(isAsync === undefined ? [] : [isAsync]));
  // In browsers it may listen before as well: who captures comes first there.
  for (const type of ['readystatechange', 'load', 'error', 'loadend'])
    request.addEventListener(type, () => heard.push(type));
  request.send();
  return [heard, request.responseText];
}

for (const [what, asked] of /** @type {[string, unknown][]} */ ([
  ['an address', ASKS],
  ['an address without its scheme', ASKS.slice('https:'.length)],
  ['an address that is encoded', `https://www.tiktok.com/oembed?a=1&url=${encodeURIComponent(VIDEO)}%22%3E`],
  ['an object with an address', new URL(ASKS)],
  ['a request', new Request(ASKS)],
])) {
  test(`a library that fetches the markup of a video, by ${what}, gets it once TikTok’s was refused`, async () => {
    const { window, asked: requests } = page();
    const answer = await window.fetch(asked);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), /^application\/json/);
    const { html, author_name: author } = await answer.json();
    assert.equal(author, 'tina.b-c');
    assert.ok(html.startsWith(`<blockquote class="tiktok-embed" cite="${VIDEO}" data-video-id="7300000000000000001">`));
    assert.equal(requests.length, 1, 'it was asked for, so that it is stopped and counted like any other');
  });
}

test('one that asks as of old gets it, and hears of nothing that failed', () => {
  const { window, asked } = page();
  const [heard, text] = askOfOld(window, ASKS);
  assert.deepEqual(heard, ['readystatechange', 'load', 'loadend']);
  assert.equal(JSON.parse(text).author_name, 'tina.b-c');
  assert.deepEqual([asked.length, asked[0]], [2, ASKS]);
  assert.ok(asked[1]?.startsWith('data:application/json,'), asked[1]);
});

test('an address that tells of no video is answered as the browser’s rules do it', async () => {
  const { window } = page();
  const none = JSON.parse(
    readFileSync(new URL('../../extension/surrogates/tiktok-oembed.json', import.meta.url), 'utf8'),
  );
  assert.deepEqual(markupOfNone(), none);
  for (const url of [
    'https://vm.tiktok.com/ZMabc12/',
    'https://www.tiktok.com/@tina"><script>/video/7300000000000000001',
  ])
    assert.deepEqual(await (await window.fetch(`https://www.tiktok.com/oembed?url=${url}`)).json(), none);
});

test('what TikTok answers is the answer, and a page’s own end of a request is no refusal', async () => {
  const { window, reached } = page();
  await assert.rejects(window.fetch(ASKS, {}), { name: 'AbortError' });
  reached.words = 'of TikTok';
  assert.equal(await (await window.fetch(ASKS)).text(), 'of TikTok');
  assert.deepEqual(askOfOld(window, ASKS), [['readystatechange', 'load', 'loadend'], 'of TikTok']);
});

test('everything else fails and arrives as it did', async () => {
  const { window, asked, reached } = page();
  const others = [
    'https://www.tiktok.com/@tina',
    'https://www.tiktok.com/oembedded?url=',
    `https://nottiktok.com/oembed?url=${VIDEO}`,
    `https://shop.example/?then=${ASKS}`,
    { toString: () => 'https://shop.example/' },
    undefined,
  ];
  for (const other of others) await assert.rejects(window.fetch(other), { message: 'NetworkError' });
  assert.deepEqual(askOfOld(window, 'https://shop.example/'), [['readystatechange', 'error', 'loadend'], '']);
  assert.deepEqual(
    askOfOld(window, ASKS, false),
    [['readystatechange', 'error', 'loadend'], ''],
    'nobody can wait there',
  );
  const again = new window.XMLHttpRequest();
  const heard = [];
  again.addEventListener('error', () => heard.push('error'));
  again.open('GET', ASKS);
  again.open('GET', 'https://shop.example/next');
  again.send();
  assert.deepEqual([heard.length, asked.at(-1)], [1, 'https://shop.example/next']);
  reached.words = 'words';
  assert.equal(await (await window.fetch('https://shop.example/')).text(), 'words');
  assert.equal(window.fetch.length, 1);
});

test('a page that spoils what the script uses changes nothing', async () => {
  const { window } = page();
  runInContext(
    `RegExp.prototype.test = RegExp.prototype.exec = Reflect.apply = JSON.stringify = () => 'spoilt';
    WeakMap.prototype.get = Promise.prototype.then = encodeURIComponent = () => 'spoilt';
    Response = URL = Request = undefined;`,
    window,
  );
  const answer = await new Promise((resolve, reject) =>
    Promise.prototype.then.call(window.fetch(ASKS), resolve, reject),
  );
  assert.equal((await answer.json()).author_name, 'tina.b-c');
});

test('it runs before all pages but TikTok’s own and paused ones, and nowhere where videos load', () => {
  const paused = settings.withPause(settings.DEFAULTS, { host: 'shop.example', until: 0 });
  const [script] = scripts(paused);
  assert.deepEqual(
    [script?.matches, script?.world, script?.runAt, script?.allFrames],
    [['*://*/*'], 'MAIN', 'document_start', true],
  );
  for (const host of ['tiktok.com', 'capcut.com', 'shop.example'])
    assert.ok(script?.excludeMatches?.includes(`*://*.${host}/*`), host);
  const loads = { ...settings.DEFAULTS, embeds: /** @type {const} */ ('load') };
  assert.deepEqual(scripts(loads), []);
  assert.equal(scripts({ ...loads, level: 'lockout' }).length, 1, 'there nothing loads');
});
