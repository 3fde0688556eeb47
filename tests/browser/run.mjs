// Runs the browser specs, `specs/*.spec.js`, in Chromium and in Firefox. BROWSER=chromium or firefox runs one of them.
//
// Both browsers' files stand in one queue, those that take longest first, so that none of them keeps a processor
// waiting at the end. Each is a process of its own, whose output is printed when it ends, and its failures at the end
// again.
//
// Real browsers on a busy machine sometimes miss a deadline: a file with a failed test is run once more, by itself, and
// that run counts. A file that needed it is named at the end as unsteady, so that nobody overlooks it.

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { EXTENSION_DIR, requireBuilt } from '../../harness/extension.js';
import { failures, readOutput } from './results.js';

/**
 * @typedef {object} Job one file in one browser
 * @property {string} browser
 * @property {string} file
 * @property {string} title
 *
 * @typedef {object} Result
 * @property {Job} job
 * @property {import('./results.js').Counts} counts
 * @property {string} text what was printed
 */

/**
 * Each waits for its browser's pages for about half of its time, and yet no more at once: with one more than there are
 * processors all took a third less, and three times as many files needed their second try.
 */
const FILES_AT_ONCE = availableParallelism();

/**
 * On a quiet machine no file needs a third of this. One that hangs is ended, and failed, before it keeps all others
 * waiting.
 */
const MAX_FILE_MS = 10 * 60_000;

/** Those that take longest, the longest first. A file that is not named here follows, whatever it takes. */
const LONGEST = [
  'links',
  'own-addresses',
  'accounts',
  'settings-rules',
  'hostile',
  'killed',
  'lists',
  'rules',
  'link-rules',
  'popup',
  'log',
  'attacks',
  'line-meanings',
  'toolbar',
  'learned',
  'requests',
  'unprotected-requests',
];

const SPECS = join(import.meta.dirname, 'specs');
const REPORTER = join(import.meta.dirname, 'reporter.js');

/** Whoever interrupts this wants the browsers gone too: the specs close theirs. */
const interrupted = new AbortController();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => interrupted.abort());

/**
 * @param {string | undefined} chosen
 * @returns {string[]}
 */
function browsers(chosen) {
  if (chosen === undefined || chosen === '') return ['chromium', 'firefox'];
  if (chosen === 'chromium' || chosen === 'firefox') return [chosen];
  throw new Error(`BROWSER is "${chosen}": it can be "chromium" or "firefox".`);
}

/**
 * @param {string[]} wanted parts of names, for some files only
 * @returns {Job[]} in the order in which they begin
 */
function queue(wanted) {
  const rank = (/** @type {string} */ name) => (LONGEST.includes(name) ? LONGEST.indexOf(name) : LONGEST.length);
  const files = readdirSync(SPECS)
    .filter((file) => file.endsWith('.spec.js') && (wanted.length === 0 || wanted.some((part) => file.includes(part))))
    .sort((a, b) => rank(basename(a, '.spec.js')) - rank(basename(b, '.spec.js')));
  return files.flatMap((file) =>
    browsers(process.env.BROWSER).map((browser) => ({
      browser,
      file: join(SPECS, file),
      title: `${browser} ${basename(file, '.spec.js')}`,
    })),
  );
}

/**
 * @param {Job} job
 * @param {boolean} isAlone whether its output may be printed while it comes
 * @returns {Promise<Result>}
 */
async function run(job, isAlone) {
  const began = Date.now();
  const child = spawn(
    process.execPath,
    [`--test-reporter=${REPORTER}`, '--test-reporter-destination=stdout', job.file],
    {
      env: { ...process.env, BROWSER: job.browser },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: MAX_FILE_MS,
      signal: interrupted.signal,
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (isAlone) process.stdout.write(text.replace(/^counts: .*\n/m, ''));
    });
  }
  const isEnded = await new Promise((resolve) => {
    child.on('error', () => undefined); // it was interrupted
    child.on('close', (_, signal) => resolve(signal !== null));
  });
  const { counts, text } = readOutput(output);
  const seconds = (Date.now() - began) / 1000;
  if (isEnded) counts.failed += 1;
  console.log(
    `${isAlone ? '' : `\n${text.trim()}\n`}${job.title}: ${seconds.toFixed(1)} s${isEnded ? ', then it was ended' : ''}`,
  );
  return { job, counts, text };
}

/**
 * @param {Job[]} jobs
 * @param {number} atOnce
 * @returns {Promise<Result[]>} in the order in which they ended
 */
async function runAll(jobs, atOnce) {
  const waiting = [...jobs];
  /** @type {Result[]} */
  const results = [];
  const lane = async () => {
    for (let job = waiting.shift(); job !== undefined && !interrupted.signal.aborted; job = waiting.shift())
      results.push(await run(job, jobs.length === 1));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}

/** @param {Result} result */
const isFailed = ({ counts }) => counts.failed > 0;

/**
 * Runs what failed once more, alone, and tells at the end what failed at all.
 *
 * @param {Job[]} jobs
 * @returns {Promise<Result[]>} with the second runs instead of the first
 */
async function runTwiceIfNeeded(jobs) {
  const results = await runAll(jobs, FILES_AT_ONCE);
  const failed = results.filter(isFailed);
  if (failed.length === 0 || interrupted.signal.aborted) return results;
  console.log(`\nOnce more, one at a time: ${failed.map(({ job }) => job.title).join(', ')}`);
  const again = await runAll(
    failed.map(({ job }) => job),
    1,
  );
  for (const { job, text } of [...failed, ...again.filter(isFailed)])
    console.log(`\n${job.title} failed:\n${failures(text)}`);
  for (const { job } of again.filter((result) => !isFailed(result)))
    console.log(`unsteady: ${job.title} passed at the second try only`);
  return [...results.filter((result) => !isFailed(result)), ...again];
}

try {
  const wanted = process.argv.slice(2);
  const jobs = queue(wanted);
  if (jobs.length === 0) throw new Error(`No spec is named like ${wanted.join(' or ')}.`);
  requireBuilt(EXTENSION_DIR);
  const results = await runTwiceIfNeeded(jobs);
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    results.reduce((total, { counts }) => total + counts[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  if (sum('failed') > 0 || interrupted.signal.aborted) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
