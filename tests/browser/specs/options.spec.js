// The settings page, used as a person does: by clicks, keys, files that are saved, chosen and dropped.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { accessibilityFaults, faultsInAnyLook } from '../../../harness/axe.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';

/** @typedef {import('puppeteer-core').Page} Page */

const CHOSEN = {
  paused: [{ host: 'shop.example', until: 0 }],
  linksOff: ['bank.example'],
  keep: [{ host: 'news.example', name: 'utm_source' }],
  removeReferral: true,
  expandShortLinks: true,
  cleanOpened: false,
  cleanMore: false,
  cleanCopied: false,
  gpc: false,
  level: 'visitor',
  embeds: 'load',
  embedSites: ['magazine.example'],
  badge: false,
};

const OWN_LINES = '||a.example^\n';

/** Two exceptions among other lines. */
const ALLOWING = '! mine\n@@||a.example^$domain=shop.example\n||b.example^\n@@||c.example^\n';

/** What tells the exceptions in CHOSEN and ALLOWING apart. */
const KEYS = [
  'line @@||c.example^',
  'links bank.example',
  'embeds magazine.example',
  'keep utm_source news.example',
  'line @@||a.example^$domain=shop.example',
  'pause shop.example',
];

/** How they are listed. */
const ENTRIES = [
  'Your own line: @@||c.example^',
  'bank.exampleIts links are left alone',
  'magazine.exampleEmbedded videos from TikTok play here without asking.',
  'news.exampleutm_source is kept in links',
  'shop.examplea.example may load',
  'shop.exampleOff here (Until I turn it on)',
];

