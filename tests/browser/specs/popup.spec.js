// The popup in every state it can be in: what it says, and that everybody can use it.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { accessibilityFaults, faultsInAnyLook, wideElements } from '../../../harness/axe.js';
import { launch } from '../../../harness/browser.js';
import { isOn } from '../../../harness/lockout.js';
import { companies, headline, openView, press, unfoldAll } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { withoutSiteAccess } from '../../../harness/withheld.js';
import { HOSTILE_TITLE } from '../../../harness/world/shop.js';
import { TRACKERS } from '../../../harness/world/trackers.js';
import { startWorld } from '../../../harness/world.js';

/** @typedef {import('puppeteer-core').Page} Page */

const CROWD = 500;

/** As long as the name of a host may be, in labels of 63 letters. @param {string} first @param {string} last */
function longHost(first, last) {
  const room = 250 - first.length - last.length - 2;
  const letters = Array.from({ length: room }, (_, index) => ((index + 1) % 60 === 0 ? '.' : 'x')).join('');
  return `${first}.${letters}.${last}`;
}

describe(`${BROWSER}: popup`, () => {
  const session = openSession('with Detick');

  /**
   * @param {Page} page
   * @param {RegExp} expected
   * @returns {Promise<Page>} the popup of that page, saying what is expected
   */
  async function popupOf(page, expected) {
    const popup = await session.browser.openPopup(page);
    await headline(popup, expected);
    return popup;
  }

  /** @param {object} chosen settings @returns {Promise<void>} */
  async function choose(chosen) {
    await session.browser.inExtension((settings) => chrome.storage.local.set({ settings }), chosen);
  }

  it('is looked at by something that sees faults', async () => {
    const { page } = await visit(session, 'https://destination.example/');
    await page.evaluate(() => document.body.append(document.createElement('button')));
    assert.match((await accessibilityFaults(page)).join('\n'), /^button-name: /m);
  });

  it('tells what was stopped, down to the line', async () => {
    const { page } = await visit(session, 'https://shop.example/tagged');
    const popup = await popupOf(page, /^4 trackers stopped$/);
    assert.deepEqual(await accessibilityFaults(popup), []);
    await openView(popup, 'stopped');
    await unfoldAll(popup);
    const words = await popup.evaluate(() => document.body.innerText);
    for (const part of ['analytics.tiktok.com', '/api/v2/pixel', 'advertising pixel', 'tiktok.txt', '||analytics']) {
      assert.ok(words.includes(part), `${part} is not in:\n${words}`);
    }
    assert.deepEqual(await accessibilityFaults(popup), []);
    await popup.close();
  });

  it('tells in words what TikTok would have learned, a hostile title included', async () => {
    const { page } = await visit(session, 'https://shop.example/hostile-title');
    await page.click('#buy');
    const popup = await popupOf(page, /^5 /);
    await openView(popup, 'learned');
    await until('the title', () => popup.evaluate((title) => document.body.innerText.includes(title), HOSTILE_TITLE));
    // Without the marks that keep a page's words from turning the sentence around them.
    const words = (await popup.evaluate(() => document.body.innerText)).replace(/[\u2068\u2069]/g, '');
    for (const part of [
      'You added something to the cart: Running shoes, €39.99',
      'Your e-mail address, hashed',
      'You chose “I am a survivor”',
      'The page’s key words: shoes, running',
    ]) {
      assert.ok(words.includes(part), `${part} is not in:\n${words}`);
    }
    assert.equal(await popup.evaluate(() => document.querySelectorAll('img').length), 0);
    assert.deepEqual(await accessibilityFaults(popup), []);
    await popup.close();
  });

  it('says calmly that there was nothing', async () => {
    const { page } = await visit(session, 'https://destination.example/plain');
    const popup = await popupOf(page, /^No TikTok trackers here so far$/);
    assert.deepEqual(await accessibilityFaults(popup), []);
    await popup.close();
  });

  it('has nothing to do on pages that are not on the web', async () => {
    const page = await session.browser.openExtensionPage('options/page.html');
    const popup = await popupOf(page, /^Nothing to do/);
    assert.deepEqual(await accessibilityFaults(popup), []);
    await popup.close();
    await page.close();
  });

  it('pauses by keyboard alone, and undoes it by one key', async () => {
    const { page } = await visit(session, 'https://shop.example/tagged?keys');
    const popup = await popupOf(page, /^4 /);
    await tabTo(popup, 'switch');
    await popup.keyboard.press('Enter');
    await headline(popup, /^Off on shop\.example$/);
    assert.equal(await focusedIn(popup), 'switch');
    await tabTo(popup, 'pauseOpen');
    await popup.keyboard.press('ArrowLeft');
    await until('the pause to end after a day', () =>
      popup.evaluate(() => document.querySelector('#pauseDay:checked') !== null),
    );
    assert.deepEqual(await accessibilityFaults(popup), []);
    await popup.evaluate(() => document.getElementById('switch')?.focus());
    await popup.keyboard.press('Enter');
    await headline(popup, /^(4|No TikTok)/);
    assert.equal(await focusedIn(popup), 'switch');
    assert.notEqual(await popup.$('#reload'), null);
    await popup.close();
  });

  it('helps where a site does not work, and offers no report while nobody takes one', async () => {
    await session.browser.inExtension(() => chrome.storage.local.set({ settings: {} }));
    const { page } = await visit(session, 'https://shop.example/tagged?broken');
    const popup = await popupOf(page, /^4 /);
    await openView(popup, 'trouble');
    assert.deepEqual(await accessibilityFaults(popup), []);
    assert.equal(await popup.$('#report-text'), null);
    session.world.log.clear();
    await press(popup, 'off-and-reload');
    await session.world.log.arrival('analytics.tiktok.com');
    await headline(popup, /^Off on shop\.example$/);
    await press(popup, 'switch');
    await headline(popup, /^(?!Off)/);
    // The popup tells what is chosen; the rules follow a moment later, and the next test's page must not come before.
    await popup.evaluate(() => chrome.runtime.sendMessage({ name: 'followSettings', payload: {} }));
    await popup.close();
  });

  it(`counts ${CROWD} trackers on one page exactly`, async () => {
    session.world.log.clear();
    const { page } = await visit(session, `https://shop.example/crowd?count=${CROWD}`);
    await page.waitForFunction((count) => document.body.dataset.sent === String(count), {}, CROWD);
    const popup = await popupOf(page, new RegExp(`^${CROWD} `));
    assert.deepEqual(await companies(popup), { TikTok: CROWD });
    assert.equal(await popup.evaluate(() => document.querySelectorAll('.request').length), CROWD);
    assert.deepEqual(session.world.log.to(TRACKERS), []);
    await popup.close();
  });

  it('has room for hosts of 250 characters', async () => {
    const [site, tracker] = [longHost('a', 'long.example'), longHost('analytics', 'tiktok.com')];
    const { page } = await visit(session, `https://${site}/?host=${tracker}`);
    const popup = await popupOf(page, /^1 /);
    await openView(popup, 'stopped');
    await unfoldAll(popup);
    await popup.setViewport({ width: 360, height: 600 });
    assert.ok((await popup.evaluate(() => document.body.innerText)).includes(tracker));
    assert.deepEqual(await wideElements(popup), []);
    await popup.close();
  });

  it('says that TikTok is locked out', async () => {
    await choose({ level: 'lockout' });
    const { page } = await visit(session, 'https://shop.example/tagged?locked');
    const popup = await popupOf(page, /^4 /);
    assert.equal(await popup.evaluate(() => document.querySelector('header')?.className), 'lockout lock');
    assert.deepEqual(await accessibilityFaults(popup), []);
    await page.goto('https://destination.example/plain?locked');
    await headline(popup, /^TikTok is locked out/);
    await popup.close();
    await choose({});
    await until('the lockout to be lifted', async () => !(await isOn(session)));
  });

  it('tells a visitor of TikTok what they are there', async () => {
    const { page } = await visit(session, 'https://www.tiktok.com/');
    const popup = await popupOf(page, /stopped|not signed in/);
    await openView(popup, 'protection');
    await until('who the person is', () => popup.evaluate(() => document.body.innerText.includes('not signed in')));
    assert.deepEqual(await accessibilityFaults(popup), []);
    await session.browser.setScheme(popup, 'dark');
    assert.deepEqual(await accessibilityFaults(popup), []);
    await session.browser.setScheme(popup, 'light');
    await popup.close();
  });

  it('is clear to everybody in every view that its rows open', async () => {
    const forgottenHere = { 'tiktok.com': { tt_webid: 2, _ttp: 1 } };
    await session.browser.inExtension((here) => chrome.storage.session.set({ forgottenHere: here }), forgottenHere);
    const pages = {
      'https://shop.example/reports?ttclid=1&utm_source=views': ['learned', 'stopped', 'link', 'trouble'],
      'https://magazine.example/?views': ['videos'],
      'https://www.tiktok.com/?views': ['protection', 'cleared'],
    };
    for (const [url, views] of Object.entries(pages)) {
      const { page } = await visit(session, url);
      const popup = await popupOf(page, /stopped|click/);
      await until(`the rows of ${url}`, async () => {
        const rows = await viewsOf(popup);
        return views.every((view) => rows.includes(view));
      });
      for (const view of views) {
        await openView(popup, view);
        await unfoldAll(popup);
        assert.deepEqual(await faultsInAnyLook(session.browser, popup), [], `${url}: ${view}`);
      }
      await popup.close();
    }
  });

  it('has the protection on TikTok chosen by keyboard, as a card with its sentence', async () => {
    const { page } = await visit(session, 'https://www.tiktok.com/?cards');
    const popup = await popupOf(page, /stopped|not signed in/);
    await openView(popup, 'protection');
    await tabTo(popup, 'level-auto');
    await popup.keyboard.press('ArrowDown');
    // The card is chosen by the key alone; this is said once it is stored, and the popup has followed.
    await until('the second card to be chosen, and said', () =>
      popup.evaluate(() => {
        const words = document.getElementById('said')?.textContent ?? '';
        const isSaid = /^You chose to have TikTok.s own pages left/.test(words);
        return isSaid && document.querySelector('#level-pixels:checked') !== null;
      }),
    );
    assert.equal(await focusedIn(popup), 'level-pixels');
    assert.notEqual(await popup.$('#reload'), null);
    assert.equal(await popup.$('#level-visitor'), null);
    await popup.keyboard.press('ArrowUp');
    await popup.waitForSelector('#level-visitor');
    await press(popup, 'level-visitor');
    await until('the level to be stored', async () => {
      const { settings } = await session.browser.inExtension(() => chrome.storage.local.get('settings'));
      return /** @type {{ level?: string }} */ (settings)?.level === 'visitor';
    });
    assert.equal(await popup.$eval('#level-auto', (card) => /** @type {HTMLInputElement} */ (card).checked), true);
    assert.deepEqual(await accessibilityFaults(popup), []);
    await choose({});
    await popup.close();
  });

  it('fits a narrow screen, twice the text, and the other direction', async () => {
    const { page } = await visit(session, 'https://shop.example/reports?size');
    const popup = await popupOf(page, /^3 /);
    await popup.setViewport({ width: 320, height: 600 });
    await popup.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    assert.deepEqual(await wideElements(popup), []);
    await openView(popup, 'stopped');
    await unfoldAll(popup);
    assert.deepEqual(await wideElements(popup), []);
    await popup.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    assert.deepEqual(await wideElements(popup), []);
    assert.deepEqual(await accessibilityFaults(popup), []);
    await popup.close();
  });
});

