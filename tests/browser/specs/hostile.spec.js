// Pages that know of Detick and mean it no good.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';

/** @typedef {import('puppeteer-core').Page} Page */

const HOSTILE = 'https://hostile.example/';
const PLAIN = 'https://hostile.example/plain';
/** A link that leads through TikTok, up to where. */
const WRAPPING = 'https://www.tiktok.com/link/v2?aid=1988&lang=en&scene=bio_url&target=';
const TIKTOK = /(^|\.)(tiktok(cdn|cdn-us|cdn-eu|v|w)?\.\w+|ttwstatic\.com)$/;
const FILES = [
  'unwrap.html',
  'lockout/page.html',
  'surrogates/ttq.js',
  'popup/page.html',
  'manifest.json',
  'background.js',
];

/** What a page sends late has been sent after this. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 500));

describe(`${BROWSER}: hostile pages`, () => {
  const session = openSession('with Detick');

  it('a page finds none of our files at a fixed address, and shows none of our pages in a frame', async () => {
    const { page } = await visit(session, PLAIN);
    // In Firefox the address is random for each profile: a page that somehow knew it gets at least no page into a
    // frame.
    const known = BROWSER === 'chromium' ? FILES : ['popup/page.html', 'manifest.json', 'background.js'];
    for (const file of known) {
      assert.equal(await page.evaluate(canLoad, session.browser.extensionBase + file), false, file);
    }
    for (const file of FILES.filter((name) => name.endsWith('.html'))) {
      for (const address of [session.browser.extensionBase + file, await ownAddress(file)]) {
        await page.evaluate(addFrame, address);
      }
    }
    await quiet();
    const shown = await Promise.all(page.frames().map((frame) => frame.evaluate(isOurs).catch(() => false)));
    assert.deepEqual(shown.filter(Boolean), []);
  });

  it('a page that spoils the language for all scripts gets its placeholders all the same', async () => {
    session.world.log.clear();
    const page = await openHostile();
    await quiet();
    assert.deepEqual(asked(), []);
    assert.equal(await page.evaluate('window.caught'), undefined, 'a script of ours met what the page had spoilt');
  });

  it('clicks and keys that a page makes up play nothing, and change no setting', async () => {
    session.world.log.clear();
    const page = await openHostile();
    await page.evaluate(pressWhatStandsThere);
    await quiet();
    assert.deepEqual(asked(), []);
    const { settings } = await session.browser.inExtension(() => chrome.storage.local.get('settings'));
    assert.deepEqual(/** @type {any} */ (settings)?.embedSites ?? [], []);
  });

  it('a click that no person made does nothing, not even on the button itself', async () => {
    session.world.log.clear();
    await openHostile();
    const pressed = await session.browser.inExtension(pressWithin, HOSTILE);
    assert.ok(pressed > 1, `${pressed} buttons were found`);
    await quiet();
    assert.deepEqual(asked(), []);
    const { settings } = await session.browser.inExtension(() => chrome.storage.local.get('settings'));
    assert.deepEqual(/** @type {any} */ (settings)?.embedSites ?? [], []);
  });

  it('a page that covers a placeholder wins one video in one tab, and nothing that lasts', async () => {
    const { page } = await visit(session, PLAIN);
    await page.evaluate(addCoveredEmbed);
    const { left, top, width, height } = await until('the placeholder', () => page.evaluate(placeholderBox));
    session.world.log.clear();
    await page.bringToFront();
    for (let y = top + 4; y < top + height; y += 16) {
      for (let x = left + 8; x < left + width; x += 48) {
        await page.mouse.click(x, y);
        await page.bringToFront(); // a click may have landed on the link, which opens a tab
      }
    }
    await session.world.log.arrival('www.tiktok.com', '/player/v1/7300000000000000001');
    await quiet();
    const played = session.world.log.to('www.tiktok.com').filter(({ path }) => path.startsWith('/player/'));
    assert.equal(played.length, 1);
    const { settings } = await session.browser.inExtension(() => chrome.storage.local.get('settings'));
    assert.deepEqual(/** @type {any} */ (settings)?.embedSites ?? [], []);

    await closeAllBut(page);
    await page.goto(PLAIN);
    session.world.log.clear();
    await page.evaluate(addCoveredEmbed);
    await until('the placeholder', () => page.evaluate(placeholderBox));
    await quiet();
    assert.deepEqual(asked(), []);
  });

  it('a page has no way to send Detick a message', async () => {
    const { page } = await visit(session, PLAIN);
    const id = new URL(session.browser.extensionBase).host;
    const answer = await page.evaluate(async (extension) => {
      try {
        const given = await chrome.runtime.sendMessage(extension, { name: 'followSettings', payload: {} });
        return given?.ok === true;
      } catch {
        return false; // nobody there, or no such function
      }
    }, id);
    assert.equal(answer, false);
  });

  for (const [what, link] of Object.entries({
    'a script': 'javascript:document.title="run"',
    data: 'data:text/html,<title>run</title>',
    'a page of ours': 'chrome-extension://x/popup/page.html',
  })) {
    it(`the page that unwraps shows ${what} and does not open it`, async () => {
      const page = await shownAt(await openUnwrapping(link));
      await quiet();
      assert.equal(await page.evaluate(() => document.title), 'Detick');
      assert.equal(await page.evaluate(() => document.querySelector('button')), null);
      assert.equal(await page.evaluate(() => document.querySelectorAll('p:not(.brand)').length), 1); // nor is it said that it can be opened
      await page.close();
    });
  }

  it('the page that unwraps leads from the web to no private address', async () => {
    session.world.log.clear();
    await openUnwrapping(`${WRAPPING}${encodeURIComponent('http://192.168.0.1/admin')}`);
    await session.world.log.arrival('www.tiktok.com', '/link/v2'); // what cannot be unwrapped goes on as it is
    await quiet();
    assert.deepEqual(session.world.log.to('192.168.0.1'), []);
  });

  it('the page that unwraps gives a site nothing that only its own pages may have', async () => {
    const { page } = await visit(session, 'https://destination.example/');
    await page.evaluate(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: every browser has it, on every page
      document.cookie = 'own=pages; SameSite=Strict; Secure';
    });
    await page.goto('https://destination.example/own');
    const own = await session.world.log.arrival('destination.example', '/own');
    assert.match(own.headers.cookie ?? '', /own=pages/);
    await openUnwrapping(`${WRAPPING}${encodeURIComponent('https://destination.example/led')}`);
    const led = await session.world.log.arrival('destination.example', '/led');
    assert.equal(led.headers.cookie, undefined);
  });

  it('a page that tells the pixel a hundred thousand things fills nothing', async () => {
    const { page } = await visit(session, PLAIN);
    await page.evaluate(() => {
      const shop = /** @type {any} */ (window);
      shop.TiktokAnalyticsObject = 'ttq';
      shop.ttq = shop.ttq || [];
      for (let index = 0; index < 100_000; index += 1) shop.ttq.track(`event ${index} ${'x'.repeat(500)}`);
    });
    const key = `tab:${await session.browser.tabId(page)}`;
    const size = await until('the record', () =>
      session.browser.inExtension(
        async (name) => JSON.stringify((await chrome.storage.session.get(name))[name])?.length,
        key,
      ),
    );
    assert.ok(size < 30_000, `${size} characters`);
  });

  it('nobody tells of a page what it did not tell the pixel, by whatever event, nor do frames in it', async () => {
    const { page } = await visit(session, PLAIN);
    await page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.src = 'https://destination.example/plain';
      await new Promise((loaded) => {
        frame.onload = loaded;
        document.body.append(frame);
      });
    });
    const [frame] = page.mainFrame().childFrames();
    await frame?.evaluate(forge, 'CompletePayment of a frame');
    await frame?.evaluate(() => void document.body.append(document.createElement('iframe')));
    const [inner] = frame?.childFrames() ?? [];
    assert.ok(inner, 'a frame without an address of its own, in that frame');
    await quiet();
    await inner.evaluate(forge, 'CompletePayment of a frame in a frame');
    await page.evaluate(forge, 'CompletePayment of an event');
    await page.evaluate(() => {
      const shop = /** @type {any} */ (window);
      shop.TiktokAnalyticsObject = 'ttq';
      shop.ttq = shop.ttq || [];
      shop.ttq.track('Search', { query: 'rain coats' });
    });
    const key = `tab:${await session.browser.tabId(page)}`;
    const told = await until('what the page told the pixel', async () => {
      const stored = await session.browser.inExtension((name) => chrome.storage.session.get(name), key);
      const text = JSON.stringify(stored);
      return text.includes('rain coats') && text;
    });
    await quiet();
    assert.doesNotMatch(told, /CompletePayment/);
  });

  it("a page hears nothing of what is told beside it, and reads no address of Detick's in errors and stacks", async () => {
    const { page } = await visit(session, PLAIN);
    const { heard, read } = await page.evaluate(listenAndRead);
    assert.deepEqual(heard, []);
    assert.ok(read.length > 5, `${read.length} texts`);
    assert.deepEqual(
      read.filter((text) => /extension:|detick/i.test(text)),
      [],
    );
  });

  it('a page that stores identifiers, sets cookies and makes up events without end fills nothing', async () => {
    const { page } = await visit(session, PLAIN);
    const before = await keptInSession();
    await page.evaluate(async () => {
      for (let index = 0; index < 2000; index += 1) {
        sessionStorage.setItem(`tt_pixel_is_enrich_ipv6_triggered${index} WARNING ${'x'.repeat(50)}`, '');
        // biome-ignore lint/suspicious/noDocumentCookie: every browser has it, on every page
        document.cookie = `ttcsid_A${index}=1; path=/; secure`;
        dispatchEvent(new Event('load'));
        dispatchEvent(new Event('pagehide'));
        if (index % 100 === 0) await new Promise((next) => setTimeout(next, 20));
      }
    });
    await quiet();
    await page.reload();
    await until('the storage to be cleaned', () => page.evaluate(() => sessionStorage.length === 0));
    await quiet();
    const kept = await keptInSession();
    assert.ok(kept.length - before.length < 1000, `${kept.length - before.length} characters more`);
    assert.ok(kept.includes('"ttcsid"') && !kept.includes('ttcsid_A'), `told of cookies: ${kept}`);
  });

  /** @returns {Promise<string>} what Detick keeps while the browser runs */
  const keptInSession = () =>
    session.browser.inExtension(async () => JSON.stringify(await chrome.storage.session.get(null)));

  /** Closes what clicks have opened. @param {Page} page */
  async function closeAllBut(page) {
    const others = (await session.browser.puppeteer.pages()).filter((one) => one !== page && /^https:/.test(one.url()));
    await Promise.all(others.map((one) => one.close()));
  }

  /** @returns {string[]} what arrived at TikTok's hosts */
  const asked = () => session.world.log.to(TIKTOK).map(({ url }) => url);

  /** The address that Chromium gives to a file for now. @param {string} file @returns {Promise<string>} */
  const ownAddress = (file) => session.browser.inExtension((path) => chrome.runtime.getURL(path), file);

  /** @returns {Promise<Page>} once something stands in for each embed */
  async function openHostile() {
    const { page } = await visit(session, HOSTILE);
    for (const id of ['quote', 'frame']) {
      // In words that the page has not spoilt.
      await until(`the placeholder of #${id}`, async () => {
        return (await page.evaluate(`getComputedStyle(document.getElementById('${id}')).display`)) === 'none';
      });
    }
    return page;
  }

  /** Opens the page that unwraps. @param {string} link @returns {Promise<string>} its address */
  async function openUnwrapping(link) {
    const opened = await session.browser.newPage();
    const address = await ownAddress('unwrap.html');
    await opened.goto(`${address}#${link}`, BROWSER === 'firefox' ? { waitUntil: [] } : {});
    return `${session.browser.extensionBase}unwrap.html`;
  }

  /**
   * Firefox moves our pages to another process, and puppeteer shows them as another page.
   *
   * @param {string} address
   * @returns {Promise<Page>}
   */
  function shownAt(address) {
    return until(address, async () => {
      for (const page of await session.browser.puppeteer.pages()) {
        if (await page.evaluate(hasWordsAt, address).catch(() => false)) return page;
      }
      return undefined;
    });
  }
});

