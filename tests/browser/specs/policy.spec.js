// What an organisation sets: it holds, whatever the person chose, its control is locked and can be read, and what
// cannot be is named while the rest holds.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { faultsInAnyLook } from '../../../harness/axe.js';
import { launch } from '../../../harness/browser.js';
import { EXTENSION_DIR } from '../../../harness/extension.js';
import { inForce, loadPicture, writeOwnLines } from '../../../harness/lists.js';
import { loadSettings } from '../../../harness/own-module.js';
import { canSetChromiumPolicy, setPolicy, waitForPolicy } from '../../../harness/policy.js';
import { openView } from '../../../harness/popup.js';
import { BROWSER, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { ListServer } from '../../../harness/world/filter-lists.js';
import { startWorld } from '../../../harness/world.js';

/** @typedef {import('../../../harness/session.js').Session} Session */
/** @typedef {import('puppeteer-core').Page} Page */

const LIST = 'https://lists.example/of-the-organisation.txt';

/** As administrators write it, with an entry that cannot be. */
const POLICY = {
  level: 'pixels',
  forget: 'hour',
  embeds: 'load',
  embedSites: ['news.example', '*.bad'],
  paused: [{ host: 'paused.example', until: 0 }],
  linksOff: ['left.example'],
  keep: [{ host: 'kept.example', name: 'utm_source' }],
  lists: [{ url: LIST }],
  ownLines: ['||own.pictures.example^', '@@||own.pictures.example/allowed^'],
  removeReferral: true,
  expandShortLinks: true,
  cleanOpened: true,
  cleanMore: false,
  cleanCopied: false,
  clearView: false,
  gpc: false,
  badge: false,
};

/** As Detick understands it. @type {Record<string, unknown>} */
const UNDERSTOOD = {
  ...POLICY,
  embedSites: ['news.example'],
  lists: [{ url: LIST, on: true, trusted: false }],
  ownLines: POLICY.ownLines.join('\n'),
};

/** What the person chooses beside it. */
const CHOSEN = {
  level: 'visitor',
  forget: 'closed',
  embeds: 'ask',
  embedSites: ['mine.example'],
  paused: [{ host: 'mine.example', until: 0 }],
  linksOff: ['mine.example'],
  keep: [{ host: 'mine.example', name: 'fbclid' }],
  lists: [{ url: 'https://lists.example/mine.txt', on: true, trusted: false }],
  ownLines: '||mine.pictures.example^',
  removeReferral: false,
  expandShortLinks: false,
  cleanOpened: false,
  cleanMore: true,
  cleanCopied: true,
  clearView: true,
  gpc: true,
  badge: true,
};

/**
 * What the settings page shows of each, and what it must not.
 *
 * @type {Record<string, { shows: string, not: string }>}
 */
const CONTROLS = {
  level: { shows: '#level-pixels:disabled:checked', not: '#level-auto:enabled' },
  forget: { shows: '#forget-hour:disabled:checked', not: '#forget-closed:enabled' },
  embeds: { shows: '#embeds-load:disabled:checked', not: '#embeds-ask:enabled' },
  embedSites: { shows: '[data-exception="embeds news.example"]', not: '[id="undo embeds news.example"]' },
  paused: { shows: '[data-exception="pause paused.example"]', not: '[id="undo pause paused.example"]' },
  linksOff: { shows: '[data-exception="links left.example"]', not: '[id="undo links left.example"]' },
  keep: { shows: '[data-exception="keep utm_source kept.example"]', not: '[id="undo keep utm_source kept.example"]' },
  lists: { shows: `[id="list-${LIST}"]:disabled:checked`, not: '#list-address' },
  ownLines: { shows: '#own-lines-set', not: '#own-open' },
  removeReferral: { shows: '#removeReferral:disabled:checked', not: '#removeReferral:enabled' },
  expandShortLinks: { shows: '#expandShortLinks:disabled:checked', not: '#expandShortLinks:enabled' },
  cleanOpened: { shows: '#cleanOpened:disabled:checked', not: '#cleanOpened:enabled' },
  cleanMore: { shows: '#cleanMore:disabled:not(:checked)', not: '#cleanMore:enabled' },
  cleanCopied: { shows: '#cleanCopied:disabled:not(:checked)', not: '#cleanCopied:enabled' },
  clearView: { shows: '#clearView:disabled:not(:checked)', not: '#clearView:enabled' },
  gpc: { shows: '#gpc:disabled:not(:checked)', not: '#gpc:enabled' },
  badge: { shows: '#badge:disabled:not(:checked)', not: '#badge:enabled' },
};

const mayTest = BROWSER === 'firefox' || canSetChromiumPolicy();

describe(`${BROWSER}: what an organisation sets`, { skip: !mayTest && 'this user may not set policies' }, () => {
  const server = new ListServer();
  const session = /** @type {Session} */ ({});
  /** @type {(() => void) | undefined} */
  let remove;
  /** @type {Page} */
  let options;

  before(async () => {
    server.put('/of-the-organisation.txt', '! Title: Of the organisation\n||listed.pictures.example^\n');
    session.world = await startWorld(server.respond);
    const policy = setPolicy(BROWSER, EXTENSION_DIR, POLICY);
    remove = policy.remove;
    session.browser = await launch(BROWSER, {
      world: session.world,
      extensionDir: EXTENSION_DIR,
      home: policy.home,
    });
    await session.browser.inExtension(waitForPolicy);
    options = await session.browser.openExtensionPage('options/page.html');
    await loadSettings(options);
    const { ownLines, ...chosen } = CHOSEN;
    await options.evaluate(async (wanted) => {
      await /** @type {any} */ (globalThis).settings.update((/** @type {object} */ now) => ({ ...now, ...wanted }));
    }, chosen);
    await writeOwnLines(options, ownLines);
    await inForce(options, LIST);
    await inForce(options, '');
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
    remove?.();
  });
  afterEach(() => session.world.log.clear());

  for (const [name, { shows, not }] of Object.entries(CONTROLS)) {
    it(`${name}: it holds, and its control is locked`, async () => {
      if (name !== 'ownLines') assert.deepEqual(await held(name), UNDERSTOOD[name]);
      await options.bringToFront();
      await until(`${shows} on the settings page`, () => has(shows));
      assert.equal(await has(not), false, not);
    });
  }

  it('lines and lists are in force, and the person’s own are not', async () => {
    const words = await options.$eval('#own-lines-set', (lines) => lines.textContent);
    assert.equal(words, UNDERSTOOD.ownLines);
    for (const host of ['listed', 'own']) {
      const { came } = await loadPicture(session, `https://${host}.pictures.example/a.gif`);
      assert.equal(came, false, host);
    }
    for (const address of ['own.pictures.example/allowed/a.gif', 'mine.pictures.example/a.gif']) {
      const { came } = await loadPicture(session, `https://${address}`);
      assert.equal(came, true, address);
    }
  });

  it('a kept parameter stays, others go, and links of a site left alone stay whole', async () => {
    const query = '?utm_source=1&fbclid=2';
    await until('the parameter to be kept', async () => (await arriving('kept.example', query)) === '?utm_source=1');
    assert.equal(await arriving('left.example', query), query);
  });

  it('no site is sent the signal', async () => {
    const { page } = await visit(session, 'https://kept.example/signal');
    const { headers } = await session.world.log.arrival('kept.example', '/signal');
    assert.equal(headers['sec-gpc'], undefined);
    await page.close();
  });

  it('the popup offers nothing that the organisation decides', async () => {
    const { page } = await visit(session, 'https://kept.example/?utm_source=1&fbclid=2');
    const tab = await session.browser.tabId(page);
    const popup = await session.browser.openExtensionPage(`${session.browser.popupPath}?tab=${tab}`);
    await openView(popup, 'link');
    const found = () =>
      popup.evaluate(() => [...document.querySelectorAll('button, code')].map((one) => one.id || one.textContent));
    await until('the kept parameter', async () => (await found()).includes('utm_source'));
    for (const id of ['switch', 'keep-utm_source', 'leave-links']) assert.ok(!(await found()).includes(id), id);
    await openView(popup, 'trouble');
    for (const id of ['off-and-reload', 'allow-one']) assert.ok(!(await found()).includes(id), id);
    await popup.close();
    await page.close();
  });

  it('what cannot be is named with its place, and what can be', async () => {
    await until('the mistake', () => has('#policy-problems'));
    const words = await options.$eval('#policy-problems', (part) => part.textContent.replace(/[\u2066-\u2069]/g, ''));
    assert.match(words, /“embedSites\[1\]” cannot be "\*\.bad"\. It can be: "news\.example"/);
    const width = await options.$eval('.sections', (part) => part.getBoundingClientRect().width);
    assert.ok(width > 300, `the sections have ${width} px: the mistakes stand in their place`);
    assert.deepEqual(await faultsInAnyLook(session.browser, options), []);
  });

  /** @param {string} selector */
  function has(selector) {
    return options.evaluate((wanted) => document.querySelector(wanted) !== null, selector);
  }

  /** @param {string} name @returns {Promise<unknown>} what holds */
  function held(name) {
    return options.evaluate(async (wanted) => {
      const now = await /** @type {any} */ (globalThis).settings.load();
      return now[wanted];
    }, name);
  }

  /** @param {string} host @param {string} query @returns {Promise<string>} as it arrived */
  async function arriving(host, query) {
    session.world.log.clear();
    const { page } = await visit(session, `https://${host}/${query}`);
    const { url } = await session.world.log.arrival(host, '/');
    await page.close();
    return new URL(url).search;
  }
});
