// Videos embedded as the web really writes it: by elements with roots of their own, in frames without an address, by
// libraries that wait for what the embeds' script does.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choose } from '../../../harness/chosen.js';
import { playByKeys } from '../../../harness/placeholder.js';
import { press as pressInPopup } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';

const SITE = 'https://gazette.example';
const VIDEO = 'https://www.tiktok.com/@tina/video/7300000000000000019';
const TIKTOK = /(^|\.)tiktok(cdn|v|w)?\.\w+$/;

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').Frame} Frame */

describe(`${BROWSER}: embeds as sites write them`, () => {
  const session = openSession('with Detick');

  it('in the root of an element within another’s root, a placeholder stands, and plays', async () => {
    session.world.log.clear();
    const { page } = await visit(session, `${SITE}/components`);
    const box = await until('the placeholder', () => page.evaluate(standInRoots));
    assert.ok(box.width > 300 && box.height > 500, JSON.stringify(box));
    assert.deepEqual(asked(), []);
    await playByKeys(session, page);
    await session.world.log.arrival('www.tiktok.com', '/player/v1/7300000000000000011');
    await until('the film', async () => (await filmIn(page)) !== undefined); // so that the next test hears nothing of it
  });

  for (const title of ['written', 'srcdoc']) {
    it(`in a frame without an address, ${title}, a placeholder stands`, async () => {
      session.world.log.clear();
      const { page } = await visit(session, `${SITE}/frames`);
      await until('the placeholder', async () => {
        for (const frame of page.frames())
          if ((await frame.title().catch(() => '')) === title) return frame.evaluate(standsFor, 'quote');
        return undefined;
      });
      assert.deepEqual(asked(), []);
    });
  }

  it('objects, plug-ins and frames of any page of TikTok’s get one each, and other frames none', async () => {
    session.world.log.clear();
    const { page } = await visit(session, `${SITE}/objects`);
    for (const id of ['object', 'embed', 'other-page']) await stands(page, id);
    assert.equal(await page.evaluate(standsFor, 'names-it'), false);
    assert.deepEqual(asked(), []);
  });

  it('a page that had none gets one for each that it puts in later', async () => {
    session.world.log.clear();
    const { page } = await visit(session, `${SITE}/plain`);
    await quiet(600);
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.id = 'late';
      frame.src = 'https://www.tiktok.com/embed/v2/7300000000000000025';
      frame.width = '400';
      frame.height = '300';
      document.getElementById('words')?.append(frame); // where nobody looks any more
    });
    await stands(page, 'late');
    await page.evaluate(() => {
      const quote = document.createElement('blockquote');
      quote.id = 'later';
      quote.dataset.videoId = '7300000000000000026';
      document.body.append(quote);
      quote.className = 'tiktok-embed'; // as frameworks do; the script is asked for then
      const script = document.createElement('script');
      script.src = 'https://www.tiktok.com/embed.js';
      document.body.append(script);
    });
    await stands(page, 'later');
    assert.deepEqual(asked(), []);
  });

  it('pictures and films that a page shows by their address do not go without a word', async () => {
    session.world.log.clear();
    const { page } = await visit(session, `${SITE}/media`);
    await stands(page, 'picture');
    await stands(page, 'film');
    assert.equal(await page.evaluate(standsFor, 'face'), false, 'a face of 40 px');
    await until('the picture that the page has instead', () =>
      page.evaluate(() => {
        const picture = /** @type {HTMLImageElement} */ (document.getElementById('mended'));
        return picture.src.startsWith('data:') && getComputedStyle(picture).display !== 'none';
      }),
    );
    assert.deepEqual(asked(), []);
  });

  it('a library that makes its quotation again until the script has run is content, and a film outlives it', async () => {
    session.world.log.clear();
    const { page } = await visit(session, `${SITE}/retrying`);
    await stands(page, 'quote');
    await quiet(2500);
    assert.equal(await page.evaluate(() => document.body.dataset.made), '1');
    await playByKeys(session, page);
    await session.world.log.arrival('www.tiktok.com', '/player/v1/7300000000000000018');
    await until('the film', async () => (await filmIn(page)) !== undefined);
    await page.evaluate('make()');
    await quiet(600);
    assert.equal(await filmIn(page), '4096');
    assert.equal(asked().filter((url) => url.includes('/player/')).length, 1, 'it was not loaded again');
    assert.equal(await page.evaluate(() => document.querySelectorAll('#container > div').length), 1);
    assert.equal(await page.evaluate(() => document.querySelector('#container > div')?.clientWidth !== 0), true);
  });

  for (const [query, cite] of /** @type {const} */ ([
    ['', VIDEO],
    ['?plain', VIDEO],
    ['?request', VIDEO],
    ['?old', VIDEO],
    ['?short', 'https://www.tiktok.com/'],
  ])) {
    it(`an application that asks for the markup of a video (${query}) goes on, and TikTok hears nothing`, async () => {
      await answersMarkup();
      session.world.log.clear();
      const { page, faults } = await visit(session, `${SITE}/markup${query}`);
      await until('the placeholder', () => page.evaluate(standsForMarkup, cite));
      assert.equal(await page.evaluate(() => document.querySelector('#app img')), null);
      assert.equal(await page.evaluate(() => document.body.dataset.error), undefined);
      await quiet(300);
      assert.deepEqual(asked(), []);
      assert.deepEqual(faults, []);
      assertNothingToRead(await page.evaluate('read'));
      const popup = await session.browser.openPopup(page);
      await until('the count', async () => Number(await session.browser.badgeText(page)) > 0);
      await popup.close();
    });
  }

  // Chromium answers by an address that holds the answer, Firefox in the page.
  it('a page that lets nobody answer from elsewhere reads of it no more than that it was stopped', async () => {
    await answersMarkup();
    session.world.log.clear();
    const { page } = await visit(session, `${SITE}/strict-markup`);
    if (BROWSER === 'firefox') await until('the placeholder', () => page.evaluate(standsForMarkup, VIDEO));
    else await until('the refusal', () => page.evaluate(() => document.body.dataset.error));
    await quiet(300);
    assert.deepEqual(asked(), []);
    assertNothingToRead(await page.evaluate('read'));
  });

  it('what a page fetches beside that is as without Detick: answers, faults, ends, and how its functions look', async () => {
    await answersMarkup();
    const { page } = await visit(session, `${SITE}/plain`);
    assert.deepEqual(await page.evaluate(fetchOtherThings), {
      text: 'Words',
      asked: 'Words',
      posted: 'Words',
      refused: 'TypeError',
      ended: 'AbortError',
      wrong: 'TypeError',
      old: '200 Words',
      oldRefused: 'error 0',
      oldSync: '200',
      oldEnded: 'abort',
      oldWrong: 'SyntaxError',
      markupEnded: 'AbortError',
      name: 'fetch 1',
      code: true,
      constructs: false,
      readsAddress: false,
    });
  });

  it('a page whose videos load gets TikTok’s own answer', { skip: BROWSER === 'chromium' }, async () => {
    await choose(session, { embeds: 'load' });
    await until('the script to be gone', async () => !(await scriptIds()).includes('markup-page'));
    session.world.log.clear();
    await visit(session, `${SITE}/markup`);
    await session.world.log.arrival('www.tiktok.com', '/oembed');
    await choose(session, { embeds: 'ask' });
  });

  it('the link of a placeholder leads to what the page meant', async () => {
    const address = `${SITE}/links`;
    const { page } = await visit(session, address);
    for (const id of ['short', 'photo', 'at', 'creator', 'tag']) await stands(page, id);
    const links = await until('the links', async () => {
      const found = await session.browser.inExtension(linksIn, address);
      return found?.every((link) => link !== '') ? found : undefined;
    });
    assert.deepEqual(links, [
      'https://vm.tiktok.com/ZMabc12/',
      'https://www.tiktok.com/@tina/photo/7300000000000000020',
      'https://www.tiktok.com/@tina',
      'https://www.tiktok.com/@tina',
      'https://www.tiktok.com/tag/umbrella',
    ]);
  });

  it('what a consent tool keeps back waits for its answer, and gets a placeholder then', async () => {
    const { page } = await visit(session, `${SITE}/consent`);
    await quiet(600);
    for (const id of ['kept', 'noticed']) assert.equal(await page.evaluate(standsFor, id), false, id);
    await page.evaluate('consent()');
    for (const id of ['kept', 'noticed']) await stands(page, id);
  });

  it('in a row a placeholder is as wide as the frame, and what is pressed in it the page does not hear', async () => {
    session.world.log.clear();
    const { page } = await visit(session, `${SITE}/pressed`);
    await stands(page, 'frame');
    const { left, top, width, height } = await page.evaluate(boxOf, 'frame');
    assert.ok(Math.abs(width - 400) < 6, `${width} px wide`);
    await page.bringToFront();
    await page.mouse.click(left + width / 2, top + height / 2);
    await playByKeys(session, page);
    await session.world.log.arrival('www.tiktok.com', '/player/v1/7300000000000000023');
    await until('the film', async () => (await filmIn(page)) !== undefined);
    const heard = /** @type {string[]} */ (await page.evaluate('heard'));
    // The key that brought the focus into the placeholder was the page's.
    assert.deepEqual(
      heard.filter((type) => !type.startsWith('key')),
      [],
    );
    assert.ok(heard.length <= 1, heard.join());
  });

  it('a wish for this site holds for the page’s, not for a service that embeds for many', async () => {
    session.world.log.clear();
    const { page } = await visit(session, `${SITE}/service`);
    const frame = await until('the service’s frame', async () =>
      page.frames().find((one) => one.url().startsWith('https://cdn.embedly.com/')),
    );
    await until('the placeholder', () => frame.evaluate(standsFor, 'frame'));
    await playByKeys(session, page, frame);
    await session.world.log.arrival('www.tiktok.com', '/player/v1/7300000000000000024');
    await until('the film', async () => (await filmIn(page)) !== undefined);
    const popup = await session.browser.openPopup(page);
    await pressInPopup(popup, 'always-embeds gazette.example');
    await until('the choice', async () => {
      const { settings } = await session.browser.inExtension(() => chrome.storage.local.get('settings'));
      return /** @type {any} */ (settings)?.embedSites?.join() === 'gazette.example';
    });
    await popup.close();
    await quiet(600);
    assert.equal(asked().filter((url) => url.includes('/player/')).length, 1, 'what plays was not loaded again');
    assert.equal(await filmIn(page), '4096');
    await page.goto(`${SITE}/plain`, { waitUntil: 'domcontentloaded' });
    session.world.log.clear();
    await page.goto(`${SITE}/service`, { waitUntil: 'domcontentloaded' });
    await session.world.log.arrival('www.tiktok.com', '/player/v1/7300000000000000024');
    await page.close();
    await quiet(400);
    session.world.log.clear();
    await visit(session, 'https://journal.example/service');
    await quiet(800);
    assert.deepEqual(asked(), [], 'another site that uses the same service');
  });

  /** Firefox answers libraries by a script of ours, which is registered soon after the rules are. */
  async function answersMarkup() {
    if (BROWSER === 'firefox') await until('the script', async () => (await scriptIds()).includes('markup-page'));
  }

  async function scriptIds() {
    const scripts = await session.browser.inExtension(() => chrome.scripting.getRegisteredContentScripts());
    return scripts.map(({ id }) => id);
  }

  /** @returns {string[]} what arrived at TikTok's */
  function asked() {
    return session.world.log.to(TIKTOK).map(({ url }) => url);
  }
});