describe(`${BROWSER}: settings`, () => {
  const session = openSession('with Detick');
  const folder = mkdtempSync(join(tmpdir(), 'detick-files-'));
  after(() => rmSync(folder, { recursive: true }));
  beforeEach(async () => {
    await store({});
    await session.browser.inExtension(() => chrome.storage.local.remove(['ownLines', 'ownLines:copy']));
  });

  it('are usable by everybody, whatever is in them', async () => {
    const page = await open();
    assert.deepEqual(await accessibilityFaults(page), []);
    await store({ ...CHOSEN, paused: [{ host: `${'a'.repeat(60)}.${'b'.repeat(60)}.example`, until: 0 }] });
    await page.waitForSelector('[id="undo embeds magazine.example"]');
    assert.deepEqual(await faultsInAnyLook(session.browser, page), []);
    await press(page, '[id="undo embeds magazine.example"]');
    await page.waitForSelector('.taken');
    await page.type('#exception-site', 'no site');
    await press(page, '.add button');
    await says(page, /“no site”/);
    assert.deepEqual(await accessibilityFaults(page), []);
    page.once('dialog', (dialog) => dialog.accept());
    await press(page, '#reset');
    await page.waitForSelector('#undo');
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.close();
  });

  it('lead to the privacy statement, which is in the package, whole, and readable by everybody', async () => {
    const settings = await open();
    const address = await settings.$eval('#privacy', (link) => /** @type {HTMLAnchorElement} */ (link).href);
    await settings.close();
    assert.equal(address, `${session.browser.extensionBase}privacy.html`);
    const page = await session.browser.openExtensionPage('privacy.html');
    const words = (await page.$eval('main', (main) => main.innerText)).replace(/\s+/g, ' ');
    assert.match(words, /^Privacy Detick collects nothing/);
    assert.match(words, /Detick works in private windows only if you allow it there\.$/);
    assert.deepEqual(await faultsInAnyLook(session.browser, page), []);
    await page.close();
  });

  it('are changed by keys alone, and shown as stored', async () => {
    const page = await open();
    await page.bringToFront();
    await page.focus('#badge');
    await page.keyboard.press(' ');
    await holds({ badge: false });
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'badge');
    await page.focus('#level-auto');
    await page.keyboard.press('ArrowDown');
    await holds({ level: 'pixels' });
    await page.focus('#level-pixels');
    await page.keyboard.press('ArrowUp');
    await holds({ level: 'auto' });
    await page.waitForSelector('#level-visitor'); // the page is drawn again once it is stored
    await page.focus('#level-visitor');
    await page.keyboard.press(' ');
    await holds({ level: 'visitor' });
    assert.equal(await page.$eval('#level-auto', (card) => /** @type {HTMLInputElement} */ (card).checked), true);
    await page.focus('#exception-site');
    await page.keyboard.type('https://www.bank.example/account');
    await page.keyboard.press('Enter');
    await holds({ linksOff: ['bank.example'] });
    await page.close();
    const again = await open();
    assert.equal(await again.$eval('#badge', (box) => /** @type {HTMLInputElement} */ (box).checked), false);
    await again.close();
  });

  it('show every exception in one list, and take each back and give it again in place', async () => {
    await store({ ...CHOSEN, badge: true });
    await session.browser.inExtension((lines) => chrome.storage.local.set({ ownLines: { text: lines } }), ALLOWING);
    const page = await open();
    await page.bringToFront();
    await page.waitForSelector('[id="undo line @@||a.example^$domain=shop.example"]');
    assert.deepEqual(await entries(page), ENTRIES);
    for (const key of KEYS) {
      const button = `[id="undo ${key}"]`;
      await page.focus(button);
      await page.keyboard.press('Enter');
      await page.waitForFunction((id) => document.querySelector(id)?.closest('.taken'), {}, button);
      assert.equal(await page.evaluate(() => document.activeElement?.id), `undo ${key}`, 'the focus stays');
    }
    await holds({ paused: [], linksOff: [], keep: [], embedSites: [] });
    await until('the lines to be gone', async () => (await ownLines()) === '! mine\n||b.example^\n');
    assert.deepEqual(await entries(page), ENTRIES, 'each is still in its place');
    for (const key of KEYS) {
      const button = `[id="undo ${key}"]`;
      await page.focus(button);
      await page.keyboard.press('Enter');
      await page.waitForFunction((id) => !document.querySelector(id)?.closest('.taken'), {}, button);
    }
    const { paused, linksOff, keep, embedSites } = CHOSEN;
    await holds({ paused, linksOff, keep, embedSites });
    await page.close();
  });

  it('are searched for an exception', async () => {
    await store(CHOSEN);
    await session.browser.inExtension((lines) => chrome.storage.local.set({ ownLines: { text: lines } }), ALLOWING);
    const page = await open();
    await page.bringToFront();
    await page.waitForSelector('#exception-search');
    await page.type('#exception-search', 'UTM_s');
    await page.waitForFunction(() => document.querySelectorAll('.entries li').length === 1);
    assert.match(String(await entries(page)), /^news\.example/);
    await page.close();
  });

  it('end a lifted lockout', async () => {
    await store({ level: 'lockout' });
    await session.browser.inExtension(() => chrome.storage.session.set({ liftedUntil: Date.now() + 600_000 }));
    const page = await open();
    await page.bringToFront();
    await page.waitForSelector('[id="undo lifted"]');
    await press(page, '[id="undo lifted"]');
    await until('the lockout to hold again', () =>
      session.browser.inExtension(
        async () => (await chrome.storage.session.get('liftedUntil')).liftedUntil === undefined,
      ),
    );
    await page.close();
  });

  it('take what was typed wrongly back, and say so', async () => {
    const page = await open();
    await page.type('#exception-site', 'no site');
    await press(page, '.add button');
    await says(page, /“no site”/);
    assert.deepEqual((await stored()).linksOff ?? [], []);
    await page.close();
  });

  it('are as before after an export, a reset and an import', async () => {
    await store(CHOSEN);
    await session.browser.inExtension((lines) => chrome.storage.local.set({ ownLines: { text: lines } }), OWN_LINES);
    const page = await open();
    await page.waitForSelector('#badge:not(:checked)');
    await page.bringToFront();
    await press(page, '#export');
    const file = await session.browser.savedFile();
    page.once('dialog', (dialog) => dialog.accept());
    await press(page, '#reset');
    await says(page, /as they were after installing/);
    await holds({ badge: true, level: 'auto', linksOff: [], keep: [], paused: [] });
    assert.equal(await ownLines(), '');
    await choose(page, file);
    await says(page, /Imported/);
    await holds(CHOSEN);
    assert.equal(await ownLines(), OWN_LINES);
    await press(page, '#undo'); // by keys it would need a window that has the focus, which a driver's upload takes away
    await says(page, /Undone/);
    await holds({ badge: true, level: 'auto', linksOff: [], keep: [], paused: [] });
    assert.equal(await ownLines(), '');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'import');
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).detick, 2);
    await page.close();
  });

  it('are back after a reset that is taken back, until something else is done', async () => {
    await store(CHOSEN);
    const page = await open();
    await page.bringToFront();
    page.on('dialog', (dialog) => dialog.accept());
    await press(page, '#reset');
    await holds({ badge: true, level: 'auto', linksOff: [], keep: [], paused: [] });
    await page.waitForSelector('#undo');
    await press(page, '#undo');
    await holds(CHOSEN);
    await press(page, '#reset');
    await page.waitForSelector('#undo');
    await press(page, '#cleanMore');
    await page.waitForFunction(() => document.querySelector('#undo') === null);
    await page.close();
  });

  it('stay when a reset is not confirmed', async () => {
    await store(CHOSEN);
    const page = await open();
    page.once('dialog', (dialog) => dialog.dismiss());
    await press(page, '#reset');
    assert.deepEqual(await stored(), CHOSEN);
    await page.close();
  });

  /** @type {[string, string, RegExp][]} */
  const REFUSED = [
    ['is no JSON', '{\n  "detick": 1,\n  oops\n}', /line 3, column 3/],
    ['comes from a newer Detick', '{"detick": 99, "settings": {"badge": false, "colour": 1}}', /newer/],
    ['is huge', `{"detick": 1, "settings": {}}${' '.repeat(5_000_000)}`, /longer/],
    ['holds one wrong setting among good ones', '{"detick": 1, "settings": {"badge": false, "level": 7}}', /“level”/],
  ];

  for (const [name, content, reason] of REFUSED) {
    it(`stay as they are when the file ${name}`, async () => {
      await store({ level: 'visitor' });
      const page = await open();
      await choose(page, write(content));
      await says(page, reason);
      assert.deepEqual(await stored(), { level: 'visitor' });
      await page.close();
    });
  }

  it('come from a file that is dropped on the page', async () => {
    const page = await open();
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['{"detick": 1, "settings": {"badge": false}}'], 'mine.json'));
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    });
    await holds({ badge: false });
    await page.close();
  });

  it('can be changed while the background sleeps, and take effect', async () => {
    await session.browser.killBackground();
    const page = await open();
    await press(page, '#cleanOpened');
    await holds({ cleanOpened: false });
    const tracked = 'https://destination.example/?utm_source=x&page=2';
    await until('a link to be opened as it is', async () => {
      const { page: opened } = await visit(session, tracked);
      const address = opened.url();
      await opened.close();
      return address === tracked;
    });
    await press(page, '#cleanOpened');
    await until('a link to be opened clean', async () => {
      const { page: opened } = await visit(session, tracked);
      const address = opened.url();
      await opened.close();
      return address === 'https://destination.example/?page=2';
    });
    await page.close();
  });

  /** @returns {Promise<Page>} the settings page, drawn */
  async function open() {
    const page = await session.browser.openExtensionPage('options/page.html');
    await page.waitForSelector('#export');
    return page;
  }

  /** @param {object} settings */
  function store(settings) {
    return session.browser.inExtension((chosen) => chrome.storage.local.set({ settings: chosen }), settings);
  }

  /** @returns {Promise<Record<string, unknown>>} */
  function stored() {
    return session.browser.inExtension(async () => {
      const { format: _, ...settings } = /** @type {any} */ ((await chrome.storage.local.get('settings')).settings);
      return settings;
    });
  }

  /** @returns {Promise<unknown>} */
  function ownLines() {
    return session.browser.inExtension(async () => {
      const stored = await chrome.storage.local.get('ownLines');
      return /** @type {{ text: string }} */ (stored.ownLines).text;
    });
  }

  /** Waits until the stored settings hold what is given. @param {Record<string, unknown>} expected */
  async function holds(expected) {
    const wanted = JSON.stringify(expected);
    let latest = '';
    await until('the settings to be stored', async () => {
      const all = await stored();
      latest = JSON.stringify(Object.fromEntries(Object.keys(expected).map((name) => [name, all[name]])));
      return latest === wanted;
    }).catch(() => assert.equal(latest, wanted));
  }

  /** @param {string} content @returns {string} the path of a file with it */
  function write(content) {
    const path = join(folder, 'settings.json');
    writeFileSync(path, content);
    return path;
  }
});

