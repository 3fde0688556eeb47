// Lists out of packages, by the packages' own clients, kept in a folder that is no part of the repository.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is fetched and made for the bench. */
export const CACHE = join(import.meta.dirname, '../../.cache/bench');

const ADVICE = 'Connect to the network, or name a folder that has corpora/ with the lists in DETICK_SHARED.';

const DEBIAN_PACKAGE = 'webext-ublock-origin-firefox';
/** Where its lists are, below `assets/`. */
const IN_DEBIAN = new Map([
  ['easylist.txt', 'thirdparties/easylist/easylist.txt'],
  ['easyprivacy.txt', 'thirdparties/easylist/easyprivacy.txt'],
  ['ubo-filters.txt', 'ublock/filters.min.txt'],
  ['ubo-privacy.txt', 'ublock/privacy.min.txt'],
  ['ubo-badware.txt', 'ublock/badware.min.txt'],
]);

const NPM_PACKAGE = '@adguard/dnr-rulesets@3.3.20260320140136';
/** The lists' numbers in it. */
const IN_NPM = new Map([
  ['adguard-base.txt', 2],
  ['adguard-tracking.txt', 3],
  ['adguard-social.txt', 4],
  ['adguard-url-tracking.txt', 17],
  ['adguard-russian.txt', 1],
  ['adguard-french.txt', 16],
  ['urlhaus.txt', 208],
  ['adguard-chinese.txt', 224],
  ['indianlist.txt', 253],
  ['phishing.txt', 255],
  ['dandelion-anti-malware.txt', 259],
]);

const CRATE = { name: 'clearurls', version: '0.0.7', file: 'data.minify.json' };

/** @typedef {{ file: string, from: string }} Fetched */

/**
 * @param {string} name of a list
 * @returns {Fetched | undefined} nothing when no package is known to have it
 * @throws {Error} when its package cannot be had, saying what to do
 */
export function fetchList(name) {
  if (IN_DEBIAN.has(name))
    return { file: join(debian(), IN_DEBIAN.get(name) ?? ''), from: `Debian's ${DEBIAN_PACKAGE}` };
  const number = IN_NPM.get(name);
  return number === undefined ? undefined : { file: adGuard(name, number), from: `npm's ${NPM_PACKAGE}` };
}

/**
 * @returns {Fetched} the rules of ClearURLs, as JSON
 * @throws {Error} when they cannot be had, saying what to do
 */
export function fetchClearUrls() {
  const folder = once('clearurls', (folder) => {
    const { name, version } = CRATE;
    const manifest = ['[package]', 'name = "rules"', '[workspace]', '[dependencies]', `${name} = "=${version}"`];
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src/lib.rs'), '');
    writeFileSync(join(folder, 'Cargo.toml'), manifest.join('\n'));
    client(folder, 'cargo', 'vendor', '--quiet', 'vendor');
  });
  const from = `crates.io's ${CRATE.name} ${CRATE.version}`;
  return { file: join(folder, 'vendor', CRATE.name, CRATE.file), from };
}

/** @returns {string} the folder of its lists */
function debian() {
  const folder = once('debian', (folder) => {
    try {
      client(folder, 'apt-get', 'download', DEBIAN_PACKAGE);
    } catch {
      // A fresh machine has not read the lists of packages yet.
      client(folder, 'apt-get', 'update');
      client(folder, 'apt-get', 'download', DEBIAN_PACKAGE);
    }
    client(folder, 'dpkg-deb', '--extract', theOnly(folder, '.deb'), '.');
  });
  const extensions = join(folder, 'usr/share/mozilla/extensions');
  return join(extensions, readdirSync(extensions)[0] ?? '', 'uBlock0@raymondhill.net/assets');
}

/** @param {string} name @param {number} number @returns {string} the file of a list */
function adGuard(name, number) {
  const folder = once('adguard', (folder) => client(folder, 'npm', 'pack', '--silent', NPM_PACKAGE));
  const file = join(folder, name);
  if (!existsSync(file)) {
    const packed = `package/dist/filters/declarative/ruleset_${number}/ruleset_${number}.json`;
    const text = client(folder, 'tar', '--extract', '--to-stdout', '--file', theOnly(folder, '.tgz'), packed);
    writeFileSync(file, JSON.parse(text)[0].metadata.rawFilterList);
  }
  return file;
}

/**
 * @param {string} name
 * @param {(folder: string) => unknown} fill
 * @returns {string} a folder of the cache, which is there as a whole or not at all
 */
function once(name, fill) {
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  const half = `${folder}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  console.error(`Fetching ${name} …`);
  fill(half);
  renameSync(half, folder);
  return folder;
}

/** @param {string} folder @param {string} program @param {...string} args @returns {string} what it printed */
function client(folder, program, ...args) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status === 0) return stdout;
  const why = error?.message ?? stderr.trimEnd().split('\n').slice(-3).join('\n');
  throw new Error(`\`${[program, ...args].join(' ')}\` failed. ${ADVICE}\n${why}`);
}

/** @param {string} folder @param {string} ending @returns {string} the name of its file that ends so */
function theOnly(folder, ending) {
  return readdirSync(folder).find((name) => name.endsWith(ending)) ?? '';
}
