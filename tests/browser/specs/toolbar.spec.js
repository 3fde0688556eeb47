// The popup as it is met, in the toolbar: as wide as it should be, never higher than its window, and what people come
// for in sight, whatever there is to tell.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch } from '../../../harness/browser.js';
import { BROWSER, isSetUp, visit } from '../../../harness/session.js';
import { closeToolbarPopup, openToolbarPopup } from '../../../harness/toolbar.js';
import { inLanguage } from '../../../harness/translated.js';
import { until } from '../../../harness/until.js';
import { startWorld } from '../../../harness/world.js';

const MANY = Array.from({ length: 19 }, (_, index) => `utm_${index}=1`).join('&');

/** What is on the page, and whether there is something to tell of it. @type {Record<string, string>} */
const CASES = {
  'nothing, and a clean link': 'https://destination.example/plain',
  'a link with many parameters': `https://destination.example/plain?ttclid=1&utm_source=a&utm_medium=b&${MANY}`,
  'videos that wait': 'https://magazine.example/',
  'a shop with the pixel': 'https://shop.example/',
  'a shop with reports': 'https://shop.example/reports?ttclid=1&utm_source=tiktok',
  'the demo page': 'https://demo.example/?ttclid=1&utm_source=tiktok&utm_campaign=x',
  '12 trackers of one host': 'https://shop.example/crowd?count=12',
  '60 trackers of one host': 'https://shop.example/crowd?count=60',
  '12 trackers of another company': 'https://shop.example/crowd?count=12&host=ads.pangle-ads.com',
  'trackers of all kinds': 'https://shop.example/tagged',
  'tiktok.com': 'https://www.tiktok.com/',
  'a video on tiktok.com': 'https://www.tiktok.com/@tina/video/7300000000000000001',
};

for (const { locale, touch } of [
  { locale: 'en', touch: false },
  { locale: 'de', touch: true },
  { locale: 'ar', touch: false },
]) {
  describe(`${BROWSER}: popup in the toolbar, ${locale}${touch ? ', for fingers' : ''}`, () => {
    const session = /** @type {import('../../../harness/session.js').Session} */ ({});
    const extension = inLanguage(locale);
    before(async () => {
      session.world = await startWorld();
      session.browser = await launch(BROWSER, { world: session.world, extensionDir: extension.dir, touch });
      await until('Detick to be set up', () => isSetUp(session));
    });
    after(async () => {
      await session.browser?.close();
      await session.world?.close();
      extension.remove();
    });

    for (const [name, url] of Object.entries(CASES)) {
      it(`${name}: what people come for is in sight`, async () => {
        const { page } = await visit(session, url);
        const { width, height, hidden, focused, tabs } = await openToolbarPopup(session, page, /./);
        await closeToolbarPopup(session);
        await page.close();
        assert.deepEqual({ hidden, focused }, { hidden: [], focused: 'switch' });
        assert.ok(height <= 560, `it is ${height} px high`);
        assert.ok(width >= 320 && width <= 400, `it is ${width} px wide`);
        assert.ok(tabs <= 4, `it takes ${tabs} keys from the switch to the button that copies`);
      });
    }
  });
}
