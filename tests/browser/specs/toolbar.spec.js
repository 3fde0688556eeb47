// The popup as it is met, in the toolbar: as wide as it should be, never higher than its window, and what people come
// for in sight, whatever there is to tell, for mice and for fingers. Shown twice as large, the switch and the first
// sentence still are.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch } from '../../../harness/browser.js';
import { followLink } from '../../../harness/following.js';
import { BROWSER, isSetUp } from '../../../harness/session.js';
import { closeToolbarPopup, openToolbarPopup, takeOtherPointer, zoomToolbarPopup } from '../../../harness/toolbar.js';
import { inLanguage } from '../../../harness/translated.js';
import { until } from '../../../harness/until.js';
import { startWorld } from '../../../harness/world.js';

/** @typedef {import('../../../harness/toolbar.js').Looks} Looks */

const MANY = Array.from({ length: 19 }, (_, index) => `utm_${index}=1`).join('&');
const COMPANIES = 'host=analytics.tiktok.com&host=ads.pangle-ads.com&host=log.capcutapi.com';

/**
 * A page, the status that the popup has there, a view that it leads to, and how many requests were stopped, where that
 * makes the case.
 *
 * @type {Record<string, [url: string, status: string, view: string, stopped?: number]>}
 */
const CASES = {
  'nothing, and a clean link': ['https://destination.example/plain', 'quiet', 'link'],
  'a link with many parameters': [
    `https://destination.example/plain?ttclid=1&utm_source=a&utm_medium=b&${MANY}`,
    'cleaned',
    'link',
  ],
  'videos that wait': ['https://magazine.example/', 'waiting', 'videos'],
  'a shop with the pixel': ['https://shop.example/', 'protecting', 'stopped'],
  'a shop with reports': ['https://shop.example/reports?ttclid=1&utm_source=tiktok', 'protecting', 'learned', 3],
  'the demo page': ['https://demo.example/?ttclid=1&utm_source=tiktok&utm_campaign=x', 'protecting', 'videos'],
  '12 trackers of one host': ['https://shop.example/crowd?count=12', 'protecting', 'stopped', 12],
  '60 trackers of one host': ['https://shop.example/crowd?count=60', 'protecting', 'stopped', 60],
  '12 trackers of another company': [
    'https://shop.example/crowd?count=12&host=ads.pangle-ads.com',
    'protecting',
    'stopped',
    12,
  ],
  '12 trackers of three companies': [`https://shop.example/crowd?count=12&${COMPANIES}`, 'protecting', 'stopped', 12],
  '60 trackers of three companies': [`https://shop.example/crowd?count=60&${COMPANIES}`, 'protecting', 'stopped', 60],
  'trackers of all kinds': ['https://shop.example/tagged', 'protecting', 'stopped', 4],
  'tiktok.com': ['https://www.tiktok.com/', 'protecting', 'protection'],
  'a video on tiktok.com': ['https://www.tiktok.com/@tina/video/7300000000000000001', 'protecting', 'protection'],
};

for (const { locale, touch } of [
  { locale: 'en', touch: false },
  { locale: 'de', touch: true },
  { locale: 'ar', touch: false },
]) {
  describe(`${BROWSER}: popup in the toolbar, ${locale}${touch ? ', on a computer for fingers' : ''}`, () => {
    const session = /** @type {import('../../../harness/session.js').Session} */ ({});
    const extension = inLanguage(locale);
    before(async () => {
      session.world = await startWorld();
      session.browser = await launch(BROWSER, {
        world: session.world,
        extensionDir: extension.dir,
        touch,
      });
      await until('Detick to be set up', () => isSetUp(session));
    });
    after(async () => {
      await session.browser?.close();
      await session.world?.close();
      extension.remove();
    });

    for (const [name, [url, status, view, stopped]] of Object.entries(CASES)) {
      it(`${name}: what people come for is in sight`, async () => {
        const page = await session.browser.newPage();
        await followLink(page, url);
        if (stopped !== undefined)
          await until('all to be counted', async () => (await session.browser.badgeText(page)) === String(stopped));
        try {
          const isThere = (/** @type {Looks} */ now) => now.status === status && now.views.includes(view);
          const usual = await openToolbarPopup(session, page, isThere);
          assertInSight(usual);
          assertInSight(await takeOtherPointer(session));
          const { hidden, scale } = await zoomToolbarPopup(session, 2);
          assert.equal(scale, 2 * usual.scale);
          assert.ok(!hidden.includes('#switch') && !hidden.includes('h1'), `${hidden} cannot be seen`);
        } finally {
          await session.browser.zoomPopup(1);
          await closeToolbarPopup(session);
          await page.close();
        }
      });
    }
  });
}

/** @param {Looks} looks */
function assertInSight({ width, height, hidden, focused, tabs }) {
  assert.deepEqual({ hidden, focused }, { hidden: [], focused: 'switch' });
  assert.ok(height <= 560, `it is ${height} px high`);
  assert.ok(width >= 320 && width <= 400, `it is ${width} px wide`);
  assert.ok(tabs <= 4, `it takes ${tabs} keys from the switch to the button that copies`);
}
