import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  commandLineCrates,
  current,
  files,
  mayShip,
  shippedCrates,
  shippedPackages,
} from '../../scripts/third-party.mjs';

test('THIRD_PARTY.md and the bill of materials say what the lock files say', () => {
  for (const [path, text] of files()) {
    assert.equal(current(path), text, `${path} is old: run "node scripts/third-party.mjs"`);
  }
});

for (const target of ['x86_64-unknown-linux-gnu', 'aarch64-apple-darwin', 'x86_64-pc-windows-msvc']) {
  test(`what the command line has of others for ${target} may ship under the GPL`, () => {
    const crates = commandLineCrates(target);
    assert.ok(crates.some(({ name }) => name === 'clap_mangen'));
    assert.deepEqual(
      crates.filter(({ licence }) => !mayShip(licence)),
      [],
    );
  });
}

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
