/** What became of the tests of a file, from the events of node's test runner. */

/** @typedef {{passed: number, failed: number, skipped: number}} Counts how many tests; suites are not counted */

/** @typedef {import('node:test/reporters').TestEvent} TestEvent */

/** The runner's own totals, one line each: with a second run they would count some tests twice. */
const SUM = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;

/** Begins the last line that a file's process prints: what came of it follows. */
const COUNTS = 'counts: ';

/**
 * Counts one event. A suite that failed by itself, in a hook, is a failed test.
 *
 * @param {Counts} counts are changed
 * @param {TestEvent} event
 */
export function count(counts, { type, data }) {
  if (type === 'test:pass') {
    if (data.details.type === 'suite') return;
    const isRun = data.skip === undefined && data.todo === undefined;
    counts[isRun ? 'passed' : 'skipped'] += 1;
  }
  if (type === 'test:fail') {
    const error = /** @type {Error & {failureType?: string}} */ (data.details.error);
    if (data.details.type === 'suite' && error.failureType === 'subtestsFailed') return;
    counts.failed += 1;
  }
}

/**
 * @param {TestEvent} event
 * @returns {boolean} whether it is one of the runner's totals
 */
export function isSum({ type, data }) {
  return type === 'test:diagnostic' && data.nesting === 0 && SUM.test(data.message);
}

/**
 * @param {Counts} counts
 * @returns {string} the line that tells them
 */
export function toldCounts(counts) {
  return `${COUNTS}${JSON.stringify(counts)}\n`;
}

/**
 * Takes what a file's process printed apart.
 *
 * @param {string} output
 * @returns {{counts: Counts, text: string}} with one failed test if it ended before it could count; `text` is for people
 */
export function readOutput(output) {
  const at = output.lastIndexOf(`\n${COUNTS}`) + 1;
  const [line = ''] = output.slice(at).split('\n', 1);
  if (!line.startsWith(COUNTS)) return { counts: { passed: 0, failed: 1, skipped: 0 }, text: output };
  return {
    counts: JSON.parse(line.slice(COUNTS.length)),
    text: output.slice(0, at) + output.slice(at + line.length + 1),
  };
}

/**
 * @param {string} text what a file's process printed
 * @returns {string} the failures, as the runner tells them once more at its end; all of it if it does not
 */
export function failures(text) {
  const at = text.lastIndexOf('✖ failing tests:');
  return (at === -1 ? text : text.slice(at)).trim();
}