/**
 * Runs in a page: says by all events that scripts of ours ever listened to that somebody paid.
 *
 * @param {string} event
 */
function forge(event) {
  const detail = JSON.stringify({ event, properties: { value: 999, currency: 'EUR' } });
  const node = document.createElement('i');
  for (const target of [document, window, document.fonts, document.documentElement])
    for (const type of ['told', 'detick-ttq', 'detick'])
      target.dispatchEvent(new MouseEvent(type, { relatedTarget: node, bubbles: true }));
  for (const target of [document, window, document.fonts, document.documentElement, node])
    for (const type of ['told', 'detick-ttq', 'detick'])
      target.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
}

/** Runs in a page: what its scripts hear, and can read, while they tell the pixel things. */
function listenAndRead() {
  /** @type {string[]} */
  const heard = [];
  /** @type {string[]} */
  const read = [];
  const { dispatchEvent } = EventTarget.prototype;
  EventTarget.prototype.dispatchEvent = function dispatch(event) {
    heard.push(event.type);
    return dispatchEvent.call(this, event);
  };
  for (const name of /** @type {const} */ (['CustomEvent', 'MouseEvent', 'MessageEvent']))
    Object.defineProperty(window, name, {
      value: class {
        constructor() {
          heard.push(name);
        }
      },
    });
  for (const target of [document, window, document.fonts]) {
    for (const type of ['told', 'detick-ttq', 'detick', 'message'])
      target.addEventListener(type, () => heard.push(type));
  }
  const note = (/** @type {any} */ error) => read.push(String(error.stack), String(error.fileName), String(error));
  const shop = /** @type {any} */ (window);
  shop.TiktokAnalyticsObject = 'ttq';
  shop.ttq = shop.ttq || [];
  shop.ttq._i = { C1: [] };
  shop.ttq.track('Search', {
    get query() {
      note(new Error('read'));
      return 'x';
    },
    toJSON() {
      note(new Error('written'));
      return this;
    },
  });
  shop.ttq.track({
    toString() {
      note(new Error('named'));
      throw new Error('mine');
    },
  });
  return { heard, read };
}