/** @param {Page} page @returns {Promise<(string | null)[]>} the words of each exception, in order */
function entries(page) {
  return page.$$eval('.entries .what', (all) => all.map((one) => one.textContent.replace(/[\u2068\u2069]/g, '')));
}

/** Presses the button, and chooses a file in the picker that opens. @param {Page} page @param {string} path */
async function choose(page, path) {
  await page.bringToFront();
  if (BROWSER === 'firefox') {
    // Firefox does not tell a driver that its picker is open: the file goes to where the picker would put it.
    const input = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (
      await page.$('#import-file')
    );
    return input.uploadFile(path);
  }
  const [picker] = await Promise.all([page.waitForFileChooser(), press(page, '#import')]);
  await picker.accept([path]);
}

/**
 * Presses what no longer moves: whenever something is stored, the page is drawn again.
 *
 * @param {Page} page
 * @param {string} what
 */
async function press(page, what) {
  await page.bringToFront();
  await page.locator(what).click();
}

/** Waits for a sentence that is shown and read out. @param {Page} page @param {RegExp} words */
async function says(page, words) {
  let latest = '';
  await until('a sentence', async () => {
    latest = await page.$eval('#said', (said) => said.textContent);
    return words.test(latest) && (await page.$('.notice')) !== null;
  }).catch(() => assert.match(latest, words));
}
