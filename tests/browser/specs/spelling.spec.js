// Addresses of every odd shape: what arrives is, byte for byte, what the engine makes of them.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadEngine } from '../../../harness/engine.js';
import { followLink } from '../../../harness/following.js';
import { BROWSER, openSession } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { content, page } from '../../../harness/world/reply.js';

const HOST = 'https://echo.example/';
const engine = await loadEngine();

/** How many tabs load at the same time. */
const TABS = 4;

const NAMED = [
  '?flag&utm_source=x',
  '?utm_source=x&flag',
  '?utm_source=x&',
  '?&utm_source=x',
  '?a=1&&utm_source=x&b',
  '?utm_source&a=1',
  '?utm_source',
  '?flag&utm_source',
  '?=&utm_source=x&==',
  '?flag&fbclid=1&gclid=2&ttclid=3&msclkid=4#frag&ment',
  '?a=1&b&utm_source=a%26b&c=%7e+%2B',
  '?flag&UTM_SOURCE=x',
  '?flag#utm_source=x',
  '?flag',
  '?',
  '?&&&',
];

/** Segments, of which some go. */
const SEGMENTS = [
  'flag',
  '',
  'a=1',
  'b=',
  '=',
  '=c',
  'd=e=f',
  'q=c%2B%2B',
  'utm_source=x',
  'fbclid=',
  'ttclid',
  'utm_term',
  'mc_eid=1',
  'xutm_source=x',
  'z?=1',
];

/** Invented addresses, equal in every run. @param {number} count @returns {string[]} */
function invented(count) {
  let seed = 1;
  const below = (/** @type {number} */ end) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % end;
  };
  const query = () => Array.from({ length: 1 + below(6) }, () => SEGMENTS[below(SEGMENTS.length)]).join('&');
  return Array.from({ length: count }, () => `?${query()}`);
}

describe(`${BROWSER}: odd addresses, opened`, { concurrency: TABS }, () => {
  const session = openSession('with Detick', ({ host }) =>
    host === 'from.example'
      ? content('text/html', '<!doctype html><title>From</title><a id="link">A link</a>')
      : page('plain.html', { title: 'A page' }),
  );
  /** @type {import('puppeteer-core').Page[]} */
  const idle = [];

  for (const [index, query] of [...NAMED, ...invented(60)].entries()) {
    it(`${index}: ${query}`, async () => {
      const link = `${HOST}${index}${query}`;
      const expected = engine.clean(link, { tier: 'navigation', referral: false, keep: [] }).url;
      const tab = idle.pop() ?? (await session.browser.newPage());
      await followLink(tab, link);
      await until('the link to open', async () => (await hrefOf(tab)).startsWith(HOST));
      await arrivesAs(expected, index);
      await tab.goto('https://from.example/');
      await tab.evaluate(follow, link);
      await until('the link to be followed', async () => (await hrefOf(tab)).startsWith(HOST));
      await arrivesAs(expected, index);
      idle.push(tab);
    });
  }

  /** @param {string} expected @param {number} index */
  async function arrivesAs(expected, index) {
    await session.world.log.arrival('echo.example', `/${index}`);
    const asked = session.world.log.to('echo.example', `/${index}`).map(({ url }) => url);
    assert.deepEqual([...new Set(asked)], [withoutFragment(expected)]);
  }
});

/** Runs in a page. @param {string} link */
function follow(link) {
  const anchor = /** @type {HTMLAnchorElement} */ (document.getElementById('link'));
  anchor.href = link;
  anchor.click();
}

/** @param {import('puppeteer-core').Page} tab @returns {Promise<string>} empty while it is between two documents */
async function hrefOf(tab) {
  return tab.evaluate(() => location.href).catch(() => '');
}

/** @param {string} link what travels of it, as browsers spell it */
function withoutFragment(link) {
  return new URL(link).href.replace(/#.*$/, '');
}
