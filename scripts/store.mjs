// `npm run store [-- WORDS…]`: what is entered in the stores, in dist/store/: for each store and language the texts and
// the pictures, taken in real browsers. Words are names of stores or languages (`chrome`, `de`), to make some only.

import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './setup.mjs';
import { drawLogo, drawTile, takePictures } from './store-pictures.mjs';
import { LOCALES, writeTexts } from './store-texts.mjs';

/** @typedef {import('./store-texts.mjs').Store} Store */

const DIST = join(ROOT, 'dist/store');

/** @type {Store[]} */
const STORES = ['chrome', 'firefox', 'edge'];

/**
 * Where pictures are taken, and the stores whose people see that browser.
 *
 * @type {['chromium' | 'firefox', Store[]][]}
 */
const BROWSERS = [
  ['chromium', ['chrome', 'edge']],
  ['firefox', ['firefox']],
];

const TILE_NAME = 'tile-440x280.png';

/** What is the same in every language. @type {Record<Store, string[]>} */
const COMMON = {
  chrome: ['extension/icons/on-128.png', 'docs/store/privacy.md', 'docs/store/test-notes.txt'],
  firefox: ['extension/icons/on-128.png', 'docs/store/reviewers.md', 'docs/store/test-notes.txt'],
  edge: ['docs/store/privacy.md', 'docs/store/test-notes.txt'],
};

/**
 * @param {Store[]} stores
 * @param {string} locale
 */
async function drawPictures(stores, locale) {
  const placeOf = (/** @type {Store} */ store) => join(DIST, store, locale);
  for (const [browser, all] of BROWSERS) {
    const [first, ...others] = all.filter((store) => stores.includes(store));
    if (first === undefined) continue;
    const files = await takePictures(browser, locale, placeOf(first));
    if (first !== 'firefox') {
      await drawTile(locale, join(placeOf(first), TILE_NAME));
      files.push(TILE_NAME);
    }
    for (const store of others)
      for (const file of files) copyFileSync(join(placeOf(first), file), join(placeOf(store), file));
  }
}

/** @param {string[]} words @throws {Error} at one that names nothing */
async function make(words) {
  const strange = words.filter((word) => ![...STORES, ...LOCALES].includes(word));
  if (strange.length > 0) throw new Error(`there is no store and no language "${strange[0]}"`);
  const wanted = (/** @type {string[]} */ all) => {
    const named = all.filter((one) => words.includes(one));
    return named.length === 0 ? all : named;
  };
  const stores = /** @type {Store[]} */ (wanted(STORES));
  for (const store of stores) {
    for (const locale of wanted(LOCALES)) writeTexts(store, locale, join(DIST, store, locale));
    for (const path of COMMON[store]) copyFileSync(join(ROOT, path), join(DIST, store, path.replace(/.*\//, '')));
  }
  if (stores.includes('edge')) await drawLogo(join(DIST, 'edge/logo-300x300.png'));
  for (const locale of wanted(LOCALES)) {
    try {
      await drawPictures(stores, locale);
      console.log(locale);
    } catch (error) {
      console.error(`${locale}: ${error instanceof Error ? error.message : error}`);
      process.exitCode = 1;
    }
  }
}

process.setMaxListeners(0); // each browser's profile is removed when this process ends, and there are many
try {
  await make(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
