// A player that a reader started keeps to its video until it is gone, however late it reports; what was let through for
// it lets nothing through for the next page.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { playByKeys } from '../../../harness/placeholder.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { Gate } from '../../../harness/world/gate.js';
import { answer } from '../../../harness/world/hosts.js';
import { LATE_VIDEO, PLAYER } from '../../../harness/world/late.js';

const PAGE = 'https://late.example/';
/** Whom the late player reports to: nothing of that shows a video. */
const RECEIVERS = /^(mcs-va\.tiktok\.com|mssdk-ttp2\.tiktokw\.us|stranger\.example)$/;

/**
 * The ways by which a tab that is closed still reports there, at one event or another: Firefox loses some of the
 * reports. It gives up what is led on, and starts no such worker.
 */
const OUTLIVING = ['beacon', 'kept'];
if (BROWSER === 'chromium') OUTLIVING.push('worker', 'led');

/** @typedef {import('puppeteer-core').Page} Page */

const slow = new Gate();

describe(`${BROWSER}: a player that does not want to go`, () => {
  const session = openSession('with Detick', async (request, log) => {
    if (request.host === 'slow.example') await slow.passed();
    return answer(request, log);
  });

  /** @type {Record<string, (page: Page) => Promise<unknown>>} */
  const WAYS = {
    'the tab goes on to a page that takes its time': async (page) => {
      const asked = slow.close();
      await leave(page, 'https://slow.example/');
      await asked;
      await late();
      slow.open();
      await page.waitForFunction(() => location.host === 'slow.example');
    },
    'the tab goes on to where nothing is shown': async (page) => {
      await leave(page, `${PAGE}download`);
      await session.world.log.arrival('late.example', '/download');
    },
    'the tab goes on to a page with the same player': async (page) => {
      await leave(page, 'https://next.example/');
      await page.waitForFunction(() => location.host === 'next.example');
    },
    'the tab is closed': (page) => page.close(),
    'the page takes its place away': (page) => page.evaluate(() => document.body.replaceChildren()),
  };

  for (const [name, go] of Object.entries(WAYS)) {
    it(`tells nobody anything when ${name}`, async () => {
      const { page } = await play();
      await go(page);
      await late();
      assert.deepEqual(reported(), []);
      assert.equal(players().length, 1, 'the page that comes next got no player');
    });
  }

  it('has what its own page’s policy refuses it counted like any request, with the line that says so', async () => {
    const { page } = await play();
    const key = `tab:${await session.browser.tabId(page)}`;
    const stopped = await until('the refusal', async () => {
      const stored = await session.browser.inExtension((name) => chrome.storage.session.get(name), key);
      const record = /** @type {import('../../../extension/types.js').TabRecord | undefined} */ (stored[key]);
      return record?.stopped.find(({ host }) => host === 'stranger.example');
    });
    assert.deepEqual([stopped.action, stopped.list, stopped.type], ['blocked', 'player.txt', 'xmlhttprequest']);
    assert.equal(stopped.url, 'https://stranger.example/collect');
    assert.deepEqual(reported(), []);
  });

  it('lets no frame of the page’s own have the video that plays', async () => {
    const { page } = await play();
    await page.evaluate((url) => {
      document.body.append(Object.assign(document.createElement('iframe'), { id: 'own', src: url }));
    }, PLAYER);
    await until('its placeholder', () =>
      page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.getElementById('own'))).display === 'none'),
    );
    await late();
    assert.equal(players().length, 1);
  });

  it('takes nothing from a page of TikTok’s own that the tab goes on to', async () => {
    const { page } = await play();
    await page.goto('https://www.tiktok.com/');
    const answers = () => page.evaluate(askAsTikTok);
    await until('what pages of TikTok’s may ask', async () => (await answers()).every((one) => one === 200));
  });

  // The last: its worker stays.
  it('reports by every way that outlives a page, where embeds load', async () => {
    await choose({ embeds: 'load' });
    const { page } = await visit(session, `${PAGE}frame`);
    await until('reports', async () => reported().includes('stranger.example running'));
    session.world.log.clear();
    await page.close();
    for (const way of OUTLIVING)
      await until(`a report (${way})`, async () => reported().some((one) => one.startsWith(`stranger.example ${way}`)));
  });

  /** Starts the player by the keyboard. @returns {Promise<{ page: Page }>} once it runs */
  async function play() {
    session.world.log.clear();
    const { page } = await visit(session, PAGE);
    await playByKeys(session, page);
    await session.world.log.arrival('v16-webapp.tiktok.com');
    return { page };
  }

  /** @returns {object[]} how often the player was asked for */
  const players = () => session.world.log.to('www.tiktok.com', `/player/v1/${LATE_VIDEO}`);

  /** @returns {string[]} who was told, and by what */
  const reported = () => [...new Set(session.world.log.to(RECEIVERS).map(({ host, query }) => `${host} ${query}`))];

  /** @param {object} settings in place of all others */
  async function choose(settings) {
    await session.browser.inExtension(async (chosen) => {
      await chrome.storage.local.set({ settings: chosen });
    }, settings);
    await until('the rules to follow', async () => {
      const on = await session.browser.inExtension(() => chrome.declarativeNetRequest.getEnabledRulesets());
      return !on.includes('embeds');
    });
  }
});

/** Beacons have left after this. */
const late = () => new Promise((resolve) => setTimeout(resolve, 700));

/** @param {Page} page @param {string} url */
const leave = (page, url) =>
  page.evaluate((there) => {
    setTimeout(() => location.assign(there));
  }, url);

/** What a page of TikTok's own asks for, and no player may. @returns {Promise<number[]>} */
function askAsTikTok() {
  const urls = ['https://mcs-va.tiktok.com/v1/user/webid', 'https://mssdk-ttp2.tiktokw.us/web/common'];
  const ask = (/** @type {string} */ url) =>
    fetch(url, { method: 'POST', body: '{}', credentials: 'include' }).then(
      ({ status }) => status,
      () => 0,
    );
  return Promise.all(urls.map(ask));
}
