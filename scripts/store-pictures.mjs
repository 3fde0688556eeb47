// `npm run store-pictures`: the English pictures of the stores, docs/store/*.png, and the README's. Each says in a few
// words what the popup does, and shows the popup as it looks then. scripts/store.mjs makes those of every language.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../harness/browser.js';
import { isSetUp } from '../harness/session.js';
import { inLanguage } from '../harness/translated.js';
import { until } from '../harness/until.js';
import { startWorld } from '../harness/world.js';
import { pictureOf } from './pictures.mjs';
import { ROOT } from './setup.mjs';
import { STATES } from './states.mjs';
import { LOGO, SIZE, TILE, textsIn } from './store-texts.mjs';

/**
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {import('./browsers.mjs').BrowserName} BrowserName
 * @typedef {Awaited<ReturnType<typeof launch>>} Browser
 * @typedef {`${string}.png`} Png
 */

const DOCS = join(ROOT, 'docs');
const MARK = readFileSync(join(ROOT, 'extension/icons/on.svg'));

/** The name of the picture, and the state of the popup that it shows. @type {[string, string][]} */
const PICTURES = [
  ['1-learned', 'popup-learned'],
  ['2-link', 'popup-link-view'],
  ['3-videos', 'popup-embeds'],
  ['4-visitor', 'popup-visitor'],
  ['5-stopped', 'popup-stopped-view'],
];

/** The README's: the first state, in both browsers. @type {[BrowserName, 'light' | 'dark', string][]} */
const README = [
  ['chromium', 'light', 'popup-chromium.png'],
  ['firefox', 'dark', 'popup-firefox-dark.png'],
];

/**
 * @param {BrowserName} name
 * @param {string} locale that Detick speaks
 * @param {(browser: Browser, world: import('../harness/world.js').World) => Promise<unknown>} use
 */
async function withBrowser(name, locale, use) {
  const extension = inLanguage(locale);
  const world = await startWorld();
  const browser = await launch(name, { asUsed: true, world, extensionDir: extension.dir });
  try {
    await until('Detick to be set up', () => isSetUp({ browser }));
    await use(browser, world);
  } finally {
    await browser.close();
    await world.close();
    extension.remove();
  }
}

/**
 * @param {BrowserName} name
 * @param {string} locale
 * @param {string} state
 * @param {(browser: Browser, popup: Page, width: number) => Promise<unknown>} use
 */
async function withState(name, locale, state, use) {
  const { open, width } = STATES.find((one) => one.name === state) ?? {};
  if (open === undefined || width === undefined) throw new Error(`no state is called ${state}`);
  await withBrowser(name, locale, async (browser, world) => use(browser, await open(browser, world), width));
}

/**
 * Makes the five pictures.
 *
 * @param {BrowserName} name
 * @param {string} locale a folder of `_locales`
 * @param {string} folder where to save them
 * @returns {Promise<string[]>} the names of the files
 * @throws {Error} if this machine has no letters for the language
 */
export async function takePictures(name, locale, folder) {
  const { pictures } = textsIn(locale);
  /** @type {Map<string, string>} */
  const sheets = new Map();
  for (const [file, state] of PICTURES) {
    const { title, more } = pictures[file] ?? { title: '', more: '' };
    await withState(name, locale, state, async (_, popup, width) => {
      await popup.evaluate(leaveFocus);
      sheets.set(file, beside(locale, title, more, await pictureOf(popup, width), width));
    });
  }
  // Chromium alone knows where a Japanese phrase ends.
  await withBrowser('chromium', locale, async (browser) => {
    for (const [file, page] of sheets) await draw(browser, SIZE, page, join(folder, `${file}.png`));
  });
  return PICTURES.map(([file]) => `${file}.png`);
}

/**
 * Draws the small picture by which stores show it among others.
 *
 * @param {string} locale a folder of `_locales`
 * @param {string} path where to save it
 * @throws {Error} if this machine has no letters for the language
 */
export async function drawTile(locale, path) {
  await withBrowser('chromium', locale, (browser) => draw(browser, TILE, small(locale, textsIn(locale).tile), path));
}

/**
 * Draws the mark as large as Edge's store wants it.
 *
 * @param {string} path where to save it
 */
