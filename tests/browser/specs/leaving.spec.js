// What a site is told of those whom a page of ours, or the engine, leads to it.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lockOut } from '../../../harness/lockout.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { content, page, redirect } from '../../../harness/world/reply.js';

/** @typedef {import('puppeteer-core').Page} Page */

const BANK = 'https://bank.example/transfer?to=evil';
const VIDEO = 'https://www.tiktok.com/@tina/video/7300000000000000001';
const DESTINATION = 'https://destination.example/led';
const REDIRECTORS = [
  `https://href.li/?${DESTINATION}`,
  `https://anonym.to/?${DESTINATION}`,
  `https://slack-redir.net/link?url=${encodeURIComponent(DESTINATION)}`,
  `https://href.li/?https://destination.example/on`,
];

/** A page that tells everybody its whole address. */
const BOARD = `<!doctype html><meta name="referrer" content="unsafe-url"><title>Board</title>
${REDIRECTORS.map((link, index) => `<p><a id="link-${index}" href="${link}">Link</a></p>`).join('\n')}
<p><a id="plain" href="${DESTINATION}?plain">Link</a></p>`;

/** A page like any other. */
const FORUM = `<!doctype html><title>Forum</title><p><a id="link" href="${REDIRECTORS[0]}">Link</a></p>`;

