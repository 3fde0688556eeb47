// Links of tests/links.json with nothing but the rules about parameters: what arrives is what the engine makes of them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { EXTENSION_DIR } from '../browser/extension.js';
import { launch } from '../browser.js';
import { cleaned } from '../corpus.js';
import { gaps } from '../gaps.js';
import { useOnly, withFeedback } from '../rules.js';
import { BROWSER } from '../session.js';
import { startWorld } from '../world.js';

/** @typedef {{name: string, sent: string, expected: string}} Row */

/** @type {{name: string, link: string}[]} */
const table = JSON.parse(readFileSync(new URL('../../links.json', import.meta.url), 'utf8'));

describe(`${BROWSER}: rules about parameters`, () => {
  const session = /** @type {import('../session.js').Session} */ ({});

  before(async () => {
    session.world = await startWorld();
    session.browser = await launch(BROWSER, { world: session.world, extensionDir: withFeedback([]) });
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
  });

  it('clean tests/links.json', async (test) => {
    await useOnly(session.browser, [], rulesForFetches());
    const rows = await askedRows();
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
    const names = different.map(({ name }) => name).sort();
    assert.deepEqual(names, gaps(`links in ${BROWSER}`), JSON.stringify(different, null, 1));
  });

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
    for (const { url } of session.world.log.all()) {
      if (!first.has(hostOf(url)) && !url.endsWith('/favicon.ico')) first.set(hostOf(url), url);
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

/** A page cannot open hundreds of links, but fetch them: the rules are told that they are for that. */
function rulesForFetches() {
  /** @type {chrome.declarativeNetRequest.Rule[]} */
  const rules = JSON.parse(readFileSync(join(EXTENSION_DIR, 'rules/links.json'), 'utf8'));
  return rules.map((rule) => ({
    ...rule,
    condition: { ...rule.condition, resourceTypes: /** @type {'xmlhttprequest'[]} */ (['xmlhttprequest']) },
  }));
}

/** @returns {Promise<Row[]>} links that a page can fetch, as browsers spell them */
async function askedRows() {
  const fetchable = table.flatMap(({ name, link }) => {
    const url = parsed(link);
    return url && /^https?:$/.test(url.protocol) && url.username === '' ? [{ name, sent: url.href }] : [];
  });
  const answers = await cleaned(fetchable.map(({ sent }) => sent));
  const rows = fetchable.map(({ name, sent }, index) => ({ name, sent, answer: answers[index] }));
  // A redirector is the business of the page that unwraps it. What stands behind `#` does not travel.
  return rows.flatMap(({ name, sent, answer }) =>
    answer && answer.unwrapped.length === 0
      ? [{ name, sent: withoutFragment(sent), expected: withoutFragment(answer.url) }]
      : [],
  );
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
