// The negative control: without Detick everything arrives, so the other specs can fail.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { SHARED_LINK, SHARED_PHOTO_LINK } from '../../../harness/world/links.js';
import { TRACKERS } from '../../../harness/world/trackers.js';

describe(`${BROWSER}: without Detick`, () => {
  const session = openSession('without Detick');

  for (const path of ['/', '/second-generation', '/first-generation']) {
    it(`the pixel on shop.example${path} reports the visitor`, async () => {
      const { log } = session.world;
      log.clear();
      const { page, faults } = await visit(session, `https://shop.example${path}?ttclid=E.C.P.world`);
      await log.arrival('analytics-ipv6.tiktokw.us', '/ipv6/enrich_ipv6');
      const beacon = await log.arrival('analytics.tiktok.com', '/api/v2/pixel');
      await log.arrival('analytics.tiktok.com', '/api/v2/pixel/act');
      await log.arrival('analytics.tiktok.com', '/api/v2/performance_interaction');
      assert.match(beacon.body, /"callback":"E\.C\.P\.world"/);
      assert.match(await page.evaluate(() => document.cookie), /_ttp=.*_tt_enable_cookie=1/);
      assert.deepEqual(faults, []);
    });
  }

  it('buying reports a hash of the e-mail address', async () => {
    const { log } = session.world;
    const { page } = await visit(session, 'https://shop.example/');
    await log.arrival('analytics.tiktok.com', '/api/v2/pixel');
    log.clear();
    await page.click('#buy');
    await log.arrival('analytics.tiktok.com', '/i18n/pixel/static/identify_1f2e3d.js');
    assert.equal(await page.$eval('#bought', (output) => output.textContent), 'Thank you.');
  });

  it('an embed tells TikTok what is being read', async () => {
    session.world.log.clear();
    await visit(session, 'https://news.example/');
    const frame = await session.world.log.arrival('www.tiktok.com', '/embed/v2/7300000000000000001');
    assert.match(frame.query, /referrer=https%3A%2F%2Fnews\.example%2F/);
  });

  it('a shared link arrives with everything it says about the sharer', async () => {
    session.world.log.clear();
    const { page } = await visit(session, 'https://news.example/links');
    await Promise.all([page.waitForNavigation(), page.click('#shared')]);
    const { url } = await session.world.log.arrival('www.tiktok.com', new URL(SHARED_LINK).pathname);
    assert.equal(url, SHARED_LINK);
    await session.world.log.arrival(TRACKERS);
  });

  it('a click tells the address that audits it', async () => {
    session.world.log.clear();
    const { page } = await visit(session, 'https://news.example/links');
    await Promise.all([page.waitForNavigation(), page.click('#audited')]);
    await session.world.log.arrival('mcs.tiktokv.us', '/v1/list');
  });

  it("the page's own Copy buttons copy the tracked link", async () => {
    const { page } = await visit(session, 'https://www.tiktok.com/@tina/video/7300000000000000001');
    for (const [button, copied] of Object.entries({ '#copy': SHARED_LINK, '#copy-by-command': SHARED_PHOTO_LINK })) {
      await page.bringToFront();
      await page.click(button);
      await until('the link to be copied', async () => (await session.browser.readClipboard(page)) === copied);
    }
  });
});
