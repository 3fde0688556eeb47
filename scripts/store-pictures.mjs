// `npm run store-pictures`: the pictures that stores show, docs/store/*.png. Each says in a few words what the popup
// does, and shows the popup as it looks then. The README's are made by the way.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from '../harness/browser.js';
import { EXTENSION_DIR } from '../harness/extension.js';
import { isSetUp } from '../harness/session.js';
import { until } from '../harness/until.js';
import { startWorld } from '../harness/world.js';
import { pictureOf } from './pictures.mjs';
import { ROOT } from './setup.mjs';
import { STATES } from './states.mjs';

/** As stores want them, in pixels. */
const SIZE = { width: 1280, height: 800 };

const DOCS = join(ROOT, 'docs');

/** The state of the popup, the name of the picture, and what it says. @type {[string, string, string, string][]} */
const PICTURES = [
  [
    'popup-learned',
    '1-learned',
    'What TikTok would have learned',
    'From a shop, about somebody who has no account. Detick stopped it.',
  ],
  [
    'popup-link-view',
    '2-link',
    'Links without the tracking',
    'Cleaned while you browse, and by a click when you pass one on. Keep what a site needs.',
  ],
  [
    'popup-embeds',
    '3-videos',
    'Videos wait for your click',
    'Until then TikTok does not learn that you read the page.',
  ],
  [
    'popup-visitor',
    '4-visitor',
    'Watch TikTok without an account',
    'Its pages get less, and what they stored goes when you close the last one.',
  ],
  [
    'popup-stopped-view',
    '5-stopped',
    'See why. Allow in one click.',
    'What was stopped, by company and host, down to the line of the list.',
  ],
];

/** The README's: the first state, in both browsers. @type {['chromium' | 'firefox', 'light' | 'dark', string][]} */
const README = [
  ['chromium', 'light', 'popup-chromium.png'],
  ['firefox', 'dark', 'popup-firefox-dark.png'],
];

/**
 * @param {'chromium' | 'firefox'} name
 * @param {string} state
 * @param {(browser: Awaited<ReturnType<typeof launch>>, popup: import('puppeteer-core').Page, width: number) => Promise<unknown>} use
 */
async function withState(name, state, use) {
  const { open, width } = STATES.find((one) => one.name === state) ?? {};
  if (open === undefined || width === undefined) throw new Error(`no state is called ${state}`);
  const world = await startWorld();
  const browser = await launch(name, { world, extensionDir: EXTENSION_DIR });
  try {
    await until('Detick to be set up', () => isSetUp({ browser }));
    await use(browser, await open(browser, world), width);
  } finally {
    await browser.close();
    await world.close();
  }
}

/** @param {string} title @param {string} more @param {Uint8Array} popup @param {number} width of it, CSS pixels */
function markup(title, more, popup, width) {
  const data = (/** @type {string} */ type, /** @type {Uint8Array} */ bytes) =>
    `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
  const mark = readFileSync(join(ROOT, 'extension/icons/on.svg'));
  return `<!doctype html><meta charset="utf-8"><style>
    body { display: grid; grid-template-columns: 1fr auto; gap: 72px; align-items: center; box-sizing: border-box;
      height: 100vh; margin: 0; padding: 0 80px; background: #e7f5ee; color: #14171c; font: 26px / 1.45 system-ui, sans-serif; }
    h1 { margin: 28px 0 20px; font-size: 54px; line-height: 1.15; text-wrap: pretty; }
    p { margin: 0; color: #44505d; text-wrap: pretty; }
    .mark { width: 72px; height: 72px; }
    .popup { width: ${width * 1.25}px; border-radius: 12px; box-shadow: 0 2px 6px #0b3a2a26, 0 18px 48px #0b3a2a33; }
  </style><div><img class="mark" src="${data('image/svg+xml', mark)}" alt=""><h1>${title}</h1><p>${more}</p></div>
  <img class="popup" src="${data('image/png', popup)}" alt="">`;
}

try {
  for (const [state, file, title, more] of PICTURES) {
    await withState('chromium', state, async (browser, popup, width) => {
      const picture = await pictureOf(popup, width);
      const page = await browser.newPage();
      await page.setViewport(SIZE);
      await page.setContent(markup(title, more, picture, width));
      await page.screenshot({ path: /** @type {`${string}.png`} */ (join(DOCS, 'store', `${file}.png`)) });
      console.log(`docs/store/${file}.png`);
    });
  }
  for (const [name, scheme, file] of README) {
    await withState(name, 'popup-learned', async (browser, popup, width) => {
      await browser.setScheme(popup, scheme);
      await pictureOf(popup, width, /** @type {`${string}.png`} */ (join(DOCS, file)));
      console.log(`docs/${file}`);
    });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
