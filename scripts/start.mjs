// `npm start [-- firefox]`: from a fresh clone to a browser with Detick in it.

import { spawnSync } from 'node:child_process';
import { SetupError } from './browsers.mjs';
import { run } from './command.mjs';
import { ROOT, setUp } from './setup.mjs';

/** @typedef {import('./browsers.mjs').BrowserName} BrowserName */

/**
 * Sets up, builds and shows the demo.
 *
 * @param {BrowserName} browser which browser to open
 * @returns {Promise<number>} the exit code of what failed, or 0
 * @throws {SetupError} when this machine lacks something that cannot be installed
 */
async function start(browser) {
  await setUp(['rust', 'npm', 'wasm', browser]);
  process.chdir(ROOT);
  const build = await run('Building the extension (minutes the first time)', ['cargo', 'xtask', 'build']);
  if (!build.ok) {
    console.error(build.output);
    return 1;
  }
  const demo = spawnSync(process.execPath, ['scripts/demo.mjs', browser], { stdio: 'inherit' });
  if (demo.error) throw demo.error;
  return demo.status ?? 1;
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
