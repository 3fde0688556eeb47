// Runs one test by its name and says what became of it.

import { join } from 'node:path';
import { run } from '../command.mjs';
import { ROOT } from '../setup.mjs';
import { TREE } from './tree.mjs';

/** @typedef {'green' | 'red' | 'broken'} Colour broken: it did not come to an answer, for want of compiling perhaps */

/**
 * @typedef {object} Trial
 * @property {Colour} colour
 * @property {number} seconds
 * @property {string} output
 */

const TIMEOUT_MS = 10 * 60_000;

/**
 * @param {string} title what is tried
 * @param {string} test the file of the test
 * @param {string} name its name, as it is written there
 * @returns {Promise<Trial>}
 */
export async function tried(title, test, name) {
  const isRust = test.endsWith('.rs');
  const { output, seconds } = await run(title, isRust ? cargo(test, name) : node(test, name), {
    cwd: TREE,
    // What is compiled already is shared with the working tree; how the tests are run is the same as there.
    env: { CARGO_TARGET_DIR: join(ROOT, 'target'), BROWSER: process.env.BROWSER || 'chromium', DETICK_EXTENSION: '' },
    timeoutMs: TIMEOUT_MS,
  });
  return { colour: isRust ? rustColour(output, name) : nodeColour(output), seconds, output };
}

/** @param {string} test @param {string} name */
function cargo(test, name) {
  if (test.startsWith('xtask/')) return ['cargo', 'test', '--package', 'xtask', name];
  const [, file = ''] = /^tests\/(.+)\.rs$/.exec(test) ?? []; // a module of tests/all.rs
  const part = test.startsWith('src/') ? ['--lib', name] : ['--test', 'all', `${file.replaceAll('/', '::')}::${name}`];
  return ['cargo', 'test', '--package', 'detick', '--features', 'reference', ...part];
}

/** @param {string} test @param {string} name */
function node(test, name) {
  const pattern = name.split(/\$\{[^}]*\}/).map((part) => part.replace(/[/\\^$*+?.()|[\]{}]/g, '\\$&'));
  return ['node', '--test', '--test-reporter=tap', `--test-name-pattern=${pattern.join('.+')}`, test];
}

/** @param {string} output @param {string} name @returns {Colour} */
export function rustColour(output, name) {
  const said = [...output.matchAll(/^test (?:\S+::)?(\w+) \.\.\. (ok|FAILED)/gm)].filter(([, found]) => found === name);
  // A panic ends a test; a stack that overflows ends all of them.
  if (said.length === 0) return /\(signal: \d+, SIG(ABRT|SEGV)/.test(output) ? 'red' : 'broken';
  return said.some(([, , how]) => how === 'FAILED') ? 'red' : 'green';
}

/**
 * A suite that fails in a hook, such as one whose browser does not take the extension, has tested nothing.
 *
 * @param {string} output TAP
 * @returns {Colour}
 */
export function nodeColour(output) {
  if (/^\s*failureType: '?(hookFailed|cancelledByParent|uncaughtException)/m.test(output)) return 'broken';
  if (/^\s*failureType: '?(testCodeFailure|testTimeoutFailure)/m.test(output)) return 'red';
  const [, passed = 0] = /^# pass (\d+)$/m.exec(output) ?? [];
  const [, failed = 0] = /^# fail (\d+)$/m.exec(output) ?? [];
  return Number(passed) > 0 && Number(failed) === 0 ? 'green' : 'broken';
}
