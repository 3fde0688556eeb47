// Detick on a phone, as far as it can be known without one: nothing of what phones lack is needed, and everything is
// within reach of a finger on 360 pixels.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { faultsInAnyLook, wideElements } from '../../../harness/axe.js';
import { launch } from '../../../harness/browser.js';
import { asOnPhone } from '../../../harness/phone.js';
import { headline, openView } from '../../../harness/popup.js';
import { BROWSER, isSetUp, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { TRACKERS } from '../../../harness/world/trackers.js';
import { startWorld } from '../../../harness/world.js';

/** @typedef {import('puppeteer-core').Page} Page */

// Where it is emulated, Chromium asks for touch here; Firefox would load the page anew.
const SCREEN = { width: 360, height: 640, hasTouch: BROWSER === 'chromium' };

/** As high and as wide as a finger needs; a line of words may have lower links in it. */
const FINGER = 44;

describe(`${BROWSER}: a phone`, () => {
  const session = /** @type {import('../../../harness/session.js').Session} */ ({});
  const extension = asOnPhone();
  before(async () => {
    session.world = await startWorld();
    session.browser = await launch(BROWSER, {
      world: session.world,
      extensionDir: extension.dir,
      touch: true,
    });
    await until('Detick to be set up', () => isSetUp(session));
  });
  after(async () => {
    assert.deepEqual(await complaints(), []);
    await session.browser?.close();
    await session.world?.close();
    extension.remove();
  });

  it('starts without a complaint, and greets whoever installed it', async () => {
    await opened('welcome/page.html');
    assert.deepEqual(await complaints(), []);
  });

  it('says where it is on a phone, and nothing of toolbars, menus and keys', async () => {
    const page = await shown(await session.browser.openExtensionPage('welcome/page.html'));
    await page.waitForSelector('[id="welcomePrivateTabs-title"]');
    await page.click('summary');
    const words = await page.$eval('main', (main) => main.innerText);
    assert.match(words, /“Extensions”, and tap Detick/);
    assert.match(words, /private browsing/);
    assert.doesNotMatch(words, /toolbar|pin |puzzle|windows|context menu|Alt\+|shortcut|address bar/i);
    assert.deepEqual(await tooSmall(page), []);
    assert.deepEqual(await faultsInAnyLook(session.browser, page), []);
    await page.close();
  });

  it('stops requests and tells of them', async () => {
    session.world.log.clear();
    const { page } = await visit(session, 'https://shop.example/tagged');
    const popup = await shown(await session.browser.openPopup(page));
    await headline(popup, /^4 trackers stopped$/);
    assert.deepEqual(session.world.log.to(TRACKERS), []);
    await popup.close();
  });

  it('cleans links on the way', async () => {
    session.world.log.clear();
    await visit(session, 'https://news.example/app?item=3&utm_source=phone');
    const { url } = await session.world.log.arrival('news.example', '/app');
    assert.equal(url, 'https://news.example/app?item=3');
  });

  it('forgets a visitor’s cookies, though it can delete nothing else', async () => {
    const names = () =>
      session.browser.inExtension(async () => (await chrome.cookies.getAll({})).map(({ name }) => name));
    const { page } = await visit(session, 'https://www.tiktok.com/');
    await until('the cookies of a visitor', async () => (await names()).includes('ttwid'));
    await page.close();
    await until('the cookies to go', async () => !(await names()).includes('ttwid'));
  });

  it('has a popup that fills the screen, where a finger reaches everything', async () => {
    const { page } = await visit(session, 'https://shop.example/reports?ttclid=1&utm_source=phone');
    const popup = await shown(await session.browser.openPopup(page));
    await headline(popup, /stopped/);
    assert.equal(await popup.evaluate(() => document.body.clientWidth), SCREEN.width);
    for (const view of ['home', 'learned', 'stopped', 'link', 'trouble']) {
      await openView(popup, view);
      const faults = [...(await tooSmall(popup)), ...(await wideElements(popup)), ...(await below(popup))];
      assert.deepEqual(faults, [], view);
    }
    await openView(popup);
    await popup.tap('#switch');
    await headline(popup, /^Off on shop\.example$/);
    await popup.tap('#switch');
    await headline(popup, /^(?!Off)/);
    await popup.close();
  });

  it('copies and shares the clean link of a page', async () => {
    const { page } = await visit(session, 'https://news.example/app?item=5&clickid=phone');
    const popup = await shown(await session.browser.openPopup(page));
    await popup.waitForSelector('#share');
    await popup.tap('#copy');
    await popup.waitForFunction(() => document.querySelector('#copy')?.textContent === 'Copied');
    assert.equal(await session.browser.readClipboard(page), 'https://news.example/app?item=5');
    await popup.bringToFront();
    const shared = async (/** @type {string | undefined} */ refusal) => {
      await popup.evaluate((name) => Object.assign(globalThis, { refusal: name, shared: undefined }), refusal);
      await popup.tap('#share');
      return until('the link to be shared', () => popup.evaluate(() => /** @type {any} */ (globalThis).shared));
    };
    assert.equal(await shared(undefined), 'https://news.example/app?item=5');
    await shared('AbortError');
    assert.equal(await popup.$eval('#share', (button) => button.textContent), 'Share', 'the person changed their mind');
    await shared('NotAllowedError');
    await popup.waitForFunction(() => document.querySelector('#share')?.textContent === 'Not shared');
    assert.match((await complaints()).join('\n'), /^Detick: the popup could not share\.[^\n]*$/);
    await session.browser.inExtension(() => chrome.storage.session.remove('complaints'));
    await popup.close();
  });

  it('leaves the screen to the page that its popup opens', async () => {
    const { page } = await visit(session, 'https://shop.example/tagged?leaving');
    const popup = await shown(await session.browser.openPopup(page));
    await headline(popup, /stopped/);
    await popup.evaluate(() => {
      globalThis.close = () => {
        document.title = 'closed';
      };
    });
    await popup.tap('#settings');
    await popup.waitForFunction(() => document.title === 'closed');
    await popup.close();
    await opened('options/page.html');
  });

  it('has settings that a finger sets', async () => {
    const page = await shown(await session.browser.openExtensionPage('options/page.html'));
    await page.waitForSelector('#cleanMore');
    assert.deepEqual([...(await tooSmall(page)), ...(await wideElements(page))], []);
    const isOn = () => page.$eval('#cleanMore', (box) => /** @type {HTMLInputElement} */ (box).checked);
    const before = await isOn();
    await page.tap('#cleanMore');
    await until('the setting to be kept', async () => {
      const { settings } = await session.browser.inExtension(() => chrome.storage.local.get('settings'));
      return /** @type {any} */ (settings)?.cleanMore === !before;
    });
    assert.equal(await isOn(), !before);
    await page.close();
  });

  /** @param {Page} page @returns {Promise<Page>} as on a phone's screen */
  async function shown(page) {
    await page.setViewport(SCREEN);
    await page.bringToFront();
    return page;
  }

  /** Waits for a page that Detick opens in a tab, and closes it. @param {string} path */
  function opened(path) {
    const closed = async (/** @type {string} */ wanted) => {
      const tab = (await chrome.tabs.query({})).find(({ url }) => url?.includes(wanted));
      if (tab?.id !== undefined) await chrome.tabs.remove(tab.id);
      return tab !== undefined;
    };
    return until(`${path} to open`, () => session.browser.inExtension(closed, path));
  }

  /** @returns {Promise<string[]>} of Detick's programs */
  async function complaints() {
    const stored = await session.browser.inExtension(() => chrome.storage.session.get('complaints'));
    return /** @type {{ complaints?: string[] }} */ (stored).complaints ?? [];
  }
});

/** @param {Page} page @returns {Promise<string[]>} what can be pressed and is smaller than a finger */
function tooSmall(page) {
  return page.evaluate((finger) => {
    const parts = [...document.querySelectorAll('button, .button, summary, input, select, textarea, nav a')];
    return parts.flatMap((part) => {
      const pressed = part.closest('label') ?? part;
      const { offsetWidth, offsetHeight } = /** @type {HTMLElement} */ (pressed);
      const { position, top, right, bottom, left } = getComputedStyle(pressed, '::before');
      const isWider = position === 'absolute' && top.startsWith('-'); // what it takes presses for, beyond its look
      const width = offsetWidth - (isWider ? Number.parseFloat(left) + Number.parseFloat(right) : 0);
      const height = offsetHeight - (isWider ? Number.parseFloat(top) + Number.parseFloat(bottom) : 0);
      if (width === 0 || (width >= finger && height >= finger)) return [];
      return [`${Math.round(width)} x ${Math.round(height)}: ${pressed.outerHTML.slice(0, 100)}`];
    });
  }, FINGER);
}

/** @param {Page} popup @returns {Promise<string[]>} what stays at its lower edge and is not on the screen */
function below(popup) {
  return popup.evaluate(() =>
    ['#log', '#cleaner', '#settings'].filter((name) => {
      const { bottom } = document.querySelector(name)?.getBoundingClientRect() ?? { bottom: Number.POSITIVE_INFINITY };
      return bottom > innerHeight + 1;
    }),
  );
}
