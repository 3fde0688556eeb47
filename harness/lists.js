/** Filter lists in a browser: switched on and off as a person does, and looked at where they work. */

import { loadInto } from './own-module.js';
import { visit } from './session.js';
import { until } from './until.js';

/** @import { ListSet, ListState, Stopped, TabRecord } from '../extension/types.js' */

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('./session.js').Session} Session */

/** Any page without trackers. */
const PAGE = 'https://destination.example/';

/**
 * Adds a list by its address on the settings page.
 *
 * @param {Page} options
 * @param {string} url
 */
export async function addList(options, url) {
  await options.bringToFront();
  await until('the field for an address', () => options.evaluate(() => !!document.getElementById('list-address')));
  await options.evaluate((address) => {
    const field = /** @type {HTMLInputElement} */ (document.getElementById('list-address'));
    field.value = address;
    field.form?.requestSubmit();
  }, url);
}

/** The element that the editor of own lines stands in; its content is below a shadow root. */
const EDITOR = '#own-lines';

/**
 * Opens the editor of own lines, if it is not open.
 *
 * @param {Page} options
 */
export async function openEditor(options) {
  await options.bringToFront();
  await until('the editor', () =>
    options.evaluate((selector) => {
      document.getElementById('own-open')?.click();
      return !!document.querySelector(selector)?.shadowRoot?.querySelector('.cm-content');
    }, EDITOR),
  );
}

/**
 * Replaces what is in the editor of own lines, by keys.
 *
 * @param {Page} options
 * @param {string} text
 */
export async function typeOwnLines(options, text) {
  await openEditor(options);
  await options.evaluate((selector) => {
    /** @type {HTMLElement | null | undefined} */ (
      document.querySelector(selector)?.shadowRoot?.querySelector('.cm-content')
    )?.focus();
  }, EDITOR);
  await options.keyboard.down('Control');
  await options.keyboard.press('a');
  await options.keyboard.up('Control');
  await options.keyboard.press('Backspace');
  await options.keyboard.type(text);
}

/**
 * What the editor of own lines shows: a line for each line in sight.
 *
 * @param {Page} options
 * @param {string} selector within the editor
 * @returns {Promise<string[]>} the words of each element that it finds
 */
export function shownInEditor(options, selector) {
  return options.evaluate(
    (place, wanted) =>
      [...(document.querySelector(place)?.shadowRoot?.querySelectorAll(wanted) ?? [])].map(
        (found) => found.textContent ?? '',
      ),
    EDITOR,
    selector,
  );
}

/**
 * Saves what is in the editor of own lines.
 *
 * @param {Page} options
 */
export function saveOwnLines(options) {
  return options.evaluate(() => document.getElementById('own-save')?.click());
}

/**
 * Makes these the own lines, without the editor. When they are in force is for the caller to see.
 *
 * @param {Page} options any page of Detick's
 * @param {string} text
 */
export async function writeOwnLines(options, text) {
  await loadInto(options, 'stored/own-lines.js', 'ownLines');
  await options.evaluate((lines) => /** @type {any} */ (globalThis).ownLines.save(lines), text);
}

/**
 * Presses one of a list's controls.
 *
 * @param {Page} options
 * @param {'list' | 'update' | 'trust' | 'remove'} control
 * @param {string} url
 */
export async function press(options, control, url) {
  await options.bringToFront();
  await until(`the control "${control}" of ${url}`, () =>
    options.evaluate((id) => {
      const found = /** @type {HTMLInputElement | null} */ (document.getElementById(id));
      if (!found || found.disabled) return false;
      found.click();
      return true;
    }, `${control}-${url}`),
  );
}

/**
 * @param {Page} options any page of Detick's
 * @returns {Promise<{ set: ListSet, states: Record<string, ListState> }>} how the lists fare
 */
export function fare(options) {
  return options.evaluate(async () => {
    const { listSet = {}, listStates = {} } = await chrome.storage.local.get(['listSet', 'listStates']);
    return { set: /** @type {ListSet} */ (listSet), states: /** @type {Record<string, ListState>} */ (listStates) };
  });
}

/**
 * Waits until a list is in force.
 *
 * @param {Page} options
 * @param {string} url
 */
export function inForce(options, url) {
  return until(`${url} to be in force`, async () => {
    const { set, states } = await fare(options);
    return set.counts?.[url] !== undefined && !set.doing && states[url]?.doing === undefined;
  });
}

/**
 * Waits until a list says why its last update was not taken.
 *
 * @param {Page} options
 * @param {string} url
 * @param {string} key of the message
 */
export async function complaint(options, url, key) {
  let said;
  try {
    await until('the reason', async () => {
      said = (await fare(options)).states[url]?.problem?.key;
      return said === key;
    });
  } catch {
    throw new Error(`${url} says "${said}", where "${key}" was expected`);
  }
}

/**
 * Loads a picture in a page of its own.
 *
 * @param {Session} session
 * @param {string} url
 * @param {number} [lostAfterMs] when nobody is expected any more to count it, for whoever tries again
 * @returns {Promise<{ came: boolean, stopped: Stopped[] }>} whether it came, and what Detick says that it stopped there
 * @throws {Error} if it is stopped and never counted, unless that was to be expected
 */
export async function loadPicture(session, url, lostAfterMs) {
  const { page } = await visit(session, `${PAGE}?${Math.random()}`);
  const came = await page.evaluate(
    (src) =>
      new Promise((/** @type {(came: boolean) => void} */ tell) => {
        const image = new Image();
        image.onload = () => tell(true);
        image.onerror = () => tell(false);
        image.src = src;
      }),
    url,
  );
  const counted = () => until('the picture to be counted', () => stoppedOn(session, page), lostAfterMs);
  const stopped = came ? [] : await (lostAfterMs === undefined ? counted() : counted().catch(() => []));
  await page.close();
  return { came, stopped };
}

/** @param {Session} session @param {Page} page */
async function stoppedOn({ browser }, page) {
  const key = `tab:${await browser.tabId(page)}`;
  const stored = await browser.inExtension((name) => chrome.storage.session.get(name), key);
  const { stopped = [] } = /** @type {Partial<TabRecord>} */ (stored[key] ?? {});
  return stopped.length > 0 && stopped;
}
