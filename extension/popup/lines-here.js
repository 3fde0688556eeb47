/** The user's own lines, as the popup writes them: for one host or request on the site at hand. */

import * as keys from '../stored/keys.js';
import * as ownLines from '../stored/own-lines.js';

/** How long a reload waits for own lines to be in force. */
const IN_FORCE_WITHIN_MS = 10_000;

/** Ends when what was written last is in force. */
let written = Promise.resolve();

/**
 * Changes the user's own lines.
 *
 * @param {(lines: string) => string} next from all lines to all lines
 * @returns {Promise<void>} once they are stored; `inForce` tells when they decide
 */
export async function writeLines(next) {
  const before = (await keys.get('listSet'))?.heeded;
  await ownLines.save(next(await ownLines.own()));
  written = written.then(() => heeded(before));
}

/**
 * Waits for the lines that were written last. A page that is loaded before would meet the rules of before.
 *
 * @returns {Promise<void>} once the background has written down that it heeded them, or after ten seconds
 */
export function inForce() {
  return written;
}

/** @param {unknown} before what the background had written down until now */
async function heeded(before) {
  for (const end = Date.now() + IN_FORCE_WITHIN_MS; Date.now() < end; await new Promise((go) => setTimeout(go, 50)))
    if ((await keys.get('listSet'))?.heeded !== before) return;
}
