// The browser's own rules decide as the engine does: the table of requests with the rules that ship, and a corpus of
// real requests with rules made of a large list.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { launch } from '../../../harness/browser.js';
import {
  bundledRules,
  CORPUS,
  EMBED_STAND_INS,
  expected,
  outcomes,
  SURROGATES,
  toRequest,
  useOnly,
  withFeedback,
} from '../../../harness/rules.js';
import { BROWSER } from '../../../harness/session.js';
import { startWorld } from '../../../harness/world.js';
import { compiled, corpus, decisions } from '../corpus.js';
import { gaps } from '../gaps.js';

/** @typedef {import('../../../harness/rules.js').Asked} Asked */

/** @type {(Asked & {verdict: string})[]} */
const rows = JSON.parse(readFileSync(new URL('../../requests.json', import.meta.url), 'utf8'));

/** @typedef {Asked & {lists: string[], verdict: string}} Switched */

/** @type {Switched[]} */
const switched = JSON.parse(readFileSync(new URL('../../switched.json', import.meta.url), 'utf8'));

describe(`${BROWSER}: rules`, () => {
  const session = /** @type {import('../../../harness/session.js').Session} */ ({});
  /** @type {chrome.declarativeNetRequest.Rule[]} */
  let rules = [];

  before(async () => {
    if (corpus() !== undefined) rules = await compiled(BROWSER);
    session.world = await startWorld();
    session.browser = await launch(BROWSER, {
      world: session.world,
      extensionDir: withFeedback(rules),
    });
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
  });

  it('decide tests/requests.json', async () => {
    await useOnly(session.browser, ['block', ...SURROGATES, 'links']);
    const answers = await outcomes(session.browser, rows.map(toRequest));
    const engine = rows.map(expected);
    checkGaps(`requests in ${BROWSER}`, rows, engine, answers);
  });

  for (const lists of new Set(switched.map((row) => row.lists.join(' ')))) {
    it(`decide tests/switched.json with ${lists || 'no other list'}`, async () => {
      const asked = switched.filter((row) => row.lists.join(' ') === lists);
      const rulesets = lists.split(' ').filter((name) => name !== '' && name !== 'player');
      if (lists.includes('embeds')) rulesets.push(...EMBED_STAND_INS);
      // What a player may ask for is no ruleset: these rules are set for the tabs that play.
      const within = lists.includes('player') ? bundledRules('player') : [];
      await useOnly(session.browser, ['block', ...SURROGATES, 'links', ...rulesets], within);
      const answers = await outcomes(session.browser, asked.map(toRequest), within);
      assert.deepEqual(
        asked.map(({ url }, index) => `${url} ${said(answers[index])}`),
        asked.map((row) => `${row.url} ${said(expected(row))}`),
      );
    });
  }

  it('made of EasyPrivacy decide the corpus', { skip: !corpus() && 'no corpora folder' }, async (test) => {
    const requests = corpus() ?? [];
    // As a subscription they are dynamic rules; Firefox takes 5,000 of these, and asks its engine for the rest.
    const ms =
      BROWSER === 'firefox' ? await useOnly(session.browser, [CORPUS]) : await useOnly(session.browser, [], rules);
    const answers = await outcomes(session.browser, requests.map(toRequest), rules);
    test.diagnostic(`${rules.length} rules in force after ${ms} ms, ${requests.length} requests`);
    checkGaps(`corpus in ${BROWSER}`, requests, await decisions(requests, BROWSER), answers);
  });
});

/**
 * Fails unless rules and engine differ in just the rows that tests/known_gaps.txt lists.
 *
 * @param {string} table
 * @param {Asked[]} requests
 * @param {string[]} engine
 * @param {string[]} answers
 */
function checkGaps(table, requests, engine, answers) {
  const found = requests.map((row, index) => ({ ...row, engine: said(engine[index]), rules: said(answers[index]) }));
  const different = found.filter((row) => row.engine !== row.rules);
  const keys = different.map(({ type, url, sourceUrl }) => `${type} ${url} ${sourceUrl}`);
  const shown = JSON.stringify(different.slice(0, 20), null, 1);
  assert.deepEqual(keys.sort(), gaps(table), `${different.length} of ${requests.length} differ: ${shown}`);
}

/**
 * An exception that had nothing to except is told by rules and not by the engine: neither stops anything.
 *
 * @param {string | undefined} action
 */
function said(action) {
  return action === 'block' || action === 'redirect' ? action : 'through';
}
