// Lines about pages that are opened, about names beyond ASCII and about names under every suffix: browsers do what the
// engine says.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { writeOwnLines } from '../../../harness/lists.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { content, dot } from '../../../harness/world/reply.js';

/** @typedef {[type: string, url: string, page: string, verdict: 'block' | 'none']} Ask */

/** What the engine is tested with, too (`tests/list_cases.rs`). @type {{ line: string, asks: Ask[] }[]} */
const table = JSON.parse(readFileSync(new URL('../../lines.json', import.meta.url), 'utf8'));

describe(`${BROWSER}: tests/lines.json`, () => {
  // Every host there is has a page, and a picture.
  const session = openSession('with Detick', ({ path }) =>
    path.endsWith('.gif')
      ? dot()
      : content('text/html; charset=utf-8', '<!doctype html><title>A page</title><p>Hello.'),
  );

  /** @type {import('puppeteer-core').Page} */
  let options;
  let asked = 0;

  before(async () => {
    options = await session.browser.openExtensionPage('options/page.html');
  });

  for (const { line, asks } of table) {
    it(`${line}: ${asks.length} requests`, async () => {
      await writeOwnLines(options, `${line}\n`);
      // None of these is stopped by the line before.
      const first = asks.find(([, , , verdict]) => verdict === 'block');
      assert.ok(first);
      await until('the line to be in force', async () => !(await arrives(first)));
      /** @type {string[]} */
      const wrong = [];
      for (const ask of asks) {
        const [type, url, page, verdict] = ask;
        const came = await arrives(ask);
        if (came !== (verdict === 'none')) wrong.push(`${type} ${url} from ${page} ${came ? 'came' : 'did not come'}`);
      }
      assert.deepEqual(wrong, []);
    });
  }

  /** Sends a request that no other is like. @param {Ask} ask @returns {Promise<boolean>} whether it came to its host */
  async function arrives([type, url, from]) {
    asked += 1;
    const mark = `ask=${asked}`;
    const address = `${url}?${mark}`;
    const { page } = await visit(session, from);
    if (type === 'main_frame') await page.goto(address).catch(() => undefined);
    else await page.evaluate(send, type, address);
    await page.close();
    return session.world.log.to(new URL(url).hostname).some(({ query }) => query === mark);
  }
});

/** Runs in the page. @param {string} type @param {string} url @returns {Promise<unknown>} when it has come or failed */
function send(type, url) {
  if (type === 'xmlhttprequest') return fetch(url, { mode: 'no-cors' }).catch(() => undefined);
  return new Promise((done) => {
    const element = document.createElement(type === 'script' ? 'script' : 'img');
    element.onload = element.onerror = () => done(undefined);
    element.src = url;
    document.body.append(element);
  });
}
