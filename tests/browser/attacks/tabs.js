/**
 * The tabs that attacks are played in, one page after another: each in a window of its own, as some things wait until
 * they are seen, and nothing in it debugged.
 *
 * A driver that debugs what it opens has Chromium stop every worker and frame at its start, until it was looked at.
 * These pages have so many, and such short-lived ones, that some would stand still for ever.
 *
 * @typedef {object} Tab every call comes to an end, also where the tab is gone
 * @property {(url: string) => Promise<unknown>} open begins to load a page
 * @property {() => Promise<unknown>} loaded
 * @property {() => Promise<unknown>} click clicks on `#go` as a person does, as far as the browser can tell
 * @property {() => Promise<unknown>} close
 *
 * @typedef {object} Tabs
 * @property {() => Promise<Tab>} make
 * @property {() => Promise<unknown>} closeRest closes what pages have opened, and what could not be closed
 */

import { until } from '../../../harness/until.js';

/** @typedef {import('../../../harness/session.js').Session} Session */
/** @typedef {import('puppeteer-core').CDPSession} CDPSession */

/** No call of a tab's takes longer. */
const MAX_MS = 5_000;

/** What `loaded` asks of a page. */
const IS_LOADED = "location.href !== 'about:blank' && document.readyState === 'complete'";

const CLICK = "document.getElementById('go').click()";

/**
 * @param {Session} session its browser is driven by these tabs alone from here on
 * @returns {Promise<Tabs>}
 */
export function tabsOf({ browser }) {
  return browser.name === 'chromium' ? chromiumTabs(browser.puppeteer) : firefoxTabs(browser.puppeteer);
}

/** @param {import('puppeteer-core').Browser} puppeteer @returns {Promise<Tabs>} */
async function chromiumTabs(puppeteer) {
  const root = await puppeteer.target().createCDPSession();
  const connection = /** @type {import('puppeteer-core').Connection} */ (root.connection());
  await connection.send('Target.setAutoAttach', { autoAttach: false, waitForDebuggerOnStart: false, flatten: true });

  /** @param {string} targetId @returns {Promise<CDPSession>} */
  const attach = async (targetId) => {
    const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true });
    return /** @type {CDPSession} */ (connection.session(sessionId));
  };
  const isLoaded = async (/** @type {CDPSession} */ session) =>
    (await session.send('Runtime.evaluate', { expression: IS_LOADED })).result.value === true;
  const close = (/** @type {string} */ targetId) => ended(root.send('Target.closeTarget', { targetId }));
  return {
    make: async () => {
      const { targetId } = await root.send('Target.createTarget', { url: 'about:blank', newWindow: true });
      const session = await attach(targetId);
      await session.send('Emulation.setFocusEmulationEnabled', { enabled: true }); // or all but one would be out of sight
      return {
        open: (url) => ended(session.send('Page.navigate', { url })),
        loaded: () => ended(until('the page', () => isLoaded(session), MAX_MS)),
        click: () => ended(session.send('Runtime.evaluate', { expression: CLICK, userGesture: true })),
        close: () => close(targetId),
      };
    },
    closeRest: async () => {
      const { targetInfos } = await root.send('Target.getTargets', { filter: [{ type: 'page' }] });
      await Promise.all(targetInfos.filter(({ url }) => url !== 'about:blank').map(({ targetId }) => close(targetId)));
    },
  };
}

/** Nothing is stopped here. @param {import('puppeteer-core').Browser} puppeteer @returns {Promise<Tabs>} */
async function firefoxTabs(puppeteer) {
  const first = await puppeteer.pages();
  return {
    make: async () => {
      const page = await puppeteer.newPage({ type: 'window' });
      return {
        open: (url) => ended(page.goto(url, { waitUntil: [] })),
        loaded: () => ended(until('the page', async () => (await page.evaluate(IS_LOADED)) === true, MAX_MS)),
        click: () => ended(page.evaluate(CLICK)), // puppeteer has it count as a person's
        close: () => ended(page.close()),
      };
    },
    closeRest: async () => {
      const pages = await puppeteer.pages();
      await Promise.all(pages.filter((page) => !first.includes(page)).map((page) => ended(page.close())));
    },
  };
}

/**
 * @param {Promise<unknown>} work
 * @param {number} [ms]
 * @returns {Promise<void>} once it has come to an end, whichever, or takes too long
 */
export function ended(work, ms = MAX_MS) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    work
      .catch(() => undefined)
      .then(() => {
        clearTimeout(timer);
        resolve();
      });
  });
}