/** Runs in the page: an embed, and over it something else to click on. */
function addCoveredEmbed() {
  const quote = document.createElement('blockquote');
  Object.assign(quote, { id: 'covered', className: 'tiktok-embed' });
  quote.dataset.videoId = '7300000000000000001';
  const bait = document.createElement('div');
  bait.textContent = 'Click anywhere to go on';
  bait.style.cssText = 'position: fixed; inset: 0; background: white; pointer-events: none; z-index: 2147483647';
  document.body.append(bait, quote);
}

/** Runs in the page. */
function placeholderBox() {
  const stand = document.getElementById('covered')?.nextElementSibling;
  if (!stand) return undefined;
  const { left, top, width, height } = stand.getBoundingClientRect();
  return height > 80 ? { left, top, width, height } : undefined;
}

/** Runs in a page. @param {string} address */
function hasWordsAt(address) {
  return location.href.startsWith(address) && document.querySelector('h1') !== null;
}

/**
 * Runs in a frame: whether something of ours came to life in it. Firefox's own page that says no has scripts too while
 * it loads, and `location` is what was asked for: only `documentURI` tells it (`about:neterror`).
 */
function isOurs() {
  return (
    document.querySelector('script[src], #content, #popup, #lockout') !== null &&
    /extension:$/.test(new URL(document.documentURI).protocol)
  );
}

