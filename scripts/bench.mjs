// `npm run bench`: sets up, builds, installs the other engines, measures, and prints a Markdown table.

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './browsers.mjs';
import { run } from './command.mjs';
import { ROOT, setUp } from './setup.mjs';

const CACHE = join(ROOT, '.cache/bench');

/** @type {[string, string[], Record<string, string>?][]} what must be there before anything is measured */
const STEPS = [
  ['Building the extension', ['cargo', 'xtask', 'build']],
  ['Building the command line', ['cargo', 'build', '--release']],
  ['Installing the other engines', ['npm', 'ci', '--ignore-scripts', '--prefix', join(ROOT, 'bench')]],
  [
    'Building adblock-rs (minutes the first time)',
    ['npm', 'rebuild', 'adblock-rs', '--prefix', join(ROOT, 'bench')],
    // Its own file asks for one version of Rust; any recent one will do.
    { RUSTUP_TOOLCHAIN: 'stable', CARGO_TARGET_DIR: join(ROOT, 'target/adblock-rs') },
  ],
];

/** @returns {Promise<number>} the exit code */
async function bench() {
  await setUp(['rust', 'npm', 'wasm']);
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
  return spawnSync(process.execPath, ['bench/run.js'], { stdio: 'inherit' }).status ?? 1;
}

try {
  process.exitCode = await bench();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
