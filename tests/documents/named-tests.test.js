// What the documents promise is held by tests, and the documents name them: here it is checked that they exist.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isTestIn } from '../../scripts/defences/rows.mjs';

const at = (/** @type {string} */ path) => new URL(`../../${path}`, import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(at(path), 'utf8');

/**
 * @param {string} text of a document
 * @returns {{file: string, name: string}[]} tests as documents name them: `file`: “name”
 */
function namedTests(text) {
  return [...text.replace(/\s+/g, ' ').matchAll(/`((?:tests|src|xtask)\/[^`]+)`:\s+“([^”]+)”/g)].map(
    ([, file = '', name = '']) => ({
      file,
      name,
    }),
  );
}

/** @param {{file: string, name: string}} named */
function isThere({ file, name }) {
  if (!existsSync(at(file))) return false;
  return isTestIn(read(file), file, name);
}

for (const [document, least] of Object.entries({
  'SECURITY.md': 20,
  'ARCHITECTURE.md': 10,
  'tests/browser/attacks/README.md': 10,
})) {
  test(`every test that ${document} names exists`, () => {
    const named = namedTests(read(document));
    assert.ok(named.length >= least, `${named.length} tests are named`);
    assert.deepEqual(
      named.filter((one) => !isThere(one)),
      [],
    );
  });
}

test('each threat, each attack and each invariant names a test', () => {
  const rows = (read('SECURITY.md') + read('tests/browser/attacks/README.md'))
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (it|they|what|attack)\b.*\| (answer|test)/.test(line));
  const [, invariants = ''] = read('ARCHITECTURE.md').split('## Invariants');
  const entries = (invariants.split('\n## ')[0] ?? '').split('\n- ').slice(1);
  assert.ok(rows.length > 15 && entries.length > 8);
  assert.deepEqual(
    [...rows, ...entries].filter((text) => namedTests(text).length === 0),
    [],
  );
});

test('a test that is not there is noticed', () => {
  const [first, second] = namedTests('`tests/hostile.rs`: “no_such_test”; `tests/none.js`: “x”');
  assert.equal(first && isThere(first), false);
  assert.equal(second && isThere(second), false);
});
