// Links of tests/links.json with nothing but the rules about parameters: what arrives is what the engine makes of them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { keptRules, keptShields } from '../../../extension/background/rules/kept.js';
import { launch } from '../../../harness/browser.js';
import { loadEngine } from '../../../harness/engine.js';
import { bundledRules, useInSession, useOnly, withFeedback } from '../../../harness/rules.js';
import { BROWSER } from '../../../harness/session.js';
import { startWorld } from '../../../harness/world.js';
import { gaps } from '../gaps.js';

/** @typedef {{name: string, sent: string, expected: string}} Row */

/** @type {{name: string, link: string}[]} */
const table = JSON.parse(readFileSync(new URL('../../links.json', import.meta.url), 'utf8'));

/** No list takes it. */
const KEPT = 'kept-by-a-test';

const engine = await loadEngine();

describe(`${BROWSER}: rules about parameters`, () => {
  const session = /** @type {import('../../../harness/session.js').Session} */ ({});

  before(async () => {
    session.world = await startWorld();
    session.browser = await launch(BROWSER, { world: session.world, extensionDir: withFeedback([]) });
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
  });

  it('clean tests/links.json', async (test) => {
    await useOnly(session.browser, [], forFetches(bundledRules('links')));
    assert.deepEqual(await differences(askedRows(table), test), gaps(`links in ${BROWSER}`));
  });

  // A parameter of its own in each, which is kept on every host: rules make way for copies that do not take it.
  it('clean them all the same where something is kept', async (test) => {
    const rows = askedRows(table.map(({ name, link }) => ({ name, link: withKept(link) })));
    const keep = rows.map(({ sent }) => ({ host: new URL(sent).hostname, name: KEPT }));
    const originals = bundledRules('links');
    await useOnly(session.browser, [], forFetches([...originals, ...keptRules(keep, originals)]));
    await useInSession(session.browser, forFetches(keptShields(keep, [])));
    const known = new Set([...gaps(`links in ${BROWSER}`), ...gaps('links with something kept')]);
    assert.deepEqual(await differences(rows, test), [...known].sort());
  });

  /**
   * @param {Row[]} rows
   * @param {import('node:test').TestContext} test
   * @returns {Promise<string[]>} the names of those that arrive otherwise
   */
  async function differences(rows, test) {
    const page = await session.browser.newPage();
    await page.goto('http://news.example/a-page-without-scripts');
    const different = [];
    for (const batch of inBatches(rows)) {
      const arrived = await arrivals(page, batch);
      for (const { name, sent, expected } of batch) {
        const came = arrived.get(hostOf(sent));
        if (came !== expected) different.push({ name, arrived: came, expected });
      }
    }
    test.diagnostic(`${rows.length} links`);
    for (const one of different) test.diagnostic(JSON.stringify(one));
    return different.map(({ name }) => name).sort();
  }

  /**
   * Fetches links at once.
   *
   * @param {import('puppeteer-core').Page} page
   * @param {Row[]} batch of different hosts
   * @returns {Promise<Map<string, string>>} the address that arrived first at each host
   */
  async function arrivals(page, batch) {
    session.world.log.clear();
    await page.evaluate(
      (links) => Promise.all(links.map((link) => fetch(link, { mode: 'no-cors' }).catch(() => undefined))),
      batch.map(({ sent }) => sent),
    );
    /** @type {Map<string, string>} */
    const first = new Map();
    for (const { url, headers } of session.world.log.all()) {
      // Chromium itself asks hosts of Google's now and then; that comes from no page.
      const isFromPage = headers.referer !== undefined && !url.endsWith('/favicon.ico');
      if (isFromPage && !first.has(hostOf(url))) first.set(hostOf(url), url);
    }
    return first;
  }
});

/** @param {string} url */
function hostOf(url) {
  return new URL(url).host;
}

/**
 * Sorts rows into batches that can be told apart by the host where they arrive.
 *
 * @param {Row[]} rows
 * @returns {Row[][]}
 */
function inBatches(rows) {
  /** @type {Row[][]} */
  const batches = [];
  /** @type {Map<string, number>} */
  const seen = new Map();
  for (const row of rows) {
    const host = hostOf(row.sent);
    const index = seen.get(host) ?? 0;
    seen.set(host, index + 1);
    batches[index] = [...(batches[index] ?? []), row];
  }
  return batches;
}

/**
 * A page cannot open hundreds of links, but fetch them: the rules are told that they are for that.
 *
 * @param {chrome.declarativeNetRequest.Rule[]} rules
 */
function forFetches(rules) {
  return rules.map((rule) => ({
    ...rule,
    condition: { ...rule.condition, resourceTypes: /** @type {'xmlhttprequest'[]} */ (['xmlhttprequest']) },
  }));
}

/** @param {string} link @returns {string} with one more parameter, where it has some */
function withKept(link) {
  return link.replace(/^([^?#]*\?[^#]+)/, `$1&${KEPT}=1`);
}

/** @param {typeof table} links @returns {Row[]} those that a page can fetch, as browsers spell them */
function askedRows(links) {
  return links.flatMap(({ name, link }) => {
    const url = parsed(link);
    if (!url || !/^https?:$/.test(url.protocol) || url.username !== '') return [];
    const keep = [{ host: url.hostname, name: KEPT }];
    const { url: clean, unwrapped } = engine.clean(url.href, { tier: 'navigation', referral: false, keep });
    // A redirector is the business of the page that unwraps it. What stands behind `#` does not travel.
    return unwrapped.length > 0 ? [] : [{ name, sent: withoutFragment(url.href), expected: withoutFragment(clean) }];
  });
}

/** @param {string} link */
function parsed(link) {
  try {
    return new URL(link);
  } catch {
    return undefined;
  }
}

/** @param {string} link */
function withoutFragment(link) {
  return link.split('#', 1)[0] ?? link;
}
