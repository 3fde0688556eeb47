/** Prints the tests of a file for people, and a line at its end that `run.mjs` reads the counts from. */

import { Readable } from 'node:stream';
import { spec } from 'node:test/reporters';
import { count, isSum, toldCounts } from './results.js';

/** @typedef {import('./results.js').TestEvent} TestEvent */

/** @param {AsyncIterable<TestEvent>} events */
export default async function* report(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  async function* counted() {
    for await (const event of events) {
      count(counts, event);
      if (!isSum(event)) yield event;
    }
  }
  yield* Readable.from(counted()).pipe(new spec());
  yield `\n${toldCounts(counts)}`;
}
