// No page ever reads an address of ours: every surrogate is loaded in every way that pages have, and every text that
// they get is looked through.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { EXTENSION_DIR } from '../../../harness/extension.js';
import { loadInto } from '../../../harness/own-module.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';

const PAGE = 'https://reading.example/';
const FILES = readdirSync(join(EXTENSION_DIR, 'surrogates'));

/** What our own lists answer. */
const OURS = [
  'https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=C1&lib=ttq',
  'https://analytics.us.tiktok.com/i18n/pixel/sdk.js?sdkid=C1',
  'https://ads.tiktok.com/',
  'https://www.tiktok.com/embed.js',
  'https://lf16-tiktok-web.tiktokcdn-us.com/obj/tiktok/falcon/embed/embed_v1.0.15.js',
];

/** What the person's own lines answer, each surrogate for every type of request. */
const LINES = FILES.map((file) => `/surrogate/${file}/$redirect=${file}`).join('\n');
const THEIRS = FILES.map((file) => `https://surrogate.example/surrogate/${file}/`);
const FIRST_PARTY = FILES.map((file) => `${PAGE}surrogate/${file}/`);

describe(`${BROWSER}: no page reads an address of ours`, { timeout: 200_000 }, () => {
  const session = openSession('with Detick');

  before(async () => {
    const page = await session.browser.openExtensionPage(session.browser.popupPath);
    await loadInto(page, 'stored/own-lines.js', 'own');
    await page.evaluate((lines) => /** @type {any} */ (globalThis).own.save(lines), LINES);
    await page.close();
    await until('the lines to be in force', () =>
      session.browser.inExtension(async () => {
        const { listSet } = await chrome.storage.local.get('listSet');
        const { counts, doing } = /** @type {any} */ (listSet ?? {});
        return counts?.[''] !== undefined && !doing;
      }),
    );
  });

  for (const [lists, urls, ownUrls] of /** @type {const} */ ([
    ['our lists', OURS, []],
    ['own lines', THEIRS, FIRST_PARTY],
  ])) {
    it(`of what ${lists} answer, in pages and workers`, async () => {
      await look({ context: 'page', urls, ownUrls, workers: true });
    });

    it(`of what ${lists} answer, through the site's service worker`, async () => {
      await look({ context: 'controlled', urls, ownUrls, workers: false });
    });
  }

  /** @param {{ context: string, urls: readonly string[], ownUrls: readonly string[], workers: boolean }} task */
  async function look(task) {
    session.world.log.clear();
    const { page } = await visit(session, PAGE);
    if (task.context === 'controlled') await page.evaluate('goThroughServiceWorker()');
    let { texts, outcomes } = await page.evaluate((what) => /** @type {any} */ (window).readAddresses(what), task);
    if (task.context === 'controlled') {
      ({ texts, outcomes } = await page.evaluate(
        (what) => /** @type {any} */ (window).readServiceWorker({ ...what, context: 'service worker' }),
        task,
      ));
    }
    await page.evaluate(
      'navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister())))',
    );
    assertAnswered(outcomes, task);
    const leaks = texts.filter((/** @type {[string, string]} */ [, text]) => /extension:/.test(text));
    const told = session.world.log.all().filter((arrival) => /extension:/.test(JSON.stringify(arrival)));
    assert.deepEqual(leaks, []);
    assert.deepEqual(told, []);
  }
});

/**
 * What can be answered without an address is: or there would be nothing to read anyway.
 *
 * @param {Record<string, string>} outcomes
 * @param {{ context: string, urls: readonly string[] }} task
 */
function assertAnswered(outcomes, { context, urls }) {
  for (const url of urls.filter((address) => /\.js(?![a-z])/.test(address))) {
    assert.equal(outcomes[`${context} script ${url}`], 'came', url);
    const answer = outcomes[`${context} fetch cors ${url} answer`];
    if (BROWSER === 'chromium') assert.match(answer ?? '', /^data:/, url);
    else assert.equal(answer, undefined, url);
  }
}
