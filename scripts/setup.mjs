// Installs what building and testing need and this machine lacks. Quick when there is nothing to do, and safe to
// interrupt: each part looks for itself whether it is there, and is marked as done only after it is.
//
//     node scripts/setup.mjs      everything
//
// `npm start` and `npm test` ask for the parts they need.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserVariable, findBrowser, SetupError } from './browsers.mjs';
import { run } from './command.mjs';

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const WASM_TARGET = 'wasm32-unknown-unknown';
const MINUTE_MS = 60_000;
const SHOWN_LINES = 8;
const LOCK = join(ROOT, 'package-lock.json');
const LOCK_STAMP = join(ROOT, 'node_modules/.detick-lock');

/**
 * @typedef {object} Part
 * @property {string} name what it is, for people
 * @property {() => boolean} isThere whether nothing has to be done
 * @property {() => Promise<boolean>} [install] a way without Debian's packages; tells whether it worked
 * @property {string[]} [packages] Debian's packages that bring it
 * @property {boolean} [canBeMissing] what needs it says that it is skipped
 * @property {string} advice one sentence for the person whose machine has neither way
 */

/** @typedef {'rust' | 'checks' | 'npm' | 'wasm' | 'valgrind' | 'chromium' | 'firefox'} PartName */

// Debian's default typeface comes along by name: without it a browser shows pages in whatever one there is, monospaced.
/** @type {Record<PartName, Part>} */
const PARTS = {
  rust: {
    name: 'Rust and a C linker',
    isThere: () => answers('cargo', '--version') && answers('cc', '--version'),
    packages: ['gcc', 'libc6-dev'],
    advice: 'Install Rust from https://rustup.rs and a C compiler (gcc or clang).',
  },
  checks: {
    name: 'rustfmt and clippy',
    isThere: () => answers('cargo-fmt', '--version') && answers('cargo-clippy', '--version'),
    install: () => succeeds('Adding rustfmt and clippy to Rust', ['rustup', 'component', 'add', 'rustfmt', 'clippy']),
    advice: 'Install rustfmt and clippy for your Rust, with rustup: `rustup component add rustfmt clippy`.',
  },
  npm: {
    name: 'npm packages',
    isThere: () => existsSync(LOCK_STAMP) && readFileSync(LOCK_STAMP, 'utf8') === lockDigest(),
    install: installNpmPackages,
    advice:
      '`npm ci` did not work (its output is above): connect to the network, or point npm to a registry you can reach.',
  },
  wasm: {
    name: 'Rust for WebAssembly',
    isThere: hasWasmTarget,
    install: () => succeeds('Adding WebAssembly to Rust', ['rustup', 'target', 'add', WASM_TARGET], 5 * MINUTE_MS),
    packages: ['rustc-web', 'cargo-web', 'rust-web-src', 'lld-22'],
    advice: `Run \`rustup target add ${WASM_TARGET}\` with a network connection.`,
  },
  valgrind: {
    name: 'valgrind',
    isThere: () => answers('valgrind', '--version'),
    packages: ['valgrind'],
    canBeMissing: true,
    advice: 'Without it no instructions are counted.',
  },
  chromium: {
    name: 'Chromium',
    isThere: () => findBrowser('chromium') !== undefined,
    packages: ['chromium', 'fonts-dejavu-core'],
    advice: `Install Chromium, or name its program in ${browserVariable('chromium')}.`,
  },
  firefox: {
    name: 'Firefox',
    isThere: () => findBrowser('firefox') !== undefined,
    packages: ['firefox-esr', 'fonts-dejavu-core'],
    advice: `Install Firefox, or name its program in ${browserVariable('firefox')}.`,
  },
};

/** Every part there is: what `npm test` needs. */
export const ALL_PARTS = /** @type {PartName[]} */ (Object.keys(PARTS));

/**
 * Installs the parts that are missing.
 *
 * @param {PartName[]} names the parts that are needed
 * @returns {Promise<void>} when they are all there
 * @throws {SetupError} when one cannot be installed here, saying what to do
 */
