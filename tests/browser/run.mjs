// Runs the browser specs, `specs/*.spec.js`, in Chromium and then in Firefox. BROWSER=chromium or firefox runs one of
// them.
//
// Real browsers on a busy machine sometimes miss a deadline: a file with a failed test is run once more, by itself, and
// that run counts. A file that needed it is named at the end as unsteady, so that nobody overlooks it.

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { EXTENSION_DIR, requireBuilt } from '../../harness/extension.js';
import { addCounts, collect, failedFiles, withoutSums } from './results.js';

/** @typedef {import('./results.js').Results} Results */

/** Browsers are hungry: more than this at a time makes them slow enough to miss deadlines. */
const FILES_AT_ONCE = 2;

/**
 * On a quiet machine no file needs a third of this. One that hangs is ended, and failed, before it keeps all others
 * waiting.
 */
const MAX_FILE_MS = 10 * 60_000;

const SPECS = join(import.meta.dirname, 'specs');

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
 * @param {string[]} files
 * @param {number} concurrency how many of them at once
 * @returns {Promise<Results>} what became of each; the output is printed as it comes
 */
async function runFiles(files, concurrency) {
  const events = run({ files, concurrency, timeout: MAX_FILE_MS, signal: interrupted.signal });
  const results = collect(events);
  await pipeline(events, withoutSums, new spec(), process.stdout, { end: false });
  return results;
}

/**
 * @param {string[]} files
 * @returns {Promise<{results: Results, unsteady: string[]}>} with the second runs instead of the first
 */
async function runTwiceIfNeeded(files) {
  const results = await runFiles(files, FILES_AT_ONCE);
  const failed = failedFiles(results);
  if (failed.length === 0 || interrupted.signal.aborted) return { results, unsteady: [] };
  console.log(`\nOnce more, one at a time: ${failed.map(shortName).join(', ')}`);
  const again = await runFiles(failed, 1);
  const stillFailed = failedFiles(again);
  return {
    results: new Map([...results, ...again]),
    unsteady: failed.filter((file) => !stillFailed.includes(file)),
  };
}

/** @param {string} file */
function shortName(file) {
  return basename(file, '.spec.js');
}

try {
  const names = browsers(process.env.BROWSER);
  requireBuilt(EXTENSION_DIR);
  const wanted = process.argv.slice(2); // parts of file names, to run some specs only
  const files = readdirSync(SPECS)
    .filter((file) => file.endsWith('.spec.js') && (wanted.length === 0 || wanted.some((part) => file.includes(part))))
    .map((file) => join(SPECS, file));
  if (files.length === 0) throw new Error(`No spec is named like ${wanted.join(' or ')}.`);
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const browser of names) {
    process.env.BROWSER = browser; // the specs' processes inherit it
    const { results, unsteady } = await runTwiceIfNeeded(files);
    for (const file of unsteady) console.log(`unsteady: ${browser} passed ${shortName(file)} at the second try only`);
    addCounts(sum, results);
  }
  console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  if (sum.failed > 0 || interrupted.signal.aborted) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
