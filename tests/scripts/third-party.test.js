import assert from 'node:assert/strict';
import { test } from 'node:test';
import { current, files, mayShip, shippedCrates, shippedPackages } from '../../scripts/third-party.mjs';

test('THIRD_PARTY.md and the bill of materials say what the lock files say', () => {
  for (const [path, text] of files()) {
    assert.equal(current(path), text, `${path} is old: run "node scripts/third-party.mjs"`);
  }
});

test('everything that ships may ship under the GPL', () => {
  const crates = shippedCrates();
  assert.ok(crates.length > 20);
  const packages = shippedPackages();
  assert.deepEqual(
    packages.map(({ name }) => name),
    [
      '@codemirror/commands',
      '@codemirror/language',
      '@codemirror/search',
      '@codemirror/state',
      '@codemirror/streamparser',
      '@codemirror/view',
      '@lezer/common',
      '@lezer/highlight',
      '@lezer/lr',
      '@marijn/find-cluster-break',
      'crelt',
      'preact',
      'style-mod',
      'w3c-keyname',
    ],
  );
  assert.deepEqual(
    [...crates, ...packages].filter(({ licence }) => !mayShip(licence)),
    [],
  );
});

for (const [licence, expected] of /** @type {[string, boolean][]} */ ([
  ['MIT', true],
  ['(MIT OR Apache-2.0) AND Unicode-3.0', true],
  ['Unlicense OR MIT', true],
  ['SSPL-1.0', false],
  ['MIT AND CC-BY-NC-4.0', false],
  ['', false],
])) {
  test(`a licence is judged by what it offers: "${licence}"`, () => {
    assert.equal(mayShip(licence), expected);
  });
}
