// What pages do by themselves with tracked links: their Copy buttons, and the addresses that they give themselves.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { faultsInAnyLook } from '../../../harness/axe.js';
import { BROWSER, leaveTikTokAlone, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { VIDEO } from '../../../harness/world/links.js';

describe(`${BROWSER}: pages`, () => {
  const session = openSession('with Detick');
  before(() => leaveTikTokAlone(session)); // a visitor's page may not read the clipboard, which is how the test looks at it

  const copied = {
    '#copy': VIDEO,
    '#copy-by-command': 'https://www.tiktok.com/@tina/photo/7300000000000000003?ug_photo_idx=2',
  };
  for (const [button, expected] of Object.entries(copied)) {
    it(`TikTok's button ${button} copies a clean link`, async () => {
      const { page, faults } = await visit(session, VIDEO);
      await page.bringToFront();
      await page.click(button);
      let latest = '';
      await until('the clean link on the clipboard', async () => {
        latest = await session.browser.readClipboard(page);
        return latest === expected;
      }).catch(() => assert.equal(latest, expected));
      assert.deepEqual(faults, []);
    });
  }

  it('what is no lone link is copied as it is', async () => {
    const { page } = await visit(session, VIDEO);
    await page.bringToFront();
    const text = `Look: ${VIDEO}?_t=ZT-1, and more`;
    await page.evaluate((words) => {
      document.querySelector('#note')?.addEventListener('click', () => navigator.clipboard.writeText(words));
    }, text);
    await page.click('#note');
    await until('the text on the clipboard', async () => (await session.browser.readClipboard(page)) === text);
  });

  it('what is glued to a lone link stays', async () => {
    const { page } = await visit(session, VIDEO);
    await page.bringToFront();
    await page.evaluate((words) => {
      document.querySelector('#note')?.addEventListener('click', () => navigator.clipboard.writeText(words));
    }, `${VIDEO}?_t=ZT-1，看这里`);
    await page.click('#note');
    let latest = '';
    await until('the clean link with the words behind it', async () => {
      latest = await session.browser.readClipboard(page);
      return latest === `${VIDEO}，看这里`;
    }).catch(() => assert.equal(latest, `${VIDEO}，看这里`));
  });

  it('a page’s script has Detick copy only after a person’s click, and never reads what was copied', async () => {
    const { page } = await visit(session, 'about:blank');
    await page.evaluateOnNewDocument(askDetick, `${VIDEO}?_t=ZT-1`);
    await page.goto(VIDEO);
    const heard = (/** @type {string} */ when) =>
      until(`what the page hears ${when}`, () => page.evaluate((name) => document.body.dataset[name], when));
    assert.equal(await heard('load'), 'nothing');
    await page.bringToFront();
    await page.click('#note');
    assert.equal(await heard('click'), 'true');
    assert.equal(await session.browser.readClipboard(page), VIDEO);
  });

  it('the page that unwraps shows a link that leads nowhere, and everybody can use it', async () => {
    const page = await session.browser.openExtensionPage('unwrap.html#nowhere:at-all');
    await page.waitForSelector('h1');
    assert.match(await page.$eval('main', (main) => main.innerText), /couldn’t read[\s\S]*nowhere:at-all/);
    assert.deepEqual(await faultsInAnyLook(session.browser, page), []);
    await page.close();
  });

  for (const [button, item] of /** @type {const} */ ([
    ['#push', 1],
    ['#replace', 2],
  ])) {
    it(`an address that a page gives itself by ${button} ends clean, with its state`, async () => {
      const { page } = await visit(session, 'https://news.example/app');
      await page.click(button);
      const expected = `https://news.example/app/item/${item}?color=red#top`;
      await page
        .waitForFunction((url) => location.href === url, { timeout: 5000 }, expected)
        .catch(async () => assert.equal(await page.evaluate(() => location.href), expected));
      assert.deepEqual(await page.evaluate(() => history.state), { item, scroll: 12 });
    });
  }
});

/**
 * Runs in the page before its own scripts: asks as copy-page.js does, when the page has loaded and at every click, and
 * writes down what it hears.
 *
 * @param {string} link
 */
function askDetick(link) {
  for (const type of ['load', 'click']) {
    addEventListener(type, () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        document.body.dataset[type] = String(data);
      };
      const question = new MessageEvent('detick-copied', { data: link, ports: [port2], cancelable: true });
      if (dispatchEvent(question)) document.body.dataset[type] = 'nothing';
    });
  }
}