describe(`${BROWSER}: popup without access to sites`, () => {
  const session = /** @type {import('../../../harness/session.js').Session} */ ({});
  const extension = withoutSiteAccess();
  before(async () => {
    session.world = await startWorld();
    session.browser = await launch(BROWSER, { world: session.world, extensionDir: extension.dir });
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
    extension.remove();
  });

  it('asks for access, and claims no number', async () => {
    const popup = await session.browser.openExtensionPage(session.browser.popupPath);
    await headline(popup, /^Detick needs access to sites$/);
    assert.deepEqual(await accessibilityFaults(popup), []);
    assert.equal(await popup.evaluate(() => document.querySelectorAll('.company, .number, .totals').length), 0);
    await popup.close();
  });
});

/** @param {Page} popup @returns {Promise<string[]>} the views that its rows open, from above */
function viewsOf(popup) {
  return popup.evaluate(() =>
    [...document.querySelectorAll('[id^="open-"]')].map(({ id }) => id.slice('open-'.length)),
  );
}

/** @param {Page} popup @returns {Promise<string | undefined>} the id of what has the focus */
function focusedIn(popup) {
  return popup.evaluate(() => document.activeElement?.id);
}

/**
 * Goes from key to key until an element has the focus, and asks that it can be seen there.
 *
 * @param {Page} popup
 * @param {string} id
 */
async function tabTo(popup, id) {
  await popup.bringToFront();
  for (let step = 0; step < 60; step += 1) {
    const [focused, outline] = await popup.evaluate(() => {
      const element = document.activeElement;
      const shown = element?.closest('.card') ?? element; // a card shows its button's focus
      return [element?.id, shown ? getComputedStyle(shown).outlineStyle : ''];
    });
    if (focused === id) return assert.notEqual(outline, 'none', `the focus on ${id} cannot be seen`);
    await popup.keyboard.press('Tab');
  }
  assert.fail(`no way by Tab to ${id}`);
}
