// `npm run test:defences` takes each defence out and wants a test to turn red. That takes long; here it is checked that
// it can.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { defences, flawOf } from '../../scripts/defences/rows.mjs';
import { nodeColour, rustColour } from '../../scripts/defences/trial.mjs';

const security = readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8');
const [sound] = defences();

/** @returns {string[]} `who: what` of each row of the tables in SECURITY.md */
function threats() {
  return security
    .split('\n### ')
    .slice(1)
    .flatMap((section) => {
      const [who = ''] = section.split('\n');
      const cells = [...section.matchAll(/^\| (?!it tries|they try|what happens|---)([^|]+) \|/gm)];
      return cells.map(([, threat = '']) => `${who}: ${threat}`);
    });
}

test('every defence stands where it is said to stand, and its test exists', () => {
  const flaws = defences().flatMap((row) => flawOf(row) ?? []);
  assert.ok(defences().length > 100);
  assert.deepEqual(flaws, []);
});

test('each threat of SECURITY.md has a defence that can be taken out, and no other has', () => {
  const tried = new Set(defences().map(({ who, threat }) => `${who}: ${threat}`));
  assert.deepEqual([...tried].sort(), threats().sort());
});

for (const [what, change, flaw] of /** @type {[string, object, RegExp][]} */ ([
  ['a text that is gone', { text: 'there is no such text' }, /stands 0 times/],
  ['a text that stands twice', { text: ' ' }, /stands \d+ times/],
  ['a file that is gone', { file: 'none.js' }, /stands 0 times/],
  ['a change that changes nothing', { without: sound?.text }, /nothing is taken out/],
  ['a test that is gone', { name: 'no such test' }, /there is no test/],
])) {
  test(`${what} is noticed`, () => {
    assert.match(String(sound && flawOf({ ...sound, ...change })), flaw);
  });
}

test('what was not tested is neither green nor red', () => {
  for (const [output, colour] of /** @type {[string, string][]} */ ([
    ['# pass 1\n# fail 0\n', 'green'],
    ["not ok 1 - x\n  failureType: 'testCodeFailure'\n# pass 0\n# fail 1\n", 'red'],
    ["not ok 1 - x\n  failureType: 'hookFailed'\n# pass 0\n# fail 1\n", 'broken'],
    ['# pass 0\n# fail 0\n', 'broken'],
    ['SyntaxError', 'broken'],
  ]))
    assert.equal(nodeColour(output), colour, output);
  for (const [output, colour] of /** @type {[string, string][]} */ ([
    ['test image::tests::cut ... ok', 'green'],
    ['test cut ... FAILED', 'red'],
    ['test another_cut ... FAILED', 'broken'],
    ['error[E0308]: mismatched types', 'broken'],
    ["process didn't exit successfully: `x` (signal: 6, SIGABRT: process abort signal)", 'red'],
  ]))
    assert.equal(rustColour(output, 'cut'), colour, output);
});
