// `npm run screenshots [-- NAMES…]`: every page of Detick in every state, in both browsers: light, dark, narrow, right
// to left. Names are parts of pictures' names, to take some only.

import { relative } from 'node:path';
import { launch } from '../harness/browser.js';
import { EXTENSION_DIR } from '../harness/extension.js';
import { isSetUp } from '../harness/session.js';
import { until } from '../harness/until.js';
import { startWorld } from '../harness/world.js';
import { PAGE_STATES } from './page-states.mjs';
import { savePicture } from './pictures.mjs';
import { STATES } from './states.mjs';

/**
 * @typedef {object} Look
 * @property {string} name
 * @property {'light' | 'dark'} scheme
 * @property {number} [width] instead of the page's own
 * @property {'rtl'} [direction]
 */

/** @type {Look[]} */
const LOOKS = [
  { name: 'light', scheme: 'light' },
  { name: 'dark', scheme: 'dark' },
  { name: 'narrow', scheme: 'light', width: 320 },
  { name: 'rtl', scheme: 'light', direction: 'rtl' },
];

// Each browser's profile is removed when this process ends, and there are many.
process.setMaxListeners(0);

const wanted = process.argv.slice(2);

/** @param {string} name */
const isWanted = (name) => wanted.length === 0 || wanted.some((part) => name.includes(part));

/**
 * @param {import('./browsers.mjs').BrowserName} name
 * @param {import('./states.mjs').State} state
 */
async function takePictures(name, state) {
  const world = await startWorld();
  const browser = await launch(name, { asUsed: true, world, extensionDir: EXTENSION_DIR });
  try {
    await until('Detick to be set up', () => isSetUp({ browser }));
    const page = await state.open(browser, world);
    for (const look of LOOKS) {
      await browser.setScheme(page, look.scheme);
      await page.evaluate((direction) => {
        document.documentElement.dir = direction;
      }, look.direction ?? 'ltr');
      const path = await savePicture(page, `${state.name}-${name}-${look.name}`, look.width ?? state.width);
      console.log(relative(process.cwd(), path));
    }
  } finally {
    await browser.close();
    await world.close();
  }
}

try {
  for (const name of /** @type {const} */ (['chromium', 'firefox'])) {
    for (const state of [...STATES, ...PAGE_STATES]) {
      if (isWanted(`${state.name}-${name}`)) await takePictures(name, state);
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
