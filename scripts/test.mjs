// `npm test`: sets up, builds, runs every test and check in both browsers, and ends with a line that counts them.
//
// `npm test -- quick` does without browsers, budgets, clippy and what takes longest: for the time while one works.
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
 * @property {boolean} isInVain whether the others cannot go on
 */

const LOGS = join(ROOT, '.cache/test');

/**
 * The steps in the order in which they run. Of a stage with two lanes each runs beside the other: cargo leaves a
 * processor idle for most of its time, and the unit tests in JavaScript need no more than one. Browsers miss deadlines
 * where anything else runs.
 *
 * @returns {Step[][][]} stages of lanes of steps
 */
function stages() {
  const cargoTest = ['cargo', 'test', '--no-fail-fast', '--package'];
  const inRust = [
    { name: 'checks', command: ['cargo', 'xtask', 'check'] },
    { name: 'Rust', command: [...cargoTest, 'detick', '--features', 'reference', '--', '--show-output'] },
    // Apart from the engine: together they would share features, and every dependency would be built once more.
    { name: 'xtask', command: [...cargoTest, 'xtask', '--', '--show-output'] },
    { name: 'budgets', command: ['cargo', 'xtask', 'budgets'] },
  ];
  return [
    [[BUILD]],
    [inRust, [inJavaScript(unitTests())]],
    [[{ name: 'browsers', command: ['node', 'tests/browser/run.mjs'] }]],
  ];
}

/** @type {Step} */
const BUILD = { name: 'build', command: ['cargo', 'xtask', 'build'], countsNothing: true };

/**
 * Two files at once: node would run one, and some wait for cargo, which others have locked. What takes longest is
 * first, so that nothing is left to wait for alone.
 *
 * @param {string[]} files
 * @returns {Step}
 */
const inJavaScript = (files) => ({
  name: 'JavaScript',
  command: ['node', '--test', '--test-concurrency=2', '--test-reporter=spec', ...files],
});

/** They begin a background anew, or compile a large list, hundreds of times: most of the time of all unit tests. */
const SLOW = /\/(?:lists-death|worker-death|storage-contents|compile)\.test\.js$/;

/** @returns {Step[][][]} what a change is tried with many times, before all is run once */
function quickStages() {
  const [types, style] = ['typescript/bin/tsc', '@biomejs/biome/bin/biome'].map((tool) => `node_modules/${tool}`);
  const rust = ['cargo', 'test', '--package', 'detick', '--features', 'reference', '--lib', '--', '--show-output'];
  return [
    [[BUILD]],
    [
      [{ name: 'Rust', command: rust }],
      [
        { name: 'types', command: ['node', String(types), '--project', '.'], countsNothing: true },
        { name: 'style', command: ['node', String(style), 'check', '--error-on-warnings'], countsNothing: true },
        inJavaScript(unitTests().filter((file) => !SLOW.test(file))),
      ],
    ],
  ];
}

/** @returns {string[]} every unit test; named one by one, because node's own search changed between versions */
function unitTests() {
  return readdirSync(join(ROOT, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js') && !file.startsWith('browser'))
    .map((file) => join('tests', file))
    .sort((a, b) => Number(SLOW.test(b)) - Number(SLOW.test(a)) || a.localeCompare(b));
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
  return { name, counts, seconds, ok: isGood, isInVain: countsNothing && !isGood };
}

/** @param {Step[]} steps @returns {Promise<Result[]>} of one after the other */
async function runLane(steps) {
  const results = [];
  for (const step of steps) results.push(await runStep(step));
  return results;
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
 * @param {number} seconds how long all of it took: less than the steps one by one
 */
function report(results, seconds) {
  const column = (/** @type {string | number} */ text) => String(text).padStart(9);
  console.log(`\n${'step'.padEnd(12)}${['passed', 'failed', 'skipped', 'seconds'].map(column).join('')}`);
  for (const { name, counts, seconds } of results) {
    const cells = [counts.passed, counts.failed, counts.skipped, seconds.toFixed(1)];
    console.log(`${name.padEnd(12)}${cells.map(column).join('')}`);
  }
  console.log(`${'together'.padEnd(12)}${column('')}${column('')}${column('')}${column(seconds.toFixed(1))}`);
  const { passed, failed, skipped } = total(results);
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
}

/** @param {Step[][][]} wanted @returns {Promise<boolean>} whether everything passed */
async function test(wanted) {
  process.chdir(ROOT);
  mkdirSync(LOGS, { recursive: true });
  await setUp(ALL_PARTS);
  /** @type {Result[]} */
  const results = [];
  const started = Date.now();
  for (const lanes of wanted) {
    const done = await Promise.all(lanes.map(runLane));
    results.push(...done.flat());
    if (done.flat().some(({ isInVain }) => isInVain)) break;
  }
  report(results, (Date.now() - started) / 1000);
  return results.every((result) => result.ok);
}

try {
  const [part] = process.argv.slice(2);
  if (part !== undefined && part !== 'quick')
    throw new SetupError(`There is no part "${part}": leave it out, or say quick.`);
  process.exitCode = (await test(part === 'quick' ? quickStages() : stages())) ? 0 : 1;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`${error.message}\n\n0 passed, 1 failed, 0 skipped`);
  process.exitCode = 1;
}
