// `npm run screenshots`: pictures of the popup and of the demo page, from both browsers, light and dark.

import { relative } from 'node:path';
import { EXTENSION_DIR } from '../tests/browser/browser/extension.js';
import { until } from '../tests/browser/browser/shared.js';
import { launch } from '../tests/browser/browser.js';
import { DEMO } from '../tests/browser/world/demo.js';
import { startWorld } from '../tests/browser/world.js';
import { savePicture } from './pictures.mjs';

/**
 * @param {import('./browsers.mjs').BrowserName} name
 * @param {'light' | 'dark'} scheme
 */
async function takePictures(name, scheme) {
  const world = await startWorld();
  const browser = await launch(name, { world, extensionDir: EXTENSION_DIR, scheme });
  try {
    const demo = await browser.newPage();
    await demo.goto(DEMO);
    await demo.click('#shared-link');
    await until(
      'the shared link to arrive',
      async () => world.log.to('www.tiktok.com', '/@tina/video/7300000000000000001').length > 0,
    );
    await demo.bringToFront();
    const popup = await browser.openPopup(demo);
    await until('the popup to be drawn', async () => (await popup.$('h1')) !== null);
    const pictures = [
      await savePicture(popup, `popup-${name}-${scheme}`, 360),
      await savePicture(demo, `demo-${name}-${scheme}`, 760),
    ];
    for (const path of pictures) console.log(relative(process.cwd(), path));
  } finally {
    await browser.close();
    await world.close();
  }
}

try {
  for (const name of /** @type {const} */ (['chromium', 'firefox'])) {
    await takePictures(name, 'light');
    await takePictures(name, 'dark');
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
