// The browser's rules follow the settings, whatever else is asked of them: beside lists that fill what room there is,
// and beside hosts that no browser would take into a rule.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { choose } from '../../../harness/chosen.js';
import { addList, inForce } from '../../../harness/lists.js';
import { loadSettings } from '../../../harness/own-module.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { ListServer } from '../../../harness/world/filter-lists.js';
import { TRACKERS } from '../../../harness/world/trackers.js';

/** @typedef {import('../../../extension/types.js').Settings} Settings */

const SHOP = 'https://shop.example/tagged';

/** No two lines of which make one rule: more than any browser takes. */
const FULL = Array.from({ length: 30_000 }, (_, at) => `/track${at}/pixel.gif?`).join('\n');

/** On five hundred hosts, a name of its own on each. */
const KEPT = Array.from({ length: 500 }, (_, at) => ({ host: `site${at}.example`, name: `q${at}` }));

/** On a quiet machine it takes half a second, and one while rules are being written: there is room for a busy one. */
const MOST_MS = 5000;

describe(`${BROWSER}: rules follow the settings`, () => {
  const server = new ListServer();
  const session = openSession('with Detick', server.respond);
  const url = server.put('/full.txt', `! Title: Full\n${FULL}\n`);

  /** @type {import('puppeteer-core').Page} */
  let options;

  before(async () => {
    options = await session.browser.openExtensionPage('options/page.html');
    await loadSettings(options);
    await addList(options, url);
    await inForce(options, url);
  });

  for (const [when, delayMs] of /** @type {const} */ ([
    ['with 500 kept parameters', undefined],
    ['while 500 parameters are being kept', 100],
  ])) {
    it(`beside lists that fill what room there is, lockout chosen ${when} is soon in force`, async (test) => {
      const took = [];
      // The best of three: the machine may have other things to do.
      for (const keep of [KEPT, KEPT.slice(1), KEPT]) {
        await choose(session, { keep });
        if (delayMs === undefined) await synced();
        took.push(await options.evaluate(lockOutAfter, delayMs ?? 0));
        await choose(session, { level: 'auto' });
        await synced();
      }
      const times = took.map(Math.round).join(', ');
      test.diagnostic(`lockout in force after ${times} ms`);
      assert.ok(Math.min(...took) < MOST_MS, `${times} ms`);
    });
  }

  it('… it locks TikTok out, a pause lets a site through, and kept parameters stay', async () => {
    await choose(session, { keep: KEPT, level: 'lockout', paused: [{ host: 'shop.example', until: 0 }] });
    await synced();
    session.world.log.clear();
    await session.browser.newPage().then((page) => page.goto('https://www.tiktok.com/').catch(() => undefined));
    await visit(session, SHOP);
    await session.world.log.arrival(TRACKERS); // the pause holds
    assert.deepEqual(session.world.log.to('www.tiktok.com'), []);
    await visit(session, 'https://site7.example/?q7=1&utm_source=news&x=2');
    const { url: arrived } = await session.world.log.arrival('site7.example', '/');
    assert.match(arrived, /\?q7=1&x=2$/);
    await choose(session, { keep: [], level: 'auto', paused: [] });
    await synced();
  });

  it('hosts that are none cost themselves alone', async () => {
    const hosts = ['a:b', '*', 'UP.example', '[2001:db8::1]', 'shop.example', '192.168.0.1'];
    await choose(session, { paused: hosts.map((host) => ({ host, until: 0 })), linksOff: hosts });
    await until('the pause', async () => {
      session.world.log.clear();
      const { page } = await visit(session, SHOP);
      await page.close();
      return session.world.log.to(TRACKERS).length > 0;
    });
    const scripts = await session.browser.inExtension(() => chrome.scripting.getRegisteredContentScripts());
    const ids = scripts.map(({ id }) => id);
    for (const id of ['copy', 'copy-page']) assert.ok(ids.includes(id), `${ids}`);
  });

  /** Waits until the rules are those of the settings. */
  const synced = () =>
    until('the rules to follow', () =>
      options.evaluate(async () => {
        const { load } = /** @type {any} */ (globalThis).settings;
        const [{ rulesSynced }, chosen] = await Promise.all([chrome.storage.session.get('rulesSynced'), load()]);
        if (typeof rulesSynced !== 'string') return false;
        const set = JSON.parse(rulesSynced);
        const isLocked = (await chrome.declarativeNetRequest.getEnabledRulesets()).includes('lockout');
        return (
          JSON.stringify(set.keep) === JSON.stringify(chosen.keep) &&
          set.paused.length === chosen.paused.length &&
          isLocked === (chosen.level === 'lockout')
        );
      }),
    );
});

/**
 * Runs in a page of Detick's: chooses the lockout.
 *
 * @param {number} delayMs
 * @returns {Promise<number>} how many ms later it is in force
 */
async function lockOutAfter(delayMs) {
  const { update } = /** @type {any} */ (globalThis).settings;
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  const began = performance.now();
  await update((/** @type {Settings} */ chosen) => ({ ...chosen, level: 'lockout' }));
  for (;;) {
    const sets = await chrome.declarativeNetRequest.getEnabledRulesets();
    const rules = await chrome.declarativeNetRequest.getSessionRules();
    const page = rules.some((rule) => rule.action.redirect?.regexSubstitution?.includes('lockout'));
    if ((sets.includes('lockout') && page) || performance.now() - began > 20_000) return performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
