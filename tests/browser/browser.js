/**
 * One way to drive both browsers with Detick in them: pages, Detick's own pages, its background, its menu, the clipboard.
 *
 * The browser's only way out is the world's proxy, so nothing it does leaves this machine.
 *
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {import('../../scripts/browsers.mjs').BrowserName} BrowserName
 *
 * @typedef {object} LaunchOptions
 * @property {import('./world.js').World} world where every request goes
 * @property {string} [extensionDir] what to install; none for a browser without protection
 * @property {boolean} [headless] default true
 * @property {'light' | 'dark'} [scheme] the colours that pages are asked to use, default light
 *
 * @typedef {object} MenuTarget where on a page the menu is opened
 * @property {string} item the id that the extension gave to its menu item
 * @property {string} [on] a selector; without one, the page itself
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../../scripts/browsers.mjs';
import { Chromium } from './browser/chromium.js';
import { Firefox } from './browser/firefox.js';

/** The extension as this repository builds it. */
export const EXTENSION_DIR = join(import.meta.dirname, '../../extension');

/** What only the build writes; without it the extension would load and protect from nothing. */
const BUILT = ['wasm/detick_bg.wasm', 'rules/block.json', 'rules/engine.bin'];

/**
 * Starts a browser with a fresh profile.
 *
 * @param {BrowserName} name
 * @param {LaunchOptions} options
 * @returns {Promise<Chromium | Firefox>} both have the same methods
 * @throws {Error} with one sentence on what to do when the browser or the built extension is missing
 */
export async function launch(name, options) {
  const program = findBrowser(name);
  if (program === undefined) throw new Error(`${name} is not installed: run "npm run build", which installs it.`);
  if (options.extensionDir !== undefined) requireBuilt(options.extensionDir);
  return name === 'chromium' ? Chromium.start(program, options) : Firefox.start(program, options);
}

/**
 * @param {string} extensionDir
 * @throws {Error} if the extension there is not built
 */
export function requireBuilt(extensionDir) {
  const missing = BUILT.filter((file) => !existsSync(join(extensionDir, file)));
  if (missing.length > 0) {
    throw new Error(`The extension is not built (no ${missing.join(', ')}): run "cargo xtask build".`);
  }
}

/**
 * @param {string} extensionDir
 * @returns {chrome.runtime.Manifest}
 */
export function readManifest(extensionDir) {
  return JSON.parse(readFileSync(join(extensionDir, 'manifest.json'), 'utf8'));
}
