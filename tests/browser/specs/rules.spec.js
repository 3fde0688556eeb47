// The browser's own rules decide as the engine does: the table of requests with the rules that ship, and a corpus of
// real requests with rules made of a large list.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { launch } from '../browser.js';
import { compiled, corpus, decisions } from '../corpus.js';
import { outcomes, toRequest, withFeedback } from '../rules.js';
import { BROWSER } from '../session.js';
import { startWorld } from '../world.js';

/** @typedef {import('../rules.js').Asked} Asked */

const read = (/** @type {string} */ name) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

/** @type {(Asked & {verdict: string})[]} */
const rows = JSON.parse(read('requests.json'));

describe(`${BROWSER}: rules`, () => {
  const session = /** @type {import('../session.js').Session} */ ({});
  before(async () => {
    session.world = await startWorld();
    session.browser = await launch(BROWSER, { world: session.world, extensionDir: withFeedback() });
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
  });

  it('decide tests/requests.json', async () => {
    const answers = await outcomes(session.browser, rows.map(toRequest));
    const found = rows.map((row, index) => ({ ...row, rules: said(answers[index]) }));
    const different = found.filter(({ verdict, rules }) => rules !== said(verdict));
    const listed = gaps(`requests in ${BROWSER}`);
    assert.deepEqual(
      different.map(({ type, url, sourceUrl }) => `${type} ${url} ${sourceUrl}`).sort(),
      listed,
      JSON.stringify(different, null, 1),
    );
  });

  it('of EasyPrivacy decide the corpus', { skip: corpus() === undefined && 'no corpora folder' }, async (test) => {
    const requests = /** @type {Asked[]} */ (corpus());
    const rules = await compiled(BROWSER);
    const added = await session.browser.inExtension(addRules, rules);
    const expected = await decisions(requests);
    const answers = await outcomes(session.browser, requests.map(toRequest));
    const found = requests.map((row, index) => ({
      ...row,
      engine: said(expected[index]),
      rules: said(answers[index]),
    }));
    const different = found.filter(({ engine, rules }) => engine !== rules);
    test.diagnostic(
      `${rules.length} rules added in ${added} ms, ${requests.length} requests, ${different.length} different`,
    );
    assert.deepEqual(
      different.map(({ type, url, sourceUrl }) => `${type} ${url} ${sourceUrl}`).sort(),
      gaps(`corpus in ${BROWSER}`),
      JSON.stringify(different.slice(0, 20), null, 1),
    );
  });
});

/**
 * An exception that had nothing to except is told by rules and not by the engine: neither stops anything.
 *
 * @param {string | undefined} action
 */
function said(action) {
  return action === 'block' || action === 'redirect' ? action : 'through';
}

/** @param {string} table @returns {string[]} the rows of tests/known_gaps.txt for it */
function gaps(table) {
  const fields = read('known_gaps.txt')
    .split('\n')
    .map((line) => line.split('\t'));
  return fields.flatMap(([of, key]) => (of === table && key !== undefined ? [key] : [])).sort();
}

/** Runs in the extension. @param {chrome.declarativeNetRequest.Rule[]} rules @returns {Promise<number>} how long it took, in ms */
async function addRules(rules) {
  const before = performance.now();
  await chrome.declarativeNetRequest.updateDynamicRules({ addRules: rules });
  return Math.round(performance.now() - before);
}
