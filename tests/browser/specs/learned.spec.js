// What TikTok would have learned: read from the reports that were stopped, shown in words, and told to nobody.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { TRACKERS } from '../../../harness/world/trackers.js';

/** @typedef {import('../../../extension/types.js').TabRecord} TabRecord */

const REPORTS = 'https://shop.example/reports';

describe(`${BROWSER}: what it would have learned`, () => {
  const session = openSession('with Detick');

  /**
   * @param {import('puppeteer-core').Page} page
   * @returns {Promise<TabRecord | undefined>} what is remembered of its page
   */
  async function recordOf(page) {
    const key = `tab:${await session.browser.tabId(page)}`;
    const stored = await session.browser.inExtension((name) => chrome.storage.session.get(name), key);
    return /** @type {TabRecord | undefined} */ (stored[key]);
  }

  /** @param {import('puppeteer-core').Page} page @param {string} event */
  function toldOf(page, event) {
    return until(`the event ${event}`, async () => {
      const record = await recordOf(page);
      return record?.learned.some(({ kind, text }) => kind === 'event' && text === event) && record;
    });
  }

  it('is read from beacons and images, though the browser stops them', async () => {
    session.world.log.clear();
    const { page } = await visit(session, REPORTS);
    await page.click('#buy');
    await toldOf(page, 'Metadata');
    const { learned } = await toldOf(page, 'AddToCart');
    const told = new Set(
      learned.map(({ kind, text, amount, currency }) => [kind, text, amount, currency].join(' ').trim()),
    );
    for (const fact of [
      'event ViewContent 39.99 EUR',
      'event AddToCart 39.99 EUR',
      'product Running shoes',
      'title Shop',
      'keywords shoes, running',
      'chose I am a survivor',
      'pixel CWORLD77UABCDEFGHIJK',
      `page ${REPORTS}`,
      'hashed email',
      'click_id E.C.P.world',
      'visitor_id 01WORLD_.tt.1',
      'device pc',
    ]) {
      assert.ok(told.has(fact), `${fact} is not among ${[...told]}`);
    }
    assert.deepEqual(session.world.log.to(TRACKERS), []);
  });

  it('holds what the pixel would have gathered by itself, told as such, once the page told it something', async () => {
    const { page } = await visit(session, 'https://shop.example/gathered');
    await toldOf(page, 'Pageview');
    await page.click('#choose');
    await page.focus('#size');
    await page.keyboard.press('ArrowDown'); // a person's, which puppeteer's own way is not
    await page.click('#buy');
    await page.evaluate(() => scrollTo(0, 2000));
    const gatheredUntil = (/** @type {string} */ last) =>
      until(`"${last}" to be gathered`, async () => {
        const facts = (await recordOf(page))?.learned.filter((fact) => fact.gathered) ?? [];
        return facts.some(({ kind, text }) => `${kind} ${text}`.startsWith(last)) && facts;
      });
    await gatheredUntil('read_to');
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const gathered = await gatheredUntil('read_to 100 %');
    assert.deepEqual(gathered.map(({ kind, text }) => `${kind} ${text}`).sort(), [
      'about Coats for rain',
      'answered Size: small, large',
      'chose I live where it rains',
      'keywords coats, rain',
      'order T-7',
      'page_total 12.50 EUR',
      'pressed Buy now',
      'price 39.90 EUR',
      'product Rain coat',
      'product Umbrella',
      'read_to 100 %',
      'search rain',
      'title Rain coats',
    ]);
    await page.goto('https://destination.example/plain');
    await until('the new page to know nothing', async () => (await recordOf(page)) === undefined);
    assert.deepEqual(session.world.log.to(TRACKERS), []);
  });

  it('is kept with its page also if the page is left at once', async () => {
    const { page } = await visit(session, 'https://shop.example/gathered?left');
    await toldOf(page, 'Pageview');
    await new Promise((done) => setTimeout(done, 400)); // what is told right after something else may be lost
    const left = page.waitForNavigation();
    await page.evaluate(() => {
      const shop = /** @type {any} */ (window);
      addEventListener('pagehide', () => shop.ttq.track('Leave'));
      shop.ttq.track('PlaceAnOrder');
      location.href = 'https://destination.example/plain';
    });
    await left;
    const key = `left:${await session.browser.tabId(page)}`;
    await until('what was said last', async () => {
      const stored = await session.browser.inExtension((name) => chrome.storage.session.get(name), key);
      const text = JSON.stringify(stored);
      // Chromium takes no message from a page that has been left.
      return text.includes('PlaceAnOrder') && (BROWSER === 'chromium' || text.includes('Leave'));
    });
    assert.equal(await recordOf(page), undefined);
  });

  it('is not gathered where the page told the pixel nothing', async () => {
    const { page } = await visit(session, 'https://shop.example/gathered?quiet');
    await page.click('#buy');
    await new Promise((done) => setTimeout(done, 800));
    assert.equal(await recordOf(page), undefined);
  });

  const bodies = realBodies();
  it('is all that real reports say, and nothing else', {
    skip: bodies ? false : 'no cases/pixel-bodies.json',
  }, async () => {
    session.world.log.clear();
    for (const { name, url, body, wanted } of bodies ?? []) {
      const { page } = await visit(session, 'https://destination.example/plain');
      const send = (/** @type {string} */ to, /** @type {string} */ report) =>
        fetch(to, { method: 'POST', body: report, mode: 'no-cors' }).catch(() => undefined);
      await page.evaluate(send, url, body);
      const expected = wanted.map(asKept).sort();
      const facts = await until(name, async () => {
        const learned = (await recordOf(page))?.learned ?? [];
        return learned.length >= expected.length && learned.map(named).sort();
      });
      assert.deepEqual(facts, expected, name);
      await isInPopup(page, name, wanted);
      await page.close();
    }
    assert.deepEqual(session.world.log.to(TRACKERS), []);
  });

  /**
   * Every fact with words of the page's own is in a line of the popup, and there are no more lines than facts.
   *
   * @param {import('puppeteer-core').Page} page
   * @param {string} name
   * @param {Body['wanted']} wanted
   */
  async function isInPopup(page, name, wanted) {
    const popup = await session.browser.openPopup(page);
    const lines = await until(`${name} in the popup`, () =>
      popup.evaluate(() => {
        document.getElementById('open-learned')?.click();
        const shown = document.getElementById('open-learned') ? [] : document.querySelectorAll('.facts li');
        return shown.length > 0 && [...shown].map((line) => line.textContent ?? '');
      }),
    );
    const words = lines.join('\n').replace(/[\u2066-\u2069]/g, '');
    for (const { kind, text } of wanted.filter((fact) => IN_WORDS.has(fact.kind)))
      assert.ok(words.includes(text), `${name}: ${kind} ${text} is not in:\n${words}`);
    assert.ok(lines.length <= wanted.length, `${name}: more than was told in:\n${words}`);
    await popup.close();
  }

  it('is forgotten with the page, and with the tab', async () => {
    const { page } = await visit(session, `${REPORTS}?soon-left`);
    await toldOf(page, 'ViewContent');
    await page.goto('https://destination.example/plain');
    await until('the new page to know nothing', async () => (await recordOf(page)) === undefined);
    await page.close();
    const stored = await until('the tab to be forgotten', async () => {
      const all = JSON.stringify(await session.browser.inExtension(() => chrome.storage.session.get(null)));
      return !all.includes('soon-left') && all;
    });
    assert.ok(!stored.includes('soon-left'));
    const kept = JSON.stringify(await session.browser.inExtension(() => chrome.storage.local.get(null)));
    for (const secret of ['Running shoes', 'E.C.P.world', '01WORLD']) assert.ok(!kept.includes(secret), secret);
  });
});

/** Kinds of facts that are a page's own words, which the popup repeats. */
const IN_WORDS = new Set(
  'product category described search chose answered pressed title about keywords order'.split(' '),
);

/** @typedef {{ name: string, url: string, body: string, wanted: import('../../../extension/types.js').Fact[] }} Body */

/** Reports as the pixel really sent them, beside the repository. @returns {Body[] | undefined} */
function realBodies() {
  const shared = process.env.DETICK_SHARED ?? join(import.meta.dirname, '../../../../shared');
  const file = join(shared, 'cases/pixel-bodies.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).slice(1) : undefined; // the first says what the others are
}

/** A fact as a tab's record has it. @param {Body['wanted'][0]} fact */
function asKept({ kind, text, ...more }) {
  const isAddress = ['page', 'referrer', 'led_to'].includes(kind);
  const isLong = ['click_id', 'visitor_id'].includes(kind) && text.length > 16;
  const kept = isAddress ? text.replace(/([?#]).*$/s, '$1…') : isLong ? `${text.slice(0, 16)}…` : text;
  return named({ kind, text: kept, ...more });
}

/** The browser sorts what it stores. @param {object} fact */
function named(fact) {
  return JSON.stringify(Object.entries(fact).sort());
}