/** Runs in the page. @param {string} cite what the quotation in the answer is of */
function standsForMarkup(cite) {
  const quote = document.querySelector('#app blockquote');
  const stand = quote?.nextElementSibling;
  return quote?.getAttribute('cite') === cite && stand instanceof HTMLElement && stand.clientHeight > 60;
}

/** Runs in the page. */
async function fetchOtherThings() {
  const words = (/** @type {string} */ html) => /<p id="words">(.*?)<\/p>/.exec(html)?.[1] ?? html;
  /** @type {string[]} */
  const stacks = [];
  const nameOf = (/** @type {any} */ error) => {
    stacks.push(String(error?.stack), String(error?.fileName), String(error?.filename));
    return String(error?.name);
  };
  const read = async (/** @type {Promise<Response>} */ asked) =>
    asked.then(async (answer) => words(await answer.text()));
  const fault = (/** @type {() => Promise<unknown>} */ work) => work().then(() => 'none', nameOf);
  const ended = (/** @type {string} */ url) => {
    const controller = new AbortController();
    const asked = fetch(url, { signal: controller.signal });
    controller.abort();
    return asked;
  };
  const old = (/** @type {string} */ url, /** @type {(request: XMLHttpRequest) => void} */ then = () => undefined) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.onload = () => resolve(`${request.status} ${words(request.responseText)}`);
      request.onabort = () => resolve('abort');
      request.onerror = () => resolve(`error ${request.status}`);
      request.open('GET', url);
      request.send();
      then(request);
    });
  const atOnce = new XMLHttpRequest();
  atOnce.open('GET', '/plain', false);
  atOnce.send();
  const found = {
    text: await read(fetch('/plain')),
    asked: await read(fetch(new Request(new URL('/plain', location.href)))),
    posted: await read(window.fetch.call(undefined, '/plain', { method: 'POST', body: new Blob(['x']) })),
    refused: await fault(() => fetch('https://nobody.invalid/')),
    ended: await fault(() => ended('/plain')),
    wrong: await fault(() => fetch('http://[')),
    old: await old('/plain'),
    oldRefused: await old('https://nobody.invalid/'),
    oldSync: String(atOnce.status),
    oldEnded: await old('/plain', (request) => request.abort()),
    oldWrong: await fault(async () => new XMLHttpRequest().open('GET', 'http://[')),
    markupEnded: await fault(() =>
      ended('https://www.tiktok.com/oembed?url=https://www.tiktok.com/@tina/video/7300000000000000019'),
    ),
    name: `${fetch.name} ${fetch.length}`,
    code: /\[native code\]/.test(String(fetch)) && /\[native code\]/.test(String(XMLHttpRequest.prototype.open)),
    constructs: (await fault(async () => Reflect.construct(fetch, []))) === 'none',
  };
  return { ...found, readsAddress: stacks.some((stack) => /extension:/.test(stack)) };
}

