// A copy of the repository in which things may be broken: the working tree stays as it is.

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '../setup.mjs';

/** Inside the repository's own folder, so that Node finds `node_modules` above it. */
export const TREE = join(ROOT, '.cache/defences/tree');

/** What the build has written: the copy is not built again. */
const BUILT = ['extension/wasm', 'extension/rules'];

/**
 * Makes the copy the same as the working tree. Equal files are left alone, so that cargo compiles only what has
 * changed.
 */
export function refresh() {
  const files = new Set([...tracked(), ...BUILT.flatMap((folder) => below(folder))]);
  for (const file of existsSync(TREE) ? below('', TREE) : []) if (!files.has(file)) rmSync(join(TREE, file));
  for (const file of files) if (!isSame(file)) copy(file);
}

/** @returns {string[]} what git knows, or would take */
function tracked() {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const names = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0');
  return names.filter((name) => name !== '' && existsSync(join(ROOT, name)));
}

/**
 * @param {string} folder
 * @param {string} [root]
 * @returns {string[]} the files below a folder, by their paths below the root
 */
function below(folder, root = ROOT) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** @param {string} file */
function isSame(file) {
  const there = join(TREE, file);
  return existsSync(there) && readFileSync(there).equals(readFileSync(join(ROOT, file)));
}

/** @param {string} file */
function copy(file) {
  mkdirSync(dirname(join(TREE, file)), { recursive: true });
  copyFileSync(join(ROOT, file), join(TREE, file));
}

/**
 * Does something while a text in the copy is another one.
 *
 * @template T
 * @param {{file: string, text: string, without: string}} change the text stands once in the file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function changed({ file, text, without }, work) {
  const path = join(TREE, file);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    whole.replace(text, () => without),
  );
  try {
    return await work();
  } finally {
    writeFileSync(path, whole);
  }
}
