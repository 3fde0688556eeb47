// `npm test`: sets up, builds, runs every test and check in both browsers, and ends with a line that counts them.
//
// A step's output is shown when it failed; all of it is in .cache/test/.

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SetupError } from './browsers.mjs';
import { run } from './command.mjs';
import { readCounts } from './counts.mjs';
import { ALL_PARTS, ROOT, setUp } from './setup.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */

/**
 * @typedef {object} Step
 * @property {string} name what it is, for people
 * @property {string[]} command how it is run
 * @property {boolean} [countsNothing] it runs no tests: the others cannot go on without it
 */

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {Counts} counts
 * @property {number} seconds
 * @property {boolean} ok
 */

const LOGS = join(ROOT, '.cache/test');

/** @returns {Step[]} in the order in which they run */
function steps() {
  const cargoTest = ['cargo', 'test', '--no-fail-fast', '--package'];
  return [
    { name: 'build', command: ['cargo', 'xtask', 'build'], countsNothing: true },
    { name: 'checks', command: ['cargo', 'xtask', 'check'] },
    { name: 'Rust', command: [...cargoTest, 'detick', '--features', 'reference', '--', '--show-output'] },
    // Apart from the engine: together they would share features, and every dependency would be built once more.
    { name: 'xtask', command: [...cargoTest, 'xtask', '--', '--show-output'] },
    { name: 'budgets', command: ['cargo', 'xtask', 'budgets'] },
    { name: 'JavaScript', command: ['node', '--test', '--test-reporter=spec', ...unitTests()] },
    { name: 'browsers', command: ['node', 'tests/browser/run.mjs'] },
  ];
}

/** @returns {string[]} every unit test; named one by one, because node's own search changed between versions */
function unitTests() {
  return readdirSync(join(ROOT, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js') && !file.startsWith('browser'))
    .map((file) => join('tests', file))
    .sort();
}

/**
 * @param {Step} step
 * @returns {Promise<Result>}
 */
async function runStep({ name, command, countsNothing = false }) {
  const { ok, output, seconds } = await run(name, command);
  const log = join(LOGS, `${name}.log`);
  writeFileSync(log, output);
  const counts = readCounts(output);
  const ran = counts.passed + counts.failed + counts.skipped;
  const isGood = ok && counts.failed === 0 && (countsNothing || ran > 0);
  if (!isGood) {
    // A runner that broke before it could count, or ran nothing, is a failure too.
    if (counts.failed === 0) counts.failed = 1;
    console.log(`${output.trimEnd()}\n${name}: FAILED, output above and in ${relative(ROOT, log)}`);
  }
  // What passed only at the second try is no failure, and nothing to be silent about.
  for (const [line] of output.matchAll(/^unsteady: .*/gm)) console.log(line);
  return { name, counts, seconds, ok: isGood };
}

/**
 * @param {Result[]} results
 * @returns {Counts}
 */
function total(results) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { counts } of results) {
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
  }
  return sum;
}

/**
 * Prints the table and the line that counts.
 *
 * @param {Result[]} results
 */
function report(results) {
  const column = (/** @type {string | number} */ text) => String(text).padStart(9);
  console.log(`\n${'step'.padEnd(12)}${['passed', 'failed', 'skipped', 'seconds'].map(column).join('')}`);
  for (const { name, counts, seconds } of results) {
    const cells = [counts.passed, counts.failed, counts.skipped, seconds.toFixed(1)];
    console.log(`${name.padEnd(12)}${cells.map(column).join('')}`);
  }
  const { passed, failed, skipped } = total(results);
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
}

/** @returns {Promise<boolean>} whether everything passed */
async function testAll() {
  process.chdir(ROOT);
  mkdirSync(LOGS, { recursive: true });
  await setUp(ALL_PARTS);
  /** @type {Result[]} */
  const results = [];
  for (const step of steps()) {
    const result = await runStep(step);
    results.push(result);
    if (step.countsNothing && !result.ok) break;
  }
  report(results);
  return results.every((result) => result.ok);
}

try {
  process.exitCode = (await testAll()) ? 0 : 1;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`${error.message}\n\n0 passed, 1 failed, 0 skipped`);
  process.exitCode = 1;
}
