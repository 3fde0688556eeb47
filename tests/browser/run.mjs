// Runs the browser specs, `specs/*.spec.js`, in Chromium and then in Firefox. BROWSER=chromium or firefox runs one of them.

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EXTENSION_DIR, requireBuilt } from './browser/extension.js';

/** Browsers are hungry: more than this at a time makes them slow enough to miss deadlines. */
const FILES_AT_ONCE = 2;

const SPECS = join(import.meta.dirname, 'specs');

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
 * @param {string} browser
 * @param {string[]} files
 * @returns {Promise<number>} the exit code of node's test runner, which prints its counts
 */
function runSpecs(browser, files) {
  const runner = ['--test', '--test-reporter=spec', `--test-concurrency=${FILES_AT_ONCE}`, ...files];
  const child = spawn(process.execPath, runner, { stdio: 'inherit', env: { ...process.env, BROWSER: browser } });
  // Whoever interrupts this wants the browsers gone too: the specs close theirs.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

try {
  const names = browsers(process.env.BROWSER);
  requireBuilt(EXTENSION_DIR);
  const wanted = process.argv.slice(2); // parts of file names, to run some specs only
  const files = readdirSync(SPECS)
    .filter((file) => file.endsWith('.spec.js') && (wanted.length === 0 || wanted.some((part) => file.includes(part))))
    .map((file) => join(SPECS, file));
  if (files.length === 0) throw new Error(`No spec is named like ${wanted.join(' or ')}.`);
  for (const browser of names) {
    const code = await runSpecs(browser, files);
    if (code !== 0) process.exitCode = code;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
