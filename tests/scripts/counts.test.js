import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCounts } from '../../scripts/counts.mjs';

const CARGO = `running 3 tests
test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s
test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s`;

const rows = [
  { name: 'cargo test, several binaries', output: CARGO, counts: [15, 2, 1] },
  { name: 'a Rust test that skipped itself', output: `skipped: no corpora\n${CARGO}`, counts: [14, 2, 2] },
  {
    name: 'node --test for people',
    output: 'ℹ tests 9\nℹ pass 7\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0',
    counts: [7, 1, 1],
  },
  {
    name: 'node --test in TAP',
    output: '# tests 4\n# pass 3\n# fail 0\n# cancelled 1\n# skipped 0',
    counts: [3, 1, 0],
  },
  { name: 'cargo xtask check', output: 'tsc …\n4 passed, 1 failed, 0 skipped\n', counts: [4, 1, 0] },
  { name: 'two browsers, one after the other', output: 'ℹ pass 7\nℹ fail 0\nℹ pass 6\nℹ fail 1', counts: [13, 1, 0] },
  { name: 'a runner that broke', output: 'error: could not compile `detick`', counts: [0, 0, 0] },
];

for (const { name, output, counts } of rows) {
  test(`counts of ${name}`, () => {
    const [passed, failed, skipped] = counts;
    assert.deepEqual(readCounts(output), { passed, failed, skipped });
  });
}
