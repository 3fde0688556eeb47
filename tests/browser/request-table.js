/** Tests that send the rows of `tests/requests.json`, the table that the engine is tested with, from real pages. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { BROWSER, leaveTikTokAlone, openSession } from '../../harness/session.js';
import { inBatches, isPlayable, sendAll } from './play-request.js';

/** @typedef {import('./play-request.js').Row} Row */

/** How long a request may be under way after the last one that was waited for. */
const LATE_MS = 250;

/** @type {Row[]} */
const rows = JSON.parse(readFileSync(new URL('../requests.json', import.meta.url), 'utf8')).filter(isPlayable);

/** @param {Row} row */
const shouldArrive = ({ verdict }) => verdict === 'none' || verdict === 'allow';

/**
 * Registers the tests of the table: what the hosts' log shows has to be what the table says, or, without Detick,
 * everything.
 *
 * @param {'with Detick' | 'without Detick'} protection
 */
export function testTable(protection) {
  describe(`${BROWSER}: tests/requests.json ${protection}`, () => {
    const session = openSession(protection);
    // The table is about what is stopped on every page and for everybody.
    if (protection === 'with Detick') before(() => leaveTikTokAlone(session));

    for (const batch of inBatches(rows)) {
      const expected = protection === 'with Detick' ? batch.filter(shouldArrive) : batch;
      const { origin } = new URL(batch[0]?.sourceUrl ?? '');
      const kind = batch[0]?.type === 'sub_frame' ? 'frames' : 'requests';

      it(`${expected.length} of ${batch.length} ${kind} sent by ${origin} arrive`, async () => {
        const arrived = await play(session, origin, batch, expected);
        const unexpected = batch.filter((row) => arrived.has(row.url) !== expected.includes(row));
        assert.deepEqual(unexpected, [], `${unexpected.length} rows of ${batch.length} went another way`);
      });
    }
  });
}

/**
 * Sends a batch from a page of its site.
 *
 * @param {import('../../harness/session.js').Session} session
 * @param {string} origin
 * @param {Row[]} batch
 * @param {Row[]} expected those to wait for
 * @returns {Promise<Set<string>>} the addresses that arrived
 */
async function play({ world, browser }, origin, batch, expected) {
  const page = await browser.newPage();
  await page.goto(`${origin}/a-page-without-scripts`);
  world.log.clear();
  await page.evaluate(
    sendAll,
    batch.map(({ url, type, method }) => ({ url, type, method })),
  );
  const arrived = () => new Set(world.log.all().map(({ url }) => url));
  const deadline = Date.now() + 4000;
  while (Date.now() < deadline && !expected.every(({ url }) => arrived().has(sent(url)))) await wait(25);
  await wait(LATE_MS);
  await page.close();
  const urls = arrived();
  return new Set(batch.filter(({ url }) => urls.has(sent(url))).map(({ url }) => url));
}

/**
 * @param {string} url
 * @returns {string} as the log spells it; sockets begin as ordinary requests
 */
function sent(url) {
  const address = new URL(url.replace(/^ws/, 'http'));
  address.hash = '';
  return address.href;
}

/** @param {number} ms */
function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
