/**
 * Firefox, driven over WebDriver BiDi; its own windows too, through the "chrome" scope that the remote agent offers.
 */

import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../extension.js';
import { until } from '../until.js';
import { fillProfile } from './firefox-profile.js';
import { EXTENSION_UUID, startFirefox } from './firefox-start.js';
import {
  allocatedBy,
  chooseInOpenMenu,
  enterInAddressBar,
  mainThreadOf,
  openNetworkTools,
  pressAltShift,
} from './firefox-window.js';
import { makeProfile, TestBrowser } from './shared.js';

/** @typedef {import('puppeteer-core').Page} Page */

export class Firefox extends TestBrowser {
  #extensionId = '';

  /**
   * @param {string} program
   * @param {import('../browser.js').LaunchOptions} options
   * @returns {Promise<Firefox>}
   */
  static async start(program, options) {
    const { extensionDir, inPrivate = false, persistent = false, asUsed = false } = options;
    const extensionId = extensionDir === undefined ? '' : geckoId(extensionDir);
    const profile = makeProfile();
    // An extension that the profile names is looked for at the very first start only.
    if (persistent) nameInProfile(profile, extensionId, extensionDir ?? '');
    else if (!asUsed)
      await fillProfile(program, profile, (folder) =>
        startFirefox(program, { world: options.world }, folder, extensionId),
      );
    const firefox = new Firefox('firefox', await startFirefox(program, options, profile, extensionId), profile);
    firefox.#again = () => startFirefox(program, options, profile, extensionId);
    try {
      if (extensionDir !== undefined) await firefox.#install(extensionDir, extensionId, inPrivate, persistent);
    } catch (error) {
      await firefox.close(); // or it would keep this process alive
      throw error;
    }
    return firefox;
  }

  /** Starts the program once more with the same profile. @type {() => Promise<import('puppeteer-core').Browser>} */
  #again = () => Promise.reject(new Error('Firefox was not started.'));

