// `npm start [-- firefox]`: from a fresh clone to a browser with Detick in it.

import { spawnSync } from 'node:child_process';
import { SetupError } from './browsers.mjs';
import { ROOT, setUp } from './setup.mjs';

/** @typedef {import('./browsers.mjs').BrowserName} BrowserName */

/**
 * Sets up, builds and shows the demo, each with the terminal to itself.
 *
 * @param {BrowserName} browser which browser to open
 * @returns {Promise<number>} the exit code of the first command that failed, or 0
 * @throws {SetupError} when this machine lacks something that cannot be installed
 */
async function start(browser) {
  await setUp(['rust', 'npm', 'wasm', browser]);
  const commands = [
    ['cargo', 'xtask', 'build'],
    ['node', 'scripts/demo.mjs', browser],
  ];
  for (const [program = '', ...args] of commands) {
    const { status, error } = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit' });
    if (error) throw error;
    if (status !== 0) return status ?? 1;
  }
  return 0;
}

const [browser = 'chromium', ...rest] = process.argv.slice(2);
if ((browser !== 'chromium' && browser !== 'firefox') || rest.length > 0) {
  console.error('Usage: npm start [-- chromium | firefox]');
  process.exit(2);
}
try {
  process.exitCode = await start(browser);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
