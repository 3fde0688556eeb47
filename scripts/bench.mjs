// `npm run bench`: sets up, builds, installs the other engines, measures, and prints Markdown tables.
//
// `npm run bench -- --help` tells what can be asked for.

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments, USAGE } from '../bench/parts.js';
import { SetupError } from './browsers.mjs';
import { run } from './command.mjs';
import { ROOT, setUp } from './setup.mjs';

const CACHE = join(ROOT, '.cache/bench');

/** What one part of the bench needs besides. */
const BROWSERS = /** @type {const} */ (['chromium', 'firefox']);

/** @type {[string, string[], Record<string, string>?][]} what must be there before anything is measured */
const STEPS = [
  ['Building the extension', ['cargo', 'xtask', 'build']],
  ['Building the command line', ['cargo', 'build', '--release', '--bins', '--example', 'bench']],
  ['Installing the other engines', ['npm', 'ci', '--ignore-scripts', '--prefix', join(ROOT, 'bench')]],
  [
    'Building adblock-rs (minutes the first time)',
    ['npm', 'rebuild', 'adblock-rs', '--prefix', join(ROOT, 'bench')],
    // Its own file asks for one version of Rust; any recent one will do.
    { RUSTUP_TOOLCHAIN: 'stable', CARGO_TARGET_DIR: join(ROOT, 'target/adblock-rs') },
  ],
];

/** @param {string[]} args @returns {Promise<number>} the exit code */
async function bench(args) {
  const { parts } = readArguments(args);
  await setUp(['rust', 'npm', 'wasm', ...(parts.includes('browser') ? BROWSERS : [])]);
  process.chdir(ROOT);
  for (const [title, command, env] of STEPS) {
    const { ok, output } = await run(title, command, { env });
    if (ok) continue;
    console.error(output);
    // The bench says which engine is missing; the others are measured all the same.
    if (!title.includes('adblock-rs')) return 1;
  }
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, 'empty.txt'), '');
  const empty = ['compile', join(CACHE, 'empty.txt'), '--out', join(CACHE, 'empty')];
  spawnSync(join(ROOT, 'target/release/detick'), empty, { stdio: 'ignore' });
  return spawnSync(process.execPath, ['bench/run.js', ...args], { stdio: 'inherit' }).status ?? 1;
}

/** @param {string[]} args @returns {string | undefined} what to say instead of measuring */
function refusal(args) {
  try {
    return readArguments(args).help ? USAGE : undefined;
  } catch (error) {
    process.exitCode = 2;
    return `${error instanceof Error ? error.message : error}\n\n${USAGE}`;
  }
}

const args = process.argv.slice(2);
const said = refusal(args);
try {
  if (said === undefined) process.exitCode = await bench(args);
  else console.log(said);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
