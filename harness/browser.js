/**
 * One way to drive both browsers with Detick in them: pages, Detick's own pages, its background, its menu, the
 * clipboard.
 *
 * The browser's only way out is the world's port, so nothing it does leaves this machine.
 *
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {import('../scripts/browsers.mjs').BrowserName} BrowserName
 *
 * @typedef {object} LaunchOptions
 * @property {import('./world.js').World} world where every request goes
 * @property {'proxy' | 'names'} [route] how they go there: through a proxy, which is the default and brings every port
 *   there, or without one, by taking every name for this machine's, on ports 80, 443 and 8443
 * @property {string} [extensionDir] what to install; none for a browser without protection
 * @property {boolean} [inPrivate] whether it may work in private windows too, default false
 * @property {boolean} [persistent] whether it shall outlive the browser, for `restart`; default false
 * @property {boolean} [headless] default true
 * @property {string | undefined} [home] a folder that Firefox takes for the user's, for policies in it
 * @property {boolean} [asUsed] whether it works as people's do, for what is measured or shown. By default it is spared
 *   what no test looks at: a first start, processes kept ready or started anew for each page, and telling the driver of
 *   each request, which the world's log tells already
 * @property {boolean} [touch] whether fingers are the only pointer, default false
 * @property {boolean} [ownGpc] whether Firefox sends Global Privacy Control by itself, as people can have it; default false
 * @property {'light' | 'dark'} [scheme] the colours that pages are asked to use, default light
 *
 * @typedef {object} MenuTarget where on a page the menu is opened
 * @property {string} item the id that the extension gave to its menu item
 * @property {string} [on] a selector; without one, the page itself
 */

import { findBrowser } from '../scripts/browsers.mjs';
import { Chromium } from './drivers/chromium.js';
import { Firefox } from './drivers/firefox.js';
import { requireBuilt } from './extension.js';

// A run that hangs is ended from outside. On leaving, puppeteer ends the browser; told to end, it leaves this process
// waiting.
process.once('SIGTERM', () => process.exit(1));

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
