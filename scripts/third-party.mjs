// Writes THIRD_PARTY.md and docs/sbom.cdx.json: whose work ships in the packages, and under which licence.
//
// `node scripts/third-party.mjs` writes them; a test compares them with what the lock files say.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './setup.mjs';

/** @typedef {{name: string, version: string, licence: string}} Part */

/** What cargo does not know of: parts that are not crates. */
const OTHERS = [
  { name: "Rust's standard library", licence: 'MIT OR Apache-2.0', what: 'compiled into the engine' },
  {
    name: 'Public Suffix List',
    licence: 'MPL-2.0',
    what: 'compiled into the engine, in a form of our own; `data/` holds it whole',
  },
];

/** Licences that may ship in a package under GPL-3.0-or-later. */
const GOOD = new Set(['MIT', 'Apache-2.0', 'Unicode-3.0', 'Unlicense', 'BSD-3-Clause', 'Zlib', 'MPL-2.0']);

/**
 * @returns {Part[]} the crates that are compiled into the engine, by name
 * @throws {Error} if cargo cannot read the lock file
 */
export function shippedCrates() {
  return crates('wasm32-unknown-unknown', ['--no-default-features', '--features', 'wasm-engine,wasm-compiler']);
}

/**
 * @param {string} target for which it is built
 * @returns {Part[]} the crates that are compiled into the command line, by name
 * @throws {Error} if cargo cannot read the lock file
 */
export function commandLineCrates(target) {
  return crates(target, []);
}

/** @param {string} target @param {string[]} features @returns {Part[]} by name */
function crates(target, features) {
  const what = ['--package', 'detick', '--target', target, ...features];
  const how = ['--edges', 'normal,no-proc-macro', '--prefix', 'none', '--format', '{p}|{l}', '--locked'];
  const tree = execFileSync('cargo', ['tree', ...what, ...how], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const parts = tree.split('\n').flatMap((line) => {
    const [, name = '', version = '', licence = ''] =
      /^(\S+) v(\S+)[^|]*\|([^(*]*(?:\([^*)]*\)[^(*]*)*)/.exec(line) ?? [];
    return name === '' || name === 'detick' ? [] : [{ name, version, licence: licence.trim() }];
  });
  const byName = new Map(parts.map((part) => [`${part.name} ${part.version}`, part]));
  return [...byName.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** @returns {Part[]} the packages of npm that are joined into pages, by name */
export function shippedPackages() {
  /** @type {{ packages: Record<string, { version: string, license?: string, dev?: boolean }> }} */
  const { packages } = JSON.parse(current('package-lock.json'));
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { version, license = '' }]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      version,
      licence: license,
    }));
}

/**
 * Whether one of the licences that a part offers may ship.
 *
 * @param {string} licence an SPDX expression
 */
export function mayShip(licence) {
  return licence.split(' AND ').every((part) =>
    part
      .replace(/[()]/g, '')
      .split(' OR ')
      .some((name) => GOOD.has(name)),
  );
}

/** @param {Part[]} crates @param {Part[]} packages @returns {string} THIRD_PARTY.md */
export function asText(crates, packages) {
  const rows = (/** @type {Part[]} */ parts) =>
    parts.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`).join('\n');
  const others = OTHERS.map(({ name, licence, what }) => `| ${name} | ${licence} | ${what} |`);
  return `# Work of others in Detick

Written by \`node scripts/third-party.mjs\` from Cargo.lock and package-lock.json.

The engine and the compiler of lists (\`wasm/*_bg.wasm\` and their glue) are made of Detick's own source and these crates:

| crate | version | licence |
|---|---|---|
${rows(crates)}

Pages are drawn with \`preact\`, and own lines are edited with CodeMirror, which the other packages from npm belong to; \`licences/\` in the
packages has their licences. Whatever else is installed from there builds and tests.

| package | version | licence |
|---|---|---|
${rows(packages)}

Besides:

| part | licence | where |
|---|---|---|
${others.join('\n')}
`;
}

/**
 * What THIRD_PARTY.md says, as CycloneDX.
 *
 * @param {Part[]} crates
 * @param {Part[]} packages
 * @param {string} [version] of Detick, in a release
 * @returns {string}
 */
export function asBillOfMaterials(crates, packages, version) {
  const listed = (/** @type {string} */ registry, /** @type {Part[]} */ parts) =>
    parts.map(({ name, version, licence }) => ({
      type: 'library',
      name,
      version,
      purl: `pkg:${registry}/${name}@${version}`,
      licenses: [{ expression: licence }],
    }));
  const components = [...listed('cargo', crates), ...listed('npm', packages)];
  const subject = { type: 'application', name: 'detick', version, licenses: [{ expression: 'GPL-3.0-or-later' }] };
  const bill = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component: subject }, components };
  return `${JSON.stringify(bill, undefined, 2)}\n`;
}

/** The two generated files with what they should hold. @returns {[string, string][]} path below the root, text */
export function files() {
  const [crates, packages] = [shippedCrates(), shippedPackages()];
  return [
    ['THIRD_PARTY.md', asText(crates, packages)],
    ['docs/sbom.cdx.json', asBillOfMaterials(crates, packages)],
  ];
}

/** @param {string} path below the root @returns {string} */
export const current = (path) => readFileSync(join(ROOT, path), 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of files()) writeFileSync(join(ROOT, path), text);
}
