/** What became of the tests of each file, from the events of node's test runner. */

/** @typedef {{passed: number, failed: number, skipped: number}} Counts how many tests; suites are not counted */

/** @typedef {Map<string, Counts>} Results by the path of the file */

/** @typedef {import('node:test').TestsStream} TestsStream */

/** The runner's own totals, one line each: with a second run they would count some tests twice. */
const SUM = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;

/**
 * Listens to a run.
 *
 * @param {TestsStream} events
 * @returns {Results} filled while the run goes on; a suite that failed by itself, in a hook, counts as a failed test
 */
export function collect(events) {
  /** @type {Results} */
  const results = new Map();
  /** @param {string | undefined} file */
  const countsOf = (file = '') => {
    const counts = results.get(file) ?? { passed: 0, failed: 0, skipped: 0 };
    results.set(file, counts);
    return counts;
  };
  events.on('test:pass', ({ file, details, skip, todo }) => {
    if (details.type === 'suite') return;
    const isRun = skip === undefined && todo === undefined;
    countsOf(file)[isRun ? 'passed' : 'skipped'] += 1;
  });
  events.on('test:fail', ({ file, details }) => {
    const error = /** @type {Error & {failureType?: string}} */ (details.error);
    if (details.type === 'suite' && error.failureType === 'subtestsFailed') return;
    countsOf(file).failed += 1;
  });
  return results;
}

/**
 * @param {Results} results
 * @returns {string[]} the files with a failed test
 */
export function failedFiles(results) {
  return [...results].filter(([, { failed }]) => failed > 0).map(([file]) => file);
}

/**
 * Adds up.
 *
 * @param {Counts} sum is changed
 * @param {Results} results
 */
export function addCounts(sum, results) {
  for (const { passed, failed, skipped } of results.values()) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
}

/**
 * Leaves the runner's totals out, for a reporter.
 *
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} events
 */
export async function* withoutSums(events) {
  for await (const event of events) {
    if (event.type === 'test:diagnostic' && event.data.nesting === 0 && SUM.test(event.data.message)) continue;
    yield event;
  }
}
