/** Chromium, driven over its own protocol. */

import { once } from 'node:events';
import { readManifest } from '../extension.js';
import { until } from '../until.js';
import { describeTarget, giveAccess } from './chromium-pages.js';
import { startChromium } from './chromium-start.js';
import { makeProfile, TestBrowser } from './shared.js';

/**
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {import('puppeteer-core').Protocol.Target.TargetInfo} TargetInfo
 */

export class Chromium extends TestBrowser {
  /** @type {'light' | 'dark'} */
  #scheme = 'light';
  /** With the browser itself. @type {import('puppeteer-core').CDPSession | undefined} */
  #session;

  /**
   * @param {string} program
   * @param {import('../browser.js').LaunchOptions} options
   * @returns {Promise<Chromium>}
   */
  static async start(program, options) {
    const { extensionDir, inPrivate = false, scheme = 'light' } = options;
    const profile = makeProfile();
    const chromium = new Chromium('chromium', await startChromium(program, options, profile), profile);
    chromium.#scheme = scheme;
    chromium.#again = () => startChromium(program, options, profile);
    try {
      if (extensionDir !== undefined) await chromium.#install(extensionDir, inPrivate);
    } catch (error) {
      await chromium.close(); // or it would keep this process alive
      throw error;
    }
    return chromium;
  }

  /** Starts the program once more with the same profile. @type {() => Promise<import('puppeteer-core').Browser>} */
  #again = () => Promise.reject(new Error('Chromium was not started.'));