  /** Ends Firefox and starts it again with the same profile; it has to have been started as `persistent`. */
  async restart() {
    await this.replace(this.#again);
    await until('the background to start', () => this.backgroundAlive());
  }

  /**
   * @param {string} extensionDir
   * @param {string} extensionId
   * @param {boolean} inPrivate
   * @param {boolean} isThere whether Firefox has found it by itself
   */
  async #install(extensionDir, extensionId, inPrivate, isThere) {
    if (!isThere)
      await this.#connection.send('webExtension.install', {
        extensionData: { type: 'path', path: extensionDir },
        'moz:allowPrivateBrowsing': inPrivate,
      });
    this.#extensionId = extensionId;
    this.extensionBase = `moz-extension://${EXTENSION_UUID}/`;
    this.popupPath = readManifest(extensionDir).action?.default_popup ?? '';
    await until('the background to start', () => this.backgroundAlive());
  }

  /**
   * @param {Page} _ all pages at once
   * @param {'light' | 'dark'} scheme the colours that they are asked to use from now on
   */
  async setScheme(_, scheme) {
    await this.#inBrowserWindow(
      (value) => {
        // @ts-expect-error a global of the browser's own windows
        Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', Number(value));
      },
      scheme === 'dark' ? '0' : '1',
    );
  }

  /** Shows the popup in the toolbar larger or smaller, for which Firefox has no key. @param {number} factor */
  async zoomPopup(factor) {
    await this.#inBrowserWindow((value) => {
      for (const browser of document.querySelectorAll('.webextension-popup-browser'))
        Object.assign(browser, { fullZoom: Number(value) });
    }, String(factor));
  }

  /**
   * Gives Detick access to sites and takes it away, as a person does in the add-ons manager.
   *
   * @param {'all' | 'none' | string} sites an origin, for access to that site alone
   */
  async setSiteAccess(sites) {
    await this.#inBrowserWindow(
      async (id, wanted) => {
        // @ts-expect-error globals of the browser's own windows
        const [utils, policy] = [ChromeUtils, WebExtensionPolicy.getByID(id)];
        const { ExtensionPermissions } = utils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
        const { origins } = await ExtensionPermissions.get(id);
        await ExtensionPermissions.remove(id, { permissions: [], origins }, policy.extension);
        if (wanted === 'none') return;
        const given = [wanted === 'all' ? '<all_urls>' : `${wanted}/*`];
        await ExtensionPermissions.add(id, { permissions: [], origins: given }, policy.extension);
      },
      this.#extensionId,
      sites,
    );
  }

  /** Opens an address in a private window. @param {string} url */
  async visitPrivately(url) {
    await this.#inBrowserWindow((address) => {
      // @ts-expect-error a global of the browser's own windows
      openTrustedLinkIn(address, 'window', { private: true });
    }, url);
  }

  /** @param {Page} page beside which the developer tools are opened, where they record what it asks for */
  async openDeveloperTools(page) {
    await page.bringToFront();
    await this.#inBrowserWindow(openNetworkTools);
  }

  /** @returns {Promise<boolean>} whether the extension's event page runs */
  async backgroundAlive() {
    const state = await this.#inBrowserWindow((id) => {
      // @ts-expect-error a global of the browser's own windows
      return WebExtensionPolicy.getByID(id)?.extension.backgroundState ?? 'absent';
    }, this.#extensionId);
    return state === 'running';
  }

  /** @returns {Promise<number>} what is allocated in the process of extensions, in MB, after garbage was collected */
  async backgroundMemory() {
    return Number(await this.#inBrowserWindow(allocatedBy, 'extensions')) / 2 ** 20;
  }

  /**
   * @param {Page} page the only one of its site
   * @returns {Promise<() => Promise<{ scripting: undefined, tasks: number, memory: number }>>} what the main thread of
   *   its process has taken of the processor so far, in ms, and what that process has allocated after garbage was
   *   collected, in MB
   */
  async meter(page) {
    const site = new URL(page.url()).hostname;
    return async () => {
      const tasks = Number(await this.#inBrowserWindow(mainThreadOf, site)) / 1e6;
      const memory = Number(await this.#inBrowserWindow(allocatedBy, site)) / 2 ** 20;
      return { scripting: undefined, tasks, memory };
    };
  }

  /**
   * Suspends the event page by the very call that its idle timer makes; like that, it waits while there is work to do.
   */
  async killBackground() {
    await until('the event page to stop', async () => {
      await this.#inBrowserWindow((id) => {
        // @ts-expect-error a global of the browser's own windows
        return WebExtensionPolicy.getByID(id).extension.terminateBackground();
      }, this.#extensionId);
      return !(await this.backgroundAlive());
    });
  }

  /** Ends the event page on the spot, whatever it is doing. */
  async crashBackground() {
    await this.#inBrowserWindow((id) => {
      // @ts-expect-error a global of the browser's own windows
      return WebExtensionPolicy.getByID(id).extension.terminateBackground({ disableResetIdleForTest: true });
    }, this.#extensionId);
  }

  /**
   * Opens the context menu by a right click and chooses one of Detick's items in it.
   *
   * @param {Page} page
   * @param {import('../browser.js').MenuTarget} target
   * @throws {Error} if the menu there has no such item
   */
  async chooseMenuItem(page, { item, on }) {
    await page.bringToFront();
    await page.click(on ?? 'body', { button: 'right' });
    const prefix = this.#extensionId.toLowerCase().replace(/[^a-z0-9_-]/g, '_');
    const found = await this.#inBrowserWindow(chooseInOpenMenu, `${prefix}-menuitem-_${item}`);
    if (!found) throw new Error(`the context menu of ${on ?? 'the page'} has no item "${item}"`);
  }

  /**
   * Types Detick's keyword and a text into the address bar, and presses Enter once Detick has suggested something.
   *
   * @param {string} text
   */
  async openByKeyword(text) {
    const found = await this.#inBrowserWindow(enterInAddressBar, `detick ${text}`);
    if (!found) throw new Error(`the address bar suggests nothing for "detick ${text}"`);
  }

  /**
   * Presses the keys that copy a page's clean link.
   *
   * @param {Page} page
   */
  async pressShortcut(page) {
    await page.bringToFront();
    await this.#inBrowserWindow(pressAltShift, 'L');
  }

  /** @returns {Promise<string>} the text on the clipboard */
  async readClipboard() {
    return this.#inBrowserWindow(() => navigator.clipboard.readText());
  }

  /** What puppeteer has no method for is asked for in BiDi's words. */
  get #connection() {
    return /** @type {{connection: BidiConnection}} */ (/** @type {unknown} */ (this.puppeteer)).connection;
  }

  /**
   * Runs a function in the browser's own window, where Firefox's internals are within reach.
   *
   * @template {string[]} A
   * @param {(...values: A) => unknown} work
   * @param {A} values
   * @returns {Promise<string>} what it returns, as text
   * @throws {Error} if it throws
   */
  async #inBrowserWindow(work, ...values) {
    const connection = this.#connection;
    const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    const context = tree.result.contexts[0]?.context;
    const { result } = await connection.send('script.callFunction', {
      functionDeclaration: String(work),
      arguments: values.map((value) => ({ type: 'string', value })),
      target: { context },
      awaitPromise: true,
      userActivation: true,
    });
    if (result.exceptionDetails) throw new Error(`in Firefox's window: ${result.exceptionDetails.text}`);
    return result.result.value;
  }
}

/**
 * Has a profile name an extension in a folder, so that Firefox finds it at each start. One that a driver installs goes
 * when Firefox ends.
 *
 * It names a copy: Firefox takes a folder whose time has changed for an update, and a browser that starts beside an
 * update tells the extension of that alone. Chromium writes its index into the very folder that it loads.
 *
 * @param {string} profile
 * @param {string} extensionId
 * @param {string} extensionDir
 */
function nameInProfile(profile, extensionId, extensionDir) {
  const copy = join(profile, 'extension-of-its-own');
  cpSync(extensionDir, copy, { recursive: true, filter: (path) => !path.includes('_metadata') });
  mkdirSync(join(profile, 'extensions'), { recursive: true });
  writeFileSync(join(profile, 'extensions', extensionId), join(copy, '/'));
}

/**
 * The part of puppeteer's BiDi connection that is needed here and that its types do not show.
 *
 * @typedef {object} BidiConnection
 * @property {(method: string, parameters: object) => Promise<{result: BidiResult}>} send
 *
 * @typedef {object} BidiResult
 * @property {{context: string}[]} contexts
 * @property {{value: string}} result
 * @property {{text: string}} [exceptionDetails]
 */

/**
 * @param {string} extensionDir
 * @returns {string} the id that Firefox knows the extension by
 */
function geckoId(extensionDir) {
  const { browser_specific_settings: settings } = readManifest(extensionDir);
  return /** @type {{gecko: {id: string}}} */ (settings).gecko.id;
}
