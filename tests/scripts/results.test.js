import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { addCounts, collect, failedFiles, withoutSums } from '../browser/results.js';

/** @typedef {import('../browser/results.js').TestsStream} TestsStream */

/** What node's runner tells of two files: one with a suite that failed by its tests, one whose hook failed. */
const EVENTS = [
  ['test:pass', { file: 'a', details: {} }],
  ['test:pass', { file: 'a', details: {}, skip: 'no corpora folder' }],
  ['test:fail', { file: 'a', details: { error: { failureType: 'testCodeFailure' } } }],
  ['test:fail', { file: 'a', details: { type: 'suite', error: { failureType: 'subtestsFailed' } } }],
  ['test:fail', { file: 'b', details: { type: 'suite', error: { failureType: 'hookFailed' } } }],
  ['test:pass', { file: 'c', details: {} }],
  ['test:pass', { file: 'c', details: { type: 'suite' } }],
];

test('results are counted by file, suites only when they failed by themselves', () => {
  const events = new EventEmitter();
  const results = collect(/** @type {TestsStream} */ (/** @type {unknown} */ (events)));
  for (const [name, data] of EVENTS) events.emit(/** @type {string} */ (name), data);
  assert.deepEqual(Object.fromEntries(results), {
    a: { passed: 1, failed: 1, skipped: 1 },
    b: { passed: 0, failed: 1, skipped: 0 },
    c: { passed: 1, failed: 0, skipped: 0 },
  });
  assert.deepEqual(failedFiles(results), ['a', 'b']);
  const sum = { passed: 1, failed: 0, skipped: 0 };
  addCounts(sum, results);
  assert.deepEqual(sum, { passed: 3, failed: 2, skipped: 1 });
});

test('totals of the runner are left out, what a test says is not', async () => {
  const said = (/** @type {string} */ message, nesting = 0) => ({
    type: 'test:diagnostic',
    data: { message, nesting },
  });
  const all = [said('pass 12'), said('duration_ms 3.5'), said('pass 12', 1), said('8357 rules in force')];
  const events = /** @type {Parameters<typeof withoutSums>[0]} */ (/** @type {unknown} */ (all));
  const left = [];
  for await (const event of withoutSums(events)) left.push(event);
  assert.deepEqual(left, all.slice(2));
});
