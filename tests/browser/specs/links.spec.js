// The table of links, each opened in a tab: the browser has to end where the engine says that a navigation should, and
// the tracked address must not have been asked for on the way.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { loadEngine } from '../../../harness/engine.js';
import { followLink } from '../../../harness/following.js';
import { BROWSER, openSession } from '../../../harness/session.js';
import { page } from '../../../harness/world/reply.js';

/** @typedef {{name: string, link: string, clean: string, tier?: 'navigation' | 'share'}} Row */

/** How many tabs load at the same time. */
const TABS = 8;

/** How long a tab may take to get there. */
const WAIT_MS = 15_000;

/** @type {Row[]} */
const table = JSON.parse(readFileSync(new URL('../../links.json', import.meta.url), 'utf8'));
const engine = await loadEngine();

/**
 * In Chromium rules decide, before Detick can: they ask for these addresses as they are, which are cleaned once they
 * show.
 */
const askedFirst = BROWSER === 'chromium' ? knownGaps() : new Set();

/** What a navigation to each link should end at. */
const expectations = table
  .filter(({ link }) => /^https?:/i.test(link) && URL.canParse(link))
  .map(({ name, link }) => {
    const { url } = engine.clean(link, { tier: 'navigation', referral: false, keep: [] });
    return { name, link: new URL(link).href, expected: asShown(url) };
  });

describe(`${BROWSER}: tests/links.json, opened`, { concurrency: TABS }, () => {
  // Every host answers with a page that stays where it is, so that where a tab ends is Detick's doing alone.
  const session = openSession('with Detick', () => page('plain.html', { title: 'A page' }));
  /** Tabs that no test has now, and where they have been. @type {Map<import('puppeteer-core').Page, Set<string>>} */
  const tabs = new Map();
  const allowed = new Set(expectations.map(({ expected }) => asAsked(expected)));

  /** @param {string} place that the tab has not been to: one that is led there again and again is let pass */
  async function takeTab(place) {
    const [tab, been] = [...tabs].find(([, places]) => !places.has(place)) ?? [
      await session.browser.newPage(),
      new Set(),
    ];
    tabs.delete(tab);
    return { tab, been: new Set([...been, place]) };
  }

  for (const { name, link, expected } of expectations) {
    it(name, async () => {
      const { tab, been } = await takeTab(asAsked(expected));
      assert.equal(await open(tab, link, expected), expected);
      if (!askedFirst.has(name) && !allowed.has(asAsked(link))) {
        const asked = session.world.log.all().filter(({ url }) => url === asAsked(link));
        assert.deepEqual(asked, [], 'the tracked address was asked for');
      }
      tabs.set(tab, been); // unless the test failed: who knows what the tab still does
    });
  }
});

/** @returns {Set<string>} the rows of the table that `known_gaps.txt` says rules cannot do */
function knownGaps() {
  const lines = readFileSync(new URL('../../known_gaps.txt', import.meta.url), 'utf8').split('\n');
  return new Set(
    lines.map((line) => line.split('\t')).flatMap(([kind, name]) => (kind === 'links' && name ? [name] : [])),
  );
}

/**
 * Opens a link and waits until the tab shows what it should.
 *
 * @param {import('puppeteer-core').Page} tab
 * @param {string} link
 * @param {string} expected
 * @returns {Promise<string>} the address that it shows in the end
 */
async function open(tab, link, expected) {
  await followLink(tab, link);
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const shown = await address(tab);
    if (shown === expected || Date.now() > deadline) return shown;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** @param {import('puppeteer-core').Page} tab */
async function address(tab) {
  const shown = await tab.evaluate(() => location.href).catch(() => ''); // between two documents there is no answer
  return shown.replace(/#$/, '');
}

/**
 * @param {string} link
 * @returns {string} as a page sees its own address: without user and password, and without what only the browser reads
 */
function asShown(link) {
  const url = new URL(link);
  url.username = '';
  url.password = '';
  return url.href.replace(/:~:.*$/, '').replace(/#$/, '');
}

/**
 * @param {string} link
 * @returns {string} as a host is asked for it
 */
function asAsked(link) {
  return asShown(link).replace(/#.*$/, '');
}
