// Hosts that have no pages: nobody is led by way of them, no form is sent to them, nothing of theirs is loaded ahead.
// Without a proxy, behind which Chromium loads nothing ahead.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launch } from '../../../harness/browser.js';
import { EXTENSION_DIR, readManifest } from '../../../harness/extension.js';
import { companies } from '../../../harness/popup.js';
import { BROWSER, isSetUp, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { answer } from '../../../harness/world/hosts.js';
import { content } from '../../../harness/world/reply.js';
import { startWorld } from '../../../harness/world.js';

const PAGE = 'https://leading.example/';
/** One of each kind. */
const PAGELESS = [
  'analytics.tiktok.com',
  'mcs-va.tiktok.com',
  'mon-va.byteoversea.com',
  'mssdk-va.tiktok.com',
  'analytics.pangle-ads.com',
];
const PIXEL = 'analytics.tiktok.com';
const TIKTOK_PAGE = 'https://www.tiktok.com/@tina/ahead';
const late = () => new Promise((resolve) => setTimeout(resolve, 700));

const ahead = [...PAGELESS.map((host) => `https://${host}/ahead?who=reader`)];
const speculation = (/** @type {string[]} */ urls) =>
  `<script type="speculationrules">${JSON.stringify({
    prefetch: [{ urls, eagerness: 'immediate' }],
    prerender: [{ urls: urls.map((url) => `${url}&prerender`), eagerness: 'immediate' }],
  })}</script>${urls.map((href) => `<link rel="prefetch" href="${href}&link">`).join('')}`;

const HTML = `<!doctype html><title>Leading</title><p>Words</p>
<form method="post" action="https://analytics.tiktok.com/form"><input name="email" value="a@b.example"></form>`;

/** @type {import('../../../harness/world.js').Respond} */
const respond = (request, log) => {
  if (request.host !== new URL(PAGE).host) return answer(request, log);
  if (request.path === '/ahead') return content('text/html', HTML + speculation(ahead));
  if (request.path === '/tiktok') return content('text/html', HTML + speculation([`${TIKTOK_PAGE}?x`]));
  if (request.path === '/connecting')
    return content('text/html', `${HTML}<link rel="preconnect" href="https://${PIXEL}">`);
  return content('text/html', HTML);
};

/** @param {import('../../../harness/session.js').Session} session */
const arrivedAt = ({ world }) =>
  PAGELESS.flatMap((host) => world.log.to(host)).map(({ method, url }) => `${method} ${url}`);

describe(`${BROWSER}: hosts without pages`, () => {
  const session = openSession('with Detick', respond, { route: 'names' });

  it('nothing of theirs is loaded ahead, and each stop is counted for the page that asked', async () => {
    const { page } = await visit(session, `${PAGE}ahead`);
    await late();
    assert.deepEqual(arrivedAt(session), []);
    await page.evaluate(() => {
      new Image().src = 'https://analytics.tiktok.com/after';
    });
    const popup = await session.browser.openPopup(page);
    await until('the page’s own count', async () => Number((await companies(popup)).TikTok) > 0);
    assert.match(await popup.evaluate(() => document.body.textContent ?? ''), /leading\.example/);
    await popup.close();
  });

  for (const [how, lead] of Object.entries({
    'is led by way of them': () => {
      location.href = 'https://analytics.tiktok.com/bounce?from=reader';
    },
    'sends them a form': () => document.forms[0]?.submit(),
    'is shown them in a pop-up': () => {
      open('https://mcs-va.tiktok.com/popup');
    },
    'opens them by a link': () => {
      const link = document.createElement('a');
      link.href = 'https://analytics.pangle-ads.com/link';
      document.body.append(link);
      link.click();
    },
  })) {
    it(`nobody ${how}`, async () => {
      session.world.log.clear();
      const { page } = await visit(session, PAGE);
      const before = await stoppedInAll();
      await page.evaluate(lead).catch(() => undefined); // the page may go while it answers
      await until('the stop to be counted', async () => (await stoppedInAll()) > before);
      await late();
      assert.deepEqual(arrivedAt(session), []);
      assert.equal(await stoppedInAll(), before + 1);
    });
  }

  it('hosts with pages open', async () => {
    for (const host of ['ads.tiktok.com', 'business-api.tiktok.com', 'www.pangleglobal.com', 'www.tiktok.com']) {
      const { page } = await visit(session, PAGE);
      await page.goto(`https://${host}/opened`).catch(() => undefined); // a 404 of the world's is an answer too
      await session.world.log.arrival(host, '/opened');
    }
  });

  /** @returns {Promise<number>} since installing */
  function stoppedInAll() {
    return session.browser.inExtension(async () => {
      const { totals } = /** @type {any} */ (await chrome.storage.local.get('totals'));
      return Number(totals?.all ?? 0);
    });
  }
});

describe(`${BROWSER}: the browser's own loading ahead`, () => {
  const session = /** @type {import('../../../harness/session.js').Session} */ ({});
  const folder = mkdtempSync(join(tmpdir(), 'detick-ahead-'));

  before(async () => {
    // Chromium's question is a window of its own, which nothing here can answer: there it has been answered before.
    cpSync(EXTENSION_DIR, folder, { recursive: true, filter: (path) => !path.endsWith('_metadata') });
    const manifest = readManifest(folder);
    if (BROWSER === 'chromium') manifest.permissions?.push('privacy');
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    session.world = await startWorld(respond);
    session.browser = await launch(BROWSER, {
      world: session.world,
      extensionDir: folder,
      route: 'names',
    });
    await until('Detick to be set up', () => isSetUp(session));
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is on until somebody switches it off, which takes a page of TikTok’s own too', async () => {
    const before = await visit(session, `${PAGE}tiktok`);
    if (BROWSER === 'chromium') await session.world.log.arrival('www.tiktok.com', '/@tina/ahead');
    await before.page.close();
    await visit(session, `${PAGE}connecting`);
    const isConnected = async () => session.world.log.connections().includes(PIXEL);
    await until('the connection that the page asks for', isConnected);
    assert.equal(await isPredicted(), BROWSER === 'chromium' ? true : undefined);

    const options = await session.browser.openExtensionPage('options/page.html');
    await options.bringToFront();
    await (await options.waitForSelector('#ahead'))?.click();
    await until('the setting', async () => (await isPredicted()) === false);
    await until('the box', () =>
      options.evaluate(() => /** @type {HTMLInputElement} */ (document.getElementById('ahead')).checked),
    );
    session.world.log.clear();
    const { page } = await visit(session, `${PAGE}tiktok`);
    await late();
    assert.deepEqual(session.world.log.to('www.tiktok.com'), []);
    await page.goto(`${PAGE}connecting`);
    await late();
    assert.equal(await isConnected(), false, 'nor is the pixel connected to');
    await page.close();

    await options.bringToFront();
    await options.click('#ahead');
    await until('the setting to be given back', async () => (await isPredicted()) !== false);
    const has = await session.browser.inExtension(() => chrome.permissions.contains({ permissions: ['privacy'] }));
    assert.equal(has, BROWSER === 'chromium', 'the permission is given back where it was given here');
    await options.close();
  });

  /** @returns {Promise<boolean | undefined>} nothing without the permission */
  function isPredicted() {
    return session.browser.inExtension(async () => {
      if (!(await chrome.permissions.contains({ permissions: ['privacy'] }))) return undefined;
      return (await chrome.privacy.network.networkPredictionEnabled.get({})).value;
    });
  }
});
