// Links that are copied: what is on the clipboard afterwards.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { press } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { DESTINATION, SHARED_LINK, VIDEO } from '../../../harness/world/links.js';

/**
 * What the sentence in a page says, as a script of ours sees it.
 *
 * @param {number} tabId
 * @returns {Promise<{ words: string | null, role: string | null, mode: string } | undefined>} nothing until it speaks
 */
async function readToast(tabId) {
  const [answer] = await chrome.scripting.executeScript({
    target: { tabId },
    func: () => {
      const host = document.documentElement.lastElementChild;
      const { chrome } = /** @type {any} */ (globalThis);
      const root = /** @type {any} */ (host)?.openOrClosedShadowRoot ?? chrome.dom?.openOrClosedShadowRoot(host);
      const toast = root?.querySelector('div');
      return toast?.textContent && { words: toast.textContent, role: toast.getAttribute('role'), mode: root.mode };
    },
  });
  return answer?.result || undefined;
}

describe(`${BROWSER}: copying`, () => {
  const session = openSession('with Detick');

  /**
   * @param {import('puppeteer-core').Page} page
   * @param {string} expected
   */
  async function clipboardHolds(page, expected) {
    let latest = '';
    try {
      await until('the clipboard', async () => {
        latest = await session.browser.readClipboard(page);
        return latest === expected;
      });
    } catch {
      assert.equal(latest, expected);
    }
  }

  it('"Copy clean link" on a shared link leaves the clean link', async () => {
    session.world.log.clear();
    const { page } = await visit(session, 'https://news.example/links');
    await session.browser.chooseMenuItem(page, { item: 'copy-link', on: '#shared' });
    await clipboardHolds(page, VIDEO);
    assert.deepEqual(session.world.log.to('www.tiktok.com'), []);
  });

  it('what was copied is said in the page for a moment, and the page cannot read it', async () => {
    const { page } = await visit(session, 'https://news.example/links');
    await page.evaluate(() => {
      const seen = /** @type {{ came: object[] }} */ (Object.assign(globalThis, { came: [] })).came;
      new MutationObserver((records) => {
        for (const element of records.flatMap(({ addedNodes }) => [...addedNodes])) {
          if (!(element instanceof HTMLElement)) continue;
          const { width, height } = element.getBoundingClientRect();
          seen.push({ root: element.shadowRoot, words: element.innerText, size: [width, height] });
        }
      }).observe(document.documentElement, { childList: true });
    });
    const focused = await page.evaluate(() => {
      document.querySelector('a')?.focus();
      return document.activeElement?.id;
    });
    await session.browser.chooseMenuItem(page, { item: 'copy-link', on: '#shared' });
    const tabId = await session.browser.tabId(page);
    const said = await until('the words', () => session.browser.inExtension(readToast, tabId));
    assert.deepEqual(said, {
      words: `Clean link copied. Parts removed: ${[...new URL(SHARED_LINK).searchParams].length}`,
      role: 'status',
      mode: 'closed',
    });
    const came = await page.evaluate(() => /** @type {any} */ (globalThis).came);
    assert.deepEqual(came, [{ root: null, words: '', size: [0, 0] }]);
    assert.equal(await page.evaluate(() => document.activeElement?.id), focused, 'the focus stays');
    await page.waitForFunction(() => document.documentElement.children.length === 2);
  });

  it('"Copy clean link" on a link that leads through TikTok leaves its destination', async () => {
    session.world.log.clear();
    const { page } = await visit(session, 'https://news.example/links');
    await session.browser.chooseMenuItem(page, { item: 'copy-link', on: '#leaving' });
    await clipboardHolds(page, DESTINATION);
    assert.deepEqual(session.world.log.to('www.tiktok.com'), []);
  });

  it('"Copy clean link" on a page leaves its own clean link', async () => {
    const { page } = await visit(session, 'https://news.example/app?item=3&clickid=world');
    await session.browser.chooseMenuItem(page, { item: 'copy-page' });
    await clipboardHolds(page, 'https://news.example/app?item=3');
  });

  it('"Copy clean text" on a selection cleans each link in it and leaves the words', async () => {
    const { page } = await visit(session, 'https://news.example/links');
    await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector('#prose') ?? document.body));
    await session.browser.chooseMenuItem(page, { item: 'copy-selection', on: '#prose' });
    await clipboardHolds(page, `Two of them (${VIDEO}), and https://news.example/.`);
  });

  it('a short link is asked once, as by nobody in particular, and its clean target is copied', async () => {
    const { log } = session.world;
    const { page } = await visit(session, 'https://news.example/links');
    log.clear();
    await session.browser.chooseMenuItem(page, { item: 'expand-link', on: '#short' });
    await clipboardHolds(page, VIDEO);
    const asked = log.to(/tiktok/);
    assert.deepEqual(
      asked.map(({ url }) => url),
      ['https://vm.tiktok.com/ZMabcdefg/'],
    );
    assert.equal(asked[0]?.headers.cookie, undefined);
    assert.equal(asked[0]?.headers.referer, undefined);
  });

  it("the popup's button leaves the page's clean link", async () => {
    const { page } = await visit(session, 'https://news.example/app?item=5&clickid=world');
    const popup = await session.browser.openPopup(page);
    await press(popup, 'copy');
    await clipboardHolds(page, 'https://news.example/app?item=5');
  });

  // Last: the page that it opens goes on asking TikTok for its film.
  it('"Open clean link" opens it in a tab beside', async () => {
    session.world.log.clear();
    const { page } = await visit(session, 'https://news.example/links');
    await session.browser.chooseMenuItem(page, { item: 'open-link', on: '#shared' });
    const { url } = await session.world.log.arrival('www.tiktok.com');
    assert.equal(url, VIDEO);
  });
});
