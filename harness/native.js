/** The engine on the command line, for tests that want the browser's to agree with it. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from '../scripts/setup.mjs';

/**
 * What cargo is told before the words of `detick` itself. With the features that the Rust tests have: with others it
 * would build all of it once more.
 */
export const RUN_DETICK = ['run', '--quiet', '--package', 'detick', '--bin', 'detick', '--features', 'reference', '--'];

/**
 * Runs the command line, which is built first where it is not.
 *
 * @param {string[]} args
 * @returns {Promise<{stdout: string, stderr: string}>} what it prints
 * @throws {Error} if it ends with another code than 0
 */
export function detick(args) {
  return promisify(execFile)('cargo', [...RUN_DETICK, ...args], { cwd: ROOT, maxBuffer: 1 << 28 });
}
