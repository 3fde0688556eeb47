import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, failures, isSum, readOutput, toldCounts } from '../browser/results.js';

/** @typedef {import('../browser/results.js').TestEvent} TestEvent */

/** @param {string} type @param {object} data */
const event = (type, data) => /** @type {TestEvent} */ ({ type, data });

test('tests are counted, suites only when they failed by themselves', () => {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [type, data] of /** @type {[string, object][]} */ ([
    ['test:pass', { details: {} }],
    ['test:pass', { details: {}, skip: 'no corpora folder' }],
    ['test:pass', { details: { type: 'suite' } }],
    ['test:fail', { details: { error: { failureType: 'testCodeFailure' } } }],
    ['test:fail', { details: { type: 'suite', error: { failureType: 'subtestsFailed' } } }],
    ['test:fail', { details: { type: 'suite', error: { failureType: 'hookFailed' } } }],
    ['test:diagnostic', { message: 'pass 12', nesting: 0 }],
  ]))
    count(counts, event(type, data));
  assert.deepEqual(counts, { passed: 1, failed: 2, skipped: 1 });
});

test('totals of the runner are left out, what a test says is not', () => {
  const said = (/** @type {string} */ message, nesting = 0) => event('test:diagnostic', { message, nesting });
  for (const sum of [said('pass 12'), said('duration_ms 3.5')]) assert.ok(isSum(sum));
  for (const other of [said('pass 12', 1), said('8357 rules in force')]) assert.ok(!isSum(other));
});

test('what a file’s process counted is read back, and one that ended before it counted has failed', () => {
  const counts = { passed: 3, failed: 0, skipped: 1 };
  const read = readOutput(`✔ a\n${toldCounts(counts)}late\n`);
  assert.deepEqual(read, { counts, text: '✔ a\nlate\n' });
  for (const output of ['', 'SyntaxError: no\n', 'it says counts: 3\n'])
    assert.deepEqual(readOutput(output), { counts: { passed: 0, failed: 1, skipped: 0 }, text: output });
});

test('failures are what the runner tells at its end', () => {
  assert.equal(failures('✖ a\n  long\n✔ b\n\n✖ failing tests:\n\n✖ a\n  why\n'), '✖ failing tests:\n\n✖ a\n  why');
  assert.equal(failures('SyntaxError: no\n'), 'SyntaxError: no');
});
