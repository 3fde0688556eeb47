// The page that cleans a text, and the address bar's keyword, which cleans one link.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessibilityFaults, faultsInAnyLook } from '../../../harness/axe.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { DESTINATION, LINK_V2, SHARED_LINK, VIDEO } from '../../../harness/world/links.js';

/** @typedef {import('puppeteer-core').Page} Page */

const TEXT = `Look: ${SHARED_LINK}\nand ${LINK_V2}, or https://news.example/`;
const CLEAN = `Look: ${VIDEO}\nand ${DESTINATION}, or https://news.example/`;

describe(`${BROWSER}: cleaner`, () => {
  const session = openSession('with Detick');

  it('cleans every link of a text while it is typed, with the background asleep', async () => {
    await session.browser.killBackground();
    const page = await open();
    await fill(page, TEXT);
    await shows(page, CLEAN);
    assert.match(await page.$eval('h2', (title) => title.textContent), /^2 of 3 /);
    assert.match(await page.$eval('#said', (said) => said.textContent), /^2 of 3 /);
    const reasons = await page.$$eval('.removals b', (all) => all.map((reason) => reason.textContent));
    assert.ok(reasons.includes('who shared the link'));
    const [first] = await page.$$eval('.removals', (lists) => lists.map((list) => list.querySelectorAll('b').length));
    assert.equal(new Set(reasons.slice(0, first)).size, first, 'each reason is said once for a link');
    assert.deepEqual(await faultsInAnyLook(session.browser, page), []);
    await page.close();
  });

  it('puts one link back, and copies the whole, by keys alone', async () => {
    const page = await open();
    await page.bringToFront();
    await fill(page, TEXT);
    await shows(page, CLEAN);
    await page.focus('#undo-0');
    await page.keyboard.press('Enter');
    const expected = CLEAN.replace(VIDEO, SHARED_LINK);
    await shows(page, expected);
    await page.focus('#copy-all');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.getElementById('copy-all')?.textContent === 'Copied');
    const { page: reader } = await visit(session, 'https://news.example/'); // a driver may ask a page of the web alone
    await until('the text on the clipboard', async () => (await session.browser.readClipboard(reader)) === expected);
    await page.close();
  });

  it('copies one of the links by keys alone, as it stands, and says so', async () => {
    const page = await open();
    await page.bringToFront();
    await fill(page, TEXT);
    await shows(page, CLEAN);
    await page.focus('#undo-0');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'copy-0');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.getElementById('copy-0')?.textContent === 'Copied');
    assert.equal(await page.$eval('#said', (said) => said.textContent), 'Copied');
    assert.equal(await page.$eval('#copy-1', (button) => button.textContent), 'Copy');
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.waitForFunction(() => document.getElementById('copy-0')?.textContent === 'Copy');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'copy-0', 'the focus stays');
    const { page: reader } = await visit(session, 'https://news.example/');
    await until('the link on the clipboard', async () => (await session.browser.readClipboard(reader)) === VIDEO);
    await page.bringToFront();
    await page.click('#undo-0');
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.click('#copy-0');
    await page.waitForFunction(() => document.getElementById('copy-0')?.textContent === 'Copied');
    await reader.bringToFront();
    await until('the link as it was', async () => (await session.browser.readClipboard(reader)) === SHARED_LINK);
    await page.close();
  });

  it('takes a link that is dropped on it, and one that says nothing about anybody as it is', async () => {
    const page = await open();
    await page.evaluate((link) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('text/uri-list', link);
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    }, SHARED_LINK);
    await shows(page, VIDEO);
    await fill(page, VIDEO);
    await until('the sentence that it was clean', () =>
      page.$eval('main', (main) => /clean already/.test(main.innerText)),
    );
    await fill(page, 'no link at all');
    await until('the sentence that there is none', () => page.$eval('main', (main) => /no link/.test(main.innerText)));
    await page.close();
  });

  it('asks nobody about a short link until it is told to', async () => {
    const page = await open();
    session.world.log.clear();
    await fill(page, 'https://vm.tiktok.com/ZMabc123/');
    await page.waitForSelector('#expand-0');
    assert.deepEqual(session.world.log.to(/tiktok/), []);
    assert.deepEqual(await faultsInAnyLook(session.browser, page), []);
    await page.click('#expand-0');
    await session.world.log.arrival('vm.tiktok.com');
    await page.close();
  });

  /** @returns {Promise<Page>} */
  async function open() {
    const page = await session.browser.openExtensionPage('cleaner/page.html');
    await page.waitForSelector('#text');
    return page;
  }
});

/** @param {Page} page @param {string} text */
function fill(page, text) {
  return page.$eval(
    '#text',
    (field, typed) => {
      /** @type {HTMLTextAreaElement} */ (field).value = typed;
      field.dispatchEvent(new Event('input'));
    },
    text,
  );
}

/** @param {Page} page @param {string} text */
async function shows(page, text) {
  let latest = '';
  await until('the clean text', async () => {
    latest = await page.evaluate(() => document.getElementById('clean-text')?.textContent ?? '');
    return latest === text;
  }).catch(() => assert.equal(latest, text));
}