/** @param {unknown} read what a page could read of who answered it */
function assertNothingToRead(read) {
  assert.ok(Array.isArray(read));
  assert.deepEqual(
    read.filter((text) => /extension:|invalid|detick/i.test(text)),
    [],
  );
}

/** @param {number} ms in which pages do what they do late */
const quiet = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {Page | Frame} page @param {string} id */
function stands(page, id) {
  return until(`the placeholder of #${id}`, () => page.evaluate(standsFor, id));
}

/** Runs in the page. @param {string} id @returns {boolean} whether a placeholder is to be seen in its place */
function standsFor(id) {
  const element = document.getElementById(id);
  const stand = element?.nextElementSibling;
  if (!element || stand?.localName !== 'div' || getComputedStyle(element).display !== 'none') return false;
  const { width, height } = stand.getBoundingClientRect();
  return width > 100 && height > 40;
}

/** Runs in the page. @param {string} id */
function boxOf(id) {
  const stand = document.getElementById(id)?.nextElementSibling ?? document.body;
  const { left, top, width, height } = stand.getBoundingClientRect();
  return { left, top, width, height };
}

/** Runs in the page. @returns {{ width: number, height: number } | undefined} */
function standInRoots() {
  const inner = document.getElementById('outer')?.shadowRoot?.querySelector('tiktok-video')?.shadowRoot;
  const stand = inner?.querySelector('iframe + div');
  if (!stand) return undefined;
  const { width, height } = stand.getBoundingClientRect();
  return width > 0 ? { width, height } : undefined;
}

/** @param {Page} page @returns {Promise<string | undefined>} what the player got of the film */
async function filmIn(page) {
  const player = page.frames().find((one) => one.url().includes('/player/v1/'));
  return player?.evaluate(() => document.body?.dataset.bytes);
}

/**
 * Runs in Detick, which can look into what is closed to the page.
 *
 * @param {string} url the page's
 * @returns {Promise<string[] | undefined>} where its placeholders lead
 */
async function linksIn(url) {
  const [tab] = await chrome.tabs.query({ url });
  const results = await chrome.scripting.executeScript({
    target: { tabId: Number(tab?.id) },
    func: () =>
      ['short', 'photo', 'at', 'creator', 'tag'].map((id) => {
        const stand = /** @type {any} */ (document.getElementById(id)?.nextElementSibling);
        const root = chrome.dom?.openOrClosedShadowRoot(stand) ?? stand.openOrClosedShadowRoot;
        return root?.querySelector('a')?.href ?? '';
      }),
  });
  return results[0]?.result ?? undefined;
}