export async function setUp(names) {
  findCargo();
  const missing = names.map((name) => PARTS[name]).filter((part) => !part.isThere());
  /** @type {Part[]} */
  const left = [];
  for (const part of missing) {
    if (!(await part.install?.())) left.push(part);
  }
  // One installation for all of them: reading the lists of packages is the slow part.
  const packages = new Set(left.flatMap((part) => part.packages ?? []));
  const refusal = packages.size > 0 ? await installDebianPackages([...packages]) : undefined;
  const absent = missing.filter((part) => !part.canBeMissing && !part.isThere());
  if (absent.length === 0) return;
  const sentences = absent.map((part) => `${part.name}: missing. ${part.advice}`);
  throw new SetupError([refusal, ...sentences, 'Then run this again.'].filter(Boolean).join('\n'));
}

/** Adds rustup's usual folder to the PATH, which a shell opened before Rust was installed lacks. */
function findCargo() {
  const folder = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'bin');
  const path = process.env.PATH ?? '';
  if (existsSync(join(folder, 'cargo')) && !path.split(delimiter).includes(folder)) {
    process.env.PATH = `${folder}${delimiter}${path}`;
  }
}

/**
 * @param {string[]} packages names of Debian's packages
 * @returns {Promise<string | undefined>} why they could not be installed, or undefined when they were
 */
async function installDebianPackages(packages) {
  const byHand = `apt-get install ${packages.join(' ')}`;
  if (!answers('apt-get', '--version'))
    return 'This machine has no apt-get, so nothing was installed from a distribution.';
  const isRoot = process.getuid?.() === 0;
  // Without a terminal nobody could type a password: sudo must then do without.
  const sudo = isRoot ? [] : process.stdin.isTTY ? ['sudo'] : ['sudo', '-n'];
  if (!isRoot && !answers('sudo', '--version')) return `Not root and no sudo here: run \`${byHand}\` as root.`;
  const apt = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=120'];
  const steps = /** @type {[string, string[]][]} */ ([
    ['Finishing what an interrupted installation left', [...sudo, 'dpkg', '--configure', '-a']],
    ["Reading Debian's package lists", [...apt, 'update']],
    [`Installing ${packages.join(', ')}`, [...apt, 'install', '--yes', '--no-install-recommends', ...packages]],
  ]);
  for (const [title, command] of steps) {
    if (!(await succeeds(title, command)))
      return `\`${command.join(' ')}\` failed, see above: run \`${byHand}\` as root.`;
  }
  return undefined;
}

/** @returns {Promise<boolean>} whether the packages of the lock file are installed now */
async function installNpmPackages() {
  const command = ['npm', 'ci', '--no-audit', '--no-fund'];
  if (!(await succeeds('Installing npm packages', command))) return false;
  writeFileSync(LOCK_STAMP, lockDigest());
  return true;
}

/** @returns {string} changes when the lock file does */
function lockDigest() {
  return createHash('sha256').update(readFileSync(LOCK)).digest('hex');
}

/** @returns {boolean} whether one of the two toolchains that xtask/src/toolchain.rs knows is installed */
function hasWasmTarget() {
  const { stdout } = spawnSync('rustc', ['--print', 'target-libdir', '--target', WASM_TARGET], { encoding: 'utf8' });
  if (stdout && existsSync(stdout.trim())) return true;
  const files = ['/usr/bin/rustc', '/usr/bin/cargo', '/usr/lib/rustlib/src/rust/library'];
  return files.every((file) => existsSync(file)) && readdirSync('/usr/bin').some((name) => /^wasm-ld-\d+$/.test(name));
}

/**
 * @param {string} program
 * @param {...string} args
 * @returns {boolean} whether the program exists and exits with 0
 */
function answers(program, ...args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/**
 * @param {string} title
 * @param {string[]} command
 * @param {number} [timeoutMs]
 * @returns {Promise<boolean>} whether it worked; if not, the end of its output was shown
 */
async function succeeds(title, command, timeoutMs) {
  const { ok, output, seconds } = await run(title, command, { timeoutMs });
  const end = output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
  console.log(ok ? `${title}: done in ${seconds.toFixed(0)} s` : `${end}\n${title}: failed`);
  return ok;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await setUp(ALL_PARTS);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