  /**
   * Ends Chromium and starts it again with the same profile. It forgets extensions that were loaded from a folder; so
   * Detick is loaded again, and told what one from the store is told.
   *
   * @param {string} extensionDir
   */
  async restart(extensionDir) {
    await this.#quit();
    await this.replace(this.#again);
    this.#session = undefined;
    await this.#install(extensionDir, false);
    await this.#inWorker(() => {
      /** @type {{dispatch: () => void}} */ (/** @type {unknown} */ (chrome.runtime.onStartup)).dispatch();
    });
  }

  /**
   * Tells Chromium to end, and waits until it has. Puppeteer kills it where the end is quicker than the answer: cookies
   * that are not on the disk by then are lost, and those of the session kept, as after a crash.
   */
  async #quit() {
    const program = this.puppeteer.process();
    if (program === null) throw new Error('Chromium was not started from here.');
    const ended = once(program, 'exit');
    const session = await this.puppeteer.target().createCDPSession();
    session.send('Browser.close').catch(() => undefined);
    await ended;
  }

  /** @param {string} extensionDir @param {boolean} inPrivate */
  async #install(extensionDir, inPrivate) {
    const id = await until('Chromium to take the extension', () => this.#load(extensionDir, inPrivate));
    this.extensionBase = `chrome-extension://${id}/`;
    this.popupPath = readManifest(extensionDir).action?.default_popup ?? '';
    await until('the background to start', () => this.backgroundAlive());
  }

  /**
   * @param {string} path
   * @param {boolean} enableInIncognito
   * @returns {Promise<string | undefined>} the extension's id
   */
  async #load(path, enableInIncognito) {
    try {
      const session = await this.puppeteer.target().createCDPSession();
      return (await session.send('Extensions.loadUnpacked', { path, enableInIncognito })).id;
    } catch (error) {
      // Chromium keeps compiled rules in the extension's own folder: two that load it at once are in each other's way.
      if (/_metadata/.test(String(error))) return undefined;
      throw error;
    }
  }

  /**
   * Gives Detick access to sites and takes it away, as a person does on the page of extensions.
   *
   * @param {'all' | 'none' | string} sites an origin, for access to that site alone
   */
  async setSiteAccess(sites) {
    const page = await super.newPage();
    await page.goto('chrome://extensions');
    await page.evaluate(giveAccess, new URL(this.extensionBase).host, sites);
    await page.close();
  }

  /** Opens an address in a private window. @param {string} url @returns {Promise<Page>} */
  async visitPrivately(url) {
    const page = await (await this.puppeteer.createBrowserContext()).newPage();
    await page.goto(url);
    return page;
  }

  /** @param {Page} page beside which the developer tools are opened */
  async openDeveloperTools(page) {
    await page.openDevTools();
  }

  /** @override */
  async newPage() {
    const page = await super.newPage();
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: this.#scheme }]);
    return page;
  }

  /** @param {Page} page @param {'light' | 'dark'} scheme the colours that it is asked to use from now on */
  async setScheme(page, scheme) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  }

  /**
   * Shows the popup in the toolbar larger or smaller. By its own style: headless, Chromium zooms tabs only.
   *
   * @param {number} factor
   */
  async zoomPopup(factor) {
    await this.inExtension((value) => {
      for (const view of chrome.extension.getViews({ type: 'popup' }))
        view.document.documentElement.style.zoom = String(value);
    }, factor);
  }

  /**
   * Asks Chromium itself: puppeteer takes a worker that was started anew for the one before.
   *
   * @returns {Promise<TargetInfo | undefined>} the extension's service worker, if it runs
   */
  async #worker() {
    this.#session ??= await this.puppeteer.target().createCDPSession();
    const { targetInfos } = await this.#session.send('Target.getTargets');
    return targetInfos.find(({ type, url }) => type === 'service_worker' && url.startsWith(this.extensionBase));
  }

  /**
   * Attaches to the service worker no longer than needed: while somebody is attached, Chromium never lets it go.
   *
   * @template T
   * @param {TargetInfo} worker
   * @param {(session: import('puppeteer-core').CDPSession) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async #attached(worker, work) {
    const session = await this.#session?.connection()?.createSession(worker);
    if (session === undefined) throw new Error('Chromium has ended.');
    try {
      return await work(session);
    } finally {
      await session.detach().catch(() => undefined); // it ends with its worker
    }
  }

  /**
   * Runs a function in the service worker, which Chromium starts by itself when an event comes.
   *
   * @template {unknown[]} A
   * @param {(...values: A) => unknown} work
   * @param {A} values
   * @throws {Error} if it throws
   */
  async #inWorker(work, ...values) {
    const worker = await until('the service worker', async () => {
      await this.inExtension(() => chrome.runtime.sendMessage({}).catch(() => undefined));
      return this.#worker();
    });
    const expression = `(${work})(...${JSON.stringify(values)})`;
    const { exceptionDetails } = await this.#attached(worker, (session) =>
      session.send('Runtime.evaluate', { expression, awaitPromise: true }),
    );
    if (exceptionDetails) throw new Error(`in the service worker: ${exceptionDetails.exception?.description}`);
  }

  /** @returns {Promise<boolean>} whether the extension's service worker runs */
  async backgroundAlive() {
    return (await this.#worker()) !== undefined;
  }

  /** @returns {Promise<number>} what the service worker's objects take, in MB, after garbage was collected */
  async backgroundMemory() {
    const worker = await this.#worker();
    if (worker === undefined) throw new Error('the service worker sleeps');
    return this.#attached(worker, async (session) => {
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize, backingStorageSize = 0 } = await session.send('Runtime.getHeapUsage');
      return (usedSize + backingStorageSize) / 2 ** 20;
    });
  }

  /**
   * @param {Page} page
   * @returns {Promise<() => Promise<{ scripting: number, tasks: number, memory: number }>>} what its main thread has
   *   taken of the processor since the page was first measured, in ms, of that for scripts, and what its objects hold
   *   after garbage was collected, in MB
   */
  async meter(page) {
    const session = await page.createCDPSession();
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      await session.send('HeapProfiler.collectGarbage');
      const held = (await session.send('Performance.getMetrics')).metrics;
      const of = (/** @type {typeof metrics} */ all, /** @type {string} */ name) =>
        all.find((metric) => metric.name === name)?.value ?? Number.NaN;
      return {
        scripting: of(metrics, 'ScriptDuration') * 1000,
        tasks: of(metrics, 'TaskDuration') * 1000,
        memory: of(held, 'JSHeapUsedSize') / 2 ** 20,
      };
    };
  }

  /** Stops the service worker, as Chromium does after half a minute without work, until no event starts another. */
  async killBackground() {
    await until('the service worker to stop', async () => {
      await this.crashBackground();
      return !(await this.backgroundAlive());
    });
  }

  /**
   * Ends the service worker on the spot, whatever it is doing; an event may start the next one at once. Chromium
   * answers when it has ended. (Its target does not tell: the next one has the same where somebody was attached.)
   */
  async crashBackground() {
    await this.onInnerPage(async (page) => {
      const session = await page.createCDPSession();
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.stopAllWorkers');
      await session.detach();
    });
  }

  /**
   * Chooses one of Detick's items in the context menu.
   *
   * The menu itself is drawn by the system and out of reach of any driver, so the choice is handed to the extension's
   * own listener, with what Chromium would hand to it.
   *
   * @param {Page} page
   * @param {import('../browser.js').MenuTarget} target
   * @throws {Error} if the extension has no such item
   */
  async chooseMenuItem(page, { item, on }) {
    const info = { menuItemId: item, editable: false, ...(await page.evaluate(describeTarget, on ?? null)) };
    const tabId = await this.tabId(page);
    await page.bringToFront();
    await this.inExtension((id) => chrome.contextMenus.update(id, {}), item); // throws if there is none
    await this.#inWorker(
      async (clicked, id) => {
        const tab = await chrome.tabs.get(id);
        /** @type {{dispatch: (info: object, tab: chrome.tabs.Tab) => void}} */ (
          /** @type {unknown} */ (chrome.contextMenus.onClicked)
        ).dispatch(clicked, tab);
      },
      info,
      tabId,
    );
  }

  /**
   * Enters a text after Detick's keyword. Like the menu, the address bar is out of reach of any driver.
   *
   * @param {string} text
   */
  async openByKeyword(text) {
    await this.#inWorker((typed) => {
      /** @type {{dispatch: (text: string, disposition: string) => void}} */ (
        /** @type {unknown} */ (chrome.omnibox.onInputEntered)
      ).dispatch(typed, 'newForegroundTab');
    }, text);
  }

  /**
   * Runs Detick's keyboard shortcut on a page: Chromium's shortcuts too are out of reach.
   *
   * @param {Page} page
   */
  async pressShortcut(page) {
    const tabId = await this.tabId(page);
    await page.bringToFront();
    await this.#inWorker(async (id) => {
      const tab = await chrome.tabs.get(id);
      /** @type {{dispatch: (command: string, tab: chrome.tabs.Tab) => void}} */ (
        /** @type {unknown} */ (chrome.commands.onCommand)
      ).dispatch('copy-clean-link', tab);
    }, tabId);
  }

  /**
   * @param {Page} page a page of the tab that wrote to it
   * @returns {Promise<string>} the text on the clipboard
   */
  async readClipboard(page) {
    const origin = new URL(await page.evaluate(() => location.href)).origin;
    const context = this.puppeteer.defaultBrowserContext();
    // An override forbids what it does not name, and the page may be about to write.
    await context.overridePermissions(origin, ['clipboard-read', 'clipboard-sanitized-write']);
    try {
      await page.bringToFront();
      return await page.evaluate(() => navigator.clipboard.readText());
    } finally {
      await context.clearPermissionOverrides();
    }
  }
}
