/**
 * The popup as people meet it: the window below the toolbar's icon, which no driver reaches by itself. Another page of
 * the extension does, as both are of one process.
 *
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {import('./session.js').Session} Session
 *
 * @typedef {object} Looks
 * @property {string} title what it says first
 * @property {string} status the name of that
 * @property {string[]} views that its rows open
 * @property {number} width of the window, CSS pixels
 * @property {number} scale physical pixels for one of CSS
 * @property {number} height of what it shows without being scrolled as a whole
 * @property {string[]} hidden what should be in sight and is not
 * @property {string} focused the id of what has the focus; how it begins, if it has none
 * @property {number} tabs presses of the Tab key from there to the button that copies
 */

import { until } from './until.js';

/** The browser makes the window as high as what is in it a little later: so often it has to look the same. */
const SETTLED = 8;

/**
 * Opens the popup of a page, and waits until it has settled.
 *
 * @param {Pick<Session, 'browser'>} session
 * @param {Page} page
 * @param {(looks: Looks) => boolean} isExpected whether it says what it should
 * @returns {Promise<Looks>}
 * @throws {Error} if it does not open, or does not say that
 */
export async function openToolbarPopup(session, page, isExpected) {
  await session.browser.inExtension(() => undefined); // its own page is there before the other comes to the front
  await page.bringToFront();
  await session.browser.inExtension(() => chrome.action.openPopup());
  return settledLooks(session, isExpected);
}

/**
 * Waits until the open popup has settled.
 *
 * @param {Pick<Session, 'browser'>} session
 * @param {(looks: Looks) => boolean} [isExpected]
 * @returns {Promise<Looks>}
 * @throws {Error} if it goes on changing, or is not what is expected
 */
async function settledLooks({ browser }, isExpected = () => true) {
  /** @type {Looks | undefined} */
  let before;
  let same = 0;
  try {
    return await until('the popup in the toolbar', async () => {
      const [earlier, now] = [before, await browser.inExtension(looks)];
      before = now;
      same = now !== undefined && JSON.stringify(earlier) === JSON.stringify(now) ? same + 1 : 0;
      return same >= SETTLED && now !== undefined && isExpected(now) && now;
    });
  } catch {
    throw new Error(`the popup in the toolbar shows ${JSON.stringify(before)}, which was not expected`);
  }
}

/**
 * Has the open popup take its person's pointer for the other one, a finger for a mouse or a mouse for a finger: what
 * its style sheets say for one of them holds, or does not, against what the browser says. Lasts until it is closed.
 *
 * @param {Pick<Session, 'browser'>} session
 * @returns {Promise<Looks>} once it has settled
 * @throws {Error} if its style sheets tell no pointers apart
 */
export async function takeOtherPointer(session) {
  const changed = await session.browser.inExtension(() => {
    const view = /** @type {Window & typeof globalThis} */ (chrome.extension.getViews({ type: 'popup' })[0]);
    const isCoarse = view.matchMedia('(pointer: coarse)').matches;
    let count = 0;
    for (const rule of [...view.document.styleSheets].flatMap((sheet) => [...sheet.cssRules])) {
      if (!(rule instanceof view.CSSMediaRule)) continue;
      const [, pointer] = /pointer: ?(coarse|fine)/.exec(rule.conditionText) ?? [];
      if (pointer === undefined) continue;
      rule.media.mediaText = (pointer === 'coarse') === isCoarse ? 'not all' : 'all';
      count += 1;
    }
    return count;
  });
  if (changed === 0) throw new Error("the popup's style sheets tell no pointers apart");
  return settledLooks(session);
}

/**
 * Shows the open popup larger or smaller, as browsers do for all pages of an extension.
 *
 * @param {Pick<Session, 'browser'>} session
 * @param {number} factor
 * @returns {Promise<Looks>} once it has settled
 */
export async function zoomToolbarPopup(session, factor) {
  await session.browser.zoomPopup(factor);
  return settledLooks(session);
}

/** Closes it. @param {Pick<Session, 'browser'>} session */
export async function closeToolbarPopup({ browser }) {
  await browser.inExtension(() => {
    for (const view of chrome.extension.getViews({ type: 'popup' })) view.close();
  });
  await until('the popup to close', () =>
    browser.inExtension(() => chrome.extension.getViews({ type: 'popup' }).length === 0),
  );
}

/** Runs in a page of the extension. @returns {Looks | undefined} nothing while there is no popup */
function looks() {
  const view = chrome.extension.getViews({ type: 'popup' })[0];
  const title = view?.document.querySelector('h1');
  if (!view || !title) return undefined;
  const { document, innerWidth, innerHeight, devicePixelRatio } = view;
  const isHidden = (/** @type {string} */ selector) => {
    const element = document.querySelector(selector);
    if (!element) return true;
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return left < 0 || top < 0 || right > innerWidth + 1 || bottom > innerHeight + 1 || right - left < 1;
  };
  const stops = [...document.querySelectorAll('button, a[href], input, select, summary, textarea')];
  return {
    title: (title.textContent ?? '').replace(/[\u2066-\u2069]/g, ''),
    status: document.querySelector('header')?.classList[0] ?? '',
    views: [...document.querySelectorAll('[id^="open-"]')].map(({ id }) => id.slice('open-'.length)),
    width: innerWidth,
    scale: devicePixelRatio * (document.documentElement.currentCSSZoom ?? 1),
    height: document.documentElement.scrollHeight,
    hidden: ['#switch', 'h1', '#copy', '#log', '#cleaner', '#settings'].filter(isHidden),
    focused: document.activeElement?.id || (document.activeElement?.outerHTML ?? '').slice(0, 80),
    tabs:
      stops.indexOf(/** @type {Element} */ (document.querySelector('#copy'))) -
      stops.indexOf(/** @type {Element} */ (document.activeElement)),
  };
}
