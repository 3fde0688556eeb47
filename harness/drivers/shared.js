/**
 * What driving Chromium and Firefox has in common.
 *
 * @typedef {import('puppeteer-core').Page} Page
 */

import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.js';

/** A page of Detick's that runs nothing. */
const EMPTY_PAGE = 'surrogates/noop.html';

/**
 * Makes an empty folder for a profile, which is removed when this process ends, however that comes about.
 *
 * @returns {string}
 */
export function makeProfile() {
  const folder = mkdtempSync(join(tmpdir(), 'detick-profile-'));
  process.once('exit', () => removeProfile(folder));
  return folder;
}

/**
 * @param {string} profile
 * @returns {string} where the browser with this profile saves files
 */
export function downloadsIn(profile) {
  const folder = join(profile, 'downloads');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Removes a profile as far as it can be. A browser's last children may still be writing when it says that it has ended.
 * An error would keep what is closed after the browser open, and this process alive; so it is tried once more when the
 * process ends.
 *
 * @param {string} folder
 */
function removeProfile(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  } catch {
    // It lies in the system's folder for temporary files.
  }
}

/** The half of a test browser that is the same in both. */
export class TestBrowser {
  /** @type {'chromium' | 'firefox'} */
  name;
  /** @type {import('puppeteer-core').Browser} */
  puppeteer;
  /** Where Detick's own pages live, with a slash at the end; empty without an extension. */
  extensionBase = '';
  /** The popup's page inside the extension. */
  popupPath = '';
  #profile;
  /** Where `inExtension` runs. @type {Page | undefined} */
  #inside;
  #isUpdated = false;

  /**
   * @param {'chromium' | 'firefox'} name
   * @param {import('puppeteer-core').Browser} puppeteer
   * @param {string} profile the folder that it was started with
   */
  constructor(name, puppeteer, profile) {
    this.name = name;
    this.puppeteer = puppeteer;
    this.#profile = profile;
  }

  /** @returns {Promise<Page>} a new tab */
  async newPage() {
    try {
      return await this.puppeteer.newPage();
    } catch (error) {
      // Firefox's driver now and then loses a tab that it has just opened.
      if (!/DiscardedBrowsingContext/.test(String(error))) throw error;
      return this.puppeteer.newPage();
    }
  }

  /**
   * Opens one of Detick's own pages in a new tab.
   *
   * @param {string} path inside the extension, with its query
   * @returns {Promise<Page>} once it has loaded
   * @throws {Error} if it does not load
   */
  async openExtensionPage(path) {
    const url = this.extensionBase + path;
    const page = await this.newPage();
    // Firefox moves extension pages to another process, which `goto` takes for an aborted navigation.
    await page.goto(url, this.name === 'firefox' ? { waitUntil: [] } : {});
    await until(`${url} to load`, () => isLoaded(page, url));
    return page;
  }

  /**
   * Opens the popup as it looks for one tab.
   *
   * @param {Page} page that tab
   * @returns {Promise<Page>} the popup, in a tab of its own
   */
  async openPopup(page) {
    return this.openExtensionPage(`${this.popupPath}?tab=${await this.tabId(page)}`);
  }

  /**
   * Runs a function in a page of Detick's that does nothing by itself; called like `page.evaluate`.
   *
   * @type {Page['evaluate']}
   */
  inExtension(work, ...values) {
    return this.onInnerPage((page) => page.evaluate(work, ...values));
  }

  /**
   * Does something with a page of Detick's that does nothing by itself.
   *
   * The page stays open, until Detick is installed again: one that was opened a moment too early would be the version
   * before's.
   *
   * @template T
   * @param {(page: Page) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async onInnerPage(work) {
    if (!this.#isUpdated) {
      if (!this.#inside || this.#inside.isClosed()) this.#inside = await this.openExtensionPage(EMPTY_PAGE);
      return work(this.#inside);
    }
    const page = await this.openExtensionPage(EMPTY_PAGE);
    try {
      return await work(page);
    } finally {
      await page.close();
    }
  }

  /**
   * @param {Page} page
   * @returns {Promise<number>} the number that extensions know its tab by
   * @throws {Error} if two tabs show the same address
   */
  async tabId(page) {
    const url = await page.evaluate(() => location.href);
    const ids = await this.inExtension(async (wanted) => {
      const tabs = await chrome.tabs.query({});
      return tabs.filter((tab) => tab.url === wanted).map((tab) => tab.id ?? -1);
    }, url);
    if (ids.length !== 1) throw new Error(`${ids.length} tabs show ${url}, where one was expected`);
    return ids[0] ?? -1;
  }

  /**
   * @param {Page} page
   * @returns {Promise<string>} what Detick's icon says for that tab
   */
  async badgeText(page) {
    const tabId = await this.tabId(page);
    return this.inExtension((id) => chrome.action.getBadgeText({ tabId: id }), tabId);
  }

  /**
   * Waits for a file that the browser saves.
   *
   * @returns {Promise<string>} its path, once it is whole
   */
  async savedFile() {
    const folder = downloadsIn(this.#profile);
    return until('a saved file', async () => {
      const [path, ...others] = readdirSync(folder).map((name) => join(folder, name));
      const isAlone = path !== undefined && others.length === 0 && !/\.(part|crdownload)$/.test(path);
      return isAlone && statSync(path).size > 0 && path; // Firefox puts an empty file in the place of one that comes
    });
  }

  /** Installs again what lies in the folder now, as an update does. @param {string} extensionDir */
  async reinstall(extensionDir) {
    if (!this.#isUpdated) await this.#inside?.close();
    this.#isUpdated = true;
    await this.puppeteer.installExtension(extensionDir);
  }

  /**
   * Ends the browser, and drives another in its place.
   *
   * @param {() => Promise<import('puppeteer-core').Browser>} start
   */
  async replace(start) {
    await this.puppeteer.close();
    this.#inside = undefined;
    this.puppeteer = await start();
  }

  /**
   * Ends the browser and removes its profile. Nothing of it is needed any more: what is told to end writes all that
   * down first, for seconds.
   */
  async close() {
    const program = this.puppeteer.process();
    if (program?.pid === undefined || process.platform === 'win32') await this.puppeteer.close();
    else {
      const ended = once(program, 'exit');
      await this.puppeteer.disconnect();
      // It leads a group, which its own processes are of. It may have ended by itself.
      if (program.exitCode === null && program.signalCode === null) {
        process.kill(-program.pid, 'SIGKILL');
        await ended;
      }
    }
    removeProfile(this.#profile);
  }
}

/**
 * @param {Page} page
 * @param {string} url
 * @returns {Promise<boolean>}
 */
async function isLoaded(page, url) {
  try {
    return await page.evaluate((wanted) => location.href === wanted && document.readyState === 'complete', url);
  } catch {
    return false; // the document it was asked of has just been replaced: ask again
  }
}