/** What is under way has arrived after this. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 500));

describe(`${BROWSER}: leaving a page of ours`, () => {
  const session = openSession('with Detick', ({ host, path }) => {
    if (host === 'board.example') return content('text/html', BOARD);
    if (host === 'forum.example') return content('text/html', FORUM);
    if (path === '/on') return redirect(DESTINATION);
    return page('plain.html', { title: 'A page' });
  });

  for (const index of REDIRECTORS.keys()) {
    it(`the destination of a link that was unwrapped hears nothing of where it was found (${index})`, async () => {
      const { page: board } = await visit(session, 'https://board.example/secret/thread?user=jane');
      session.world.log.clear();
      await board.click(`#link-${index}`);
      await session.world.log.arrival('destination.example', '/led');
      const asked = session.world.log.to('destination.example').filter(({ path }) => path === '/led');
      for (const { headers } of asked) assert.equal(headers.referer, undefined);
      await until('the destination', async () => (await textOf(board)).includes('A page'));
      // In Firefox what scripts of a page are told does not follow the header: SECURITY.md says so.
      if (BROWSER === 'chromium') assert.equal(await board.evaluate(() => document.referrer), '');
    });
  }

  it('scripts of such a destination read no more than the site where it was found, and that in Firefox alone', async () => {
    const { page: forum } = await visit(session, 'https://forum.example/secret/thread?user=jane');
    await forum.click('#link');
    await until('the destination', async () => (await textOf(forum)).includes('A page'));
    const read = await forum.evaluate(() => document.referrer);
    assert.equal(read, BROWSER === 'chromium' ? '' : 'https://forum.example/');
  });

  it('any other link tells what the page wants it to', async () => {
    const { page: board } = await visit(session, 'https://board.example/secret/thread?user=jane');
    session.world.log.clear();
    await board.click('#plain');
    const { headers } = await session.world.log.arrival('destination.example', '/led');
    assert.match(headers.referer ?? '', /board\.example\/secret/);
  });

  it('the page of the lockout leads nowhere and changes nothing while nothing is locked out', async () => {
    await keepStrictCookie(BANK);
    session.world.log.clear();
    for (const asked of [BANK, VIDEO]) {
      const shown = await openOwn(`lockout/page.html#${asked}`);
      assert.match(await textOf(shown), /not locked out/);
      assert.equal((await textOf(shown)).includes('bank.example'), false);
      const ids = await shown.$$eval('button', (buttons) => buttons.map((button) => button.id));
      assert.deepEqual(
        ids.filter((id) => id !== 'back'),
        asked === BANK ? [] : ['open'],
      );
      const answer = await shown.evaluate(() => chrome.runtime.sendMessage({ name: 'liftLockout', payload: {} }));
      assert.equal(answer.ok, false);
      await shown.close();
    }
    await quiet();
    assert.deepEqual(session.world.log.to(/bank|tiktok/), []);
    const { settings } = await session.browser.inExtension(() => chrome.storage.local.get('settings'));
    assert.equal(/** @type {any} */ (settings)?.level ?? 'auto', 'auto');
  });

  it('the page of the lockout leads to what is locked out alone', async () => {
    await lockOut(session);
    await keepStrictCookie(BANK);
    session.world.log.clear();
    const shown = await openOwn(`lockout/page.html#${BANK}`);
    assert.match(await textOf(shown), /is locked out/);
    assert.equal((await textOf(shown)).includes('bank.example'), false);
    assert.equal(await shown.$('#lift'), null);
    await shown.click('#unlock');
    await until('the lockout to be over', async () => (await textOf(shown)).includes('not locked out'));
    await quiet();
    assert.deepEqual(session.world.log.to('bank.example'), []);
    await shown.close();
  });

  it('and shows it nothing that only its own pages may have', async () => {
    await lockOut(session);
    await keepStrictCookie(VIDEO);
    session.world.log.clear();
    const shown = await openOwn(`lockout/page.html#${VIDEO}`);
    await shown.click('#lift');
    const led = await session.world.log.arrival('www.tiktok.com', new URL(VIDEO).pathname);
    assert.doesNotMatch(led.headers.cookie ?? '', /sessionid/);
    assert.notEqual(led.headers['sec-fetch-site'], 'same-origin');
    await shown.close();
    // It was there to be shown.
    const { page: own } = await visit(session, 'https://www.tiktok.com/');
    session.world.log.clear();
    await own.goto('https://www.tiktok.com/own');
    assert.match((await session.world.log.arrival('www.tiktok.com', '/own')).headers.cookie ?? '', /sessionid/);
  });

  it('a link longer than any is opened all the same', async () => {
    session.world.log.clear();
    const long = `https://lm.facebook.com/l.php?u=nowhere&x=${'a'.repeat(70_000)}`;
    const { page: board } = await visit(session, 'https://board.example/');
    await board.evaluate((link) => location.assign(link), long).catch(() => undefined); // the page is on its way out
    const { url } = await session.world.log.arrival('lm.facebook.com');
    assert.equal(url, long);
  });

  for (const port of [65_536, 99_999]) {
    it(`a redirector to port ${port} is left to itself`, async () => {
      session.world.log.clear();
      const link = `https://www.tiktok.com/link/v2?target=${encodeURIComponent(`https://destination.example:${port}/`)}`;
      const { page: board } = await visit(session, 'https://board.example/');
      await board.evaluate((address) => location.assign(address), link).catch(() => undefined); // the page is on its way out
      assert.equal((await session.world.log.arrival('www.tiktok.com', '/link/v2')).url, link);
    });
  }

  /** A cookie that no other site's link is to bring along. @param {string} url */
  async function keepStrictCookie(url) {
    await session.browser.inExtension(async (address) => {
      const cookie = {
        name: 'sessionid',
        value: '1',
        path: '/',
        secure: true,
        sameSite: /** @type {'strict'} */ ('strict'),
      };
      await chrome.cookies.set({ ...cookie, url: address, expirationDate: Date.now() / 1000 + 3600 });
    }, url);
  }

  /**
   * Opens a page of ours as any page may. Firefox moves it to another process, and puppeteer shows it as another page.
   *
   * @param {string} path
   * @returns {Promise<Page>}
   */
  async function openOwn(path) {
    const opened = await session.browser.newPage();
    const address = await session.browser.inExtension((file) => chrome.runtime.getURL(file), path);
    await opened.goto(address, BROWSER === 'firefox' ? { waitUntil: [] } : {});
    return until('our page', async () => {
      for (const one of await session.browser.puppeteer.pages()) {
        if (await one.evaluate(hasWordsAt, `${session.browser.extensionBase}lockout/`).catch(() => false)) return one;
      }
      return undefined;
    });
  }
});

/** Runs in a page. @param {string} address */
function hasWordsAt(address) {
  return location.href.startsWith(address) && document.querySelector('h1') !== null;
}

/** @param {Page} shown @returns {Promise<string>} */
async function textOf(shown) {
  return shown.evaluate(() => document.body.textContent ?? '').catch(() => '');
}
