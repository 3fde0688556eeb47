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
    for (const { name, sent, expected } of rows) {
      const arrived = await arrival(page, sent);
      if (arrived !== expected) different.push({ name, arrived, expected });
    }
    test.diagnostic(`${rows.length} links`);
    const names = different.map(({ name }) => name).sort();
    assert.deepEqual(names, gaps(`links in ${BROWSER}`), JSON.stringify(different, null, 1));
  });

  /**
   * @param {import('puppeteer-core').Page} page
   * @param {string} url
   * @returns {Promise<string | undefined>} the address that arrived first at the link's host
   */
  async function arrival(page, url) {
    session.world.log.clear();
    await page.evaluate((link) => fetch(link, { mode: 'no-cors' }).catch(() => undefined), url);
    const { host } = new URL(url);
    return session.world.log.all().find((one) => new URL(one.url).host === host)?.url;
  }
});

/** A page cannot open hundreds of links, but fetch them: the rules are told that they are for that. */
function rulesForFetches() {
  /** @type {chrome.declarativeNetRequest.Rule[]} */
  const rules = JSON.parse(readFileSync(join(EXTENSION_DIR, 'rules/links.json'), 'utf8'));
  return rules.map((rule) => ({
    ...rule,
    condition: { ...rule.condition, resourceTypes: /** @type {'xmlhttprequest'[]} */ (['xmlhttprequest']) },
  }));
}

/** @returns {Promise<{name: string, sent: string, expected: string}[]>} links that a page can fetch, as browsers spell them */
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