/** Runs in the page. @param {string} url */
async function canLoad(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false; // what a page may not have looks like what is not there
  }
}

/** Runs in the page. @param {string} url */
function addFrame(url) {
  const frame = document.createElement('iframe');
  frame.src = url;
  document.body.append(frame);
}

/**
 * Runs in Detick: presses every button of the placeholders in a page, as only an extension's script there could. One of
 * another extension may be there too, and may not press for the person either.
 *
 * @param {string} url the page's
 * @returns {Promise<number>} how many buttons there were
 */
async function pressWithin(url) {
  const tabs = await chrome.tabs.query({ url });
  const results = await chrome.scripting.executeScript({
    target: { tabId: Number(tabs.at(-1)?.id) },
    func: () => {
      // Chromium has it in an object of its own, Firefox on the element.
      const inside = (/** @type {any} */ element) =>
        chrome.dom?.openOrClosedShadowRoot(element) ?? element.openOrClosedShadowRoot;
      const roots = Array.from(document.querySelectorAll('body *'), inside).filter(Boolean);
      const buttons = roots.flatMap((root) => [...root.querySelectorAll('button')]);
      for (const button of buttons) button.click();
      return buttons.length;
    },
  });
  return results[0]?.result ?? 0;
}

/** Runs in the page: does with everything on it what a person might do with a placeholder. */
function pressWhatStandsThere() {
  for (let element = document.body.firstElementChild; element; element = element.nextElementSibling) {
    const inside = element.shadowRoot ? [element, ...element.shadowRoot.querySelectorAll('*')] : [element];
    for (const one of inside) {
      for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
        one.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true }));
      for (const key of ['Enter', ' '])
        one.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
      if (one instanceof HTMLElement) one.click();
    }
  }
}