export async function drawLogo(path) {
  const markup = `<style>body { margin: 20px; } .mark { width: 260px; }</style>${image('svg+xml', MARK, 'mark')}`;
  await withBrowser('chromium', 'en', (browser) => draw(browser, LOGO, markup, path, true));
}

/**
 * @param {Browser} browser
 * @param {{ width: number, height: number }} size
 * @param {string} markup
 * @param {string} path of a PNG
 * @param {boolean} [omitBackground]
 */
async function draw(browser, size, markup, path, omitBackground = false) {
  const page = await browser.newPage();
  await page.setViewport(size);
  await page.setContent(markup);
  if (!(await page.evaluate(hasLetters)))
    throw new Error('this machine has no letters for it: install fonts that have, such as fonts-noto-cjk');
  await page.screenshot({ path: /** @type {Png} */ (path), ...(omitBackground && { omitBackground }) });
  await page.close();
}

/** The popup rings what a key would press first, until the person does anything. Runs in it. */
function leaveFocus() {
  dispatchEvent(new PointerEvent('pointerdown'));
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** Runs in the page. @returns {boolean} whether its letters differ, as boxes in place of missing ones do not */
function hasLetters() {
  const letters = [...new Set(document.body.innerText.match(/[^\p{ASCII}\P{Letter}]/gu))].slice(0, 20);
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null || letters.length < 2) return true;
  const looks = letters.map((letter) => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.font = '40px system-ui, sans-serif';
    context.fillText(letter, 40, 60);
    return canvas.toDataURL();
  });
  return new Set(looks).size > letters.length / 2;
}

/** @param {string} type @param {Uint8Array} bytes @param {string} name for the style sheet */
function image(type, bytes, name) {
  return `<img class="${name}" src="data:image/${type};base64,${Buffer.from(bytes).toString('base64')}" alt="">`;
}

/** @param {string} locale @param {string} style @param {string} body */
function sheet(locale, style, body) {
  const direction = locale === 'ar' ? 'rtl' : 'ltr';
  return `<!doctype html><html lang="${locale.replace('_', '-')}" dir="${direction}"><meta charset="utf-8"><style>
    body { box-sizing: border-box; height: 100vh; margin: 0; background: #e7f5ee; color: #14171c; }
    h1, p { margin: 0; text-wrap: pretty; }
    h1 { text-wrap: balance; }
    :lang(ko) { word-break: keep-all; }
    :lang(ja) { word-break: auto-phrase; }
    ${style}
  </style>${body}`;
}

/**
 * @param {string} locale
 * @param {string} title
 * @param {string} more
 * @param {Uint8Array} popup
 * @param {number} width of it, CSS pixels
 */
function beside(locale, title, more, popup, width) {
  const style = `
    body { display: grid; grid-template-columns: 1fr auto; gap: 72px; align-items: center; padding: 0 80px;
      font: 26px / 1.45 system-ui, sans-serif; }
    h1 { margin: 28px 0 20px; font-size: 54px; line-height: 1.15; }
    p { color: #44505d; }
    .mark { width: 72px; height: 72px; }
    .popup { width: ${width * 1.25}px; border-radius: 12px; box-shadow: 0 2px 6px #0b3a2a26, 0 18px 48px #0b3a2a33; }`;
  const words = `<div>${image('svg+xml', MARK, 'mark')}<h1>${title}</h1><p>${more}</p></div>`;
  return sheet(locale, style, `${words}${image('png', popup, 'popup')}`);
}

/** @param {string} locale @param {string} words */
function small(locale, words) {
  const style = `
    body { display: grid; align-content: center; gap: 14px; padding: 0 36px; font: 20px / 1.3 system-ui, sans-serif; }
    h1 { font-size: 30px; line-height: 1.2; }
    p { display: flex; align-items: center; gap: 12px; font-weight: bold; color: #0b6b49; }
    .mark { width: 56px; height: 56px; }`;
  return sheet(locale, style, `<p>${image('svg+xml', MARK, 'mark')}Detick</p><h1>${words}</h1>`);
}

/** The pictures that the repository has. */
async function takeOurs() {
  await takePictures('chromium', 'en', join(DOCS, 'store'));
  for (const [name, scheme, file] of README) {
    await withState(name, 'en', 'popup-learned', async (browser, popup, width) => {
      await browser.setScheme(popup, scheme);
      await pictureOf(popup, width, /** @type {Png} */ (join(DOCS, file)));
    });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await takeOurs();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
