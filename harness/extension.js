/** The extension under test: as this repository builds it. A module that has changed since is joined into it anew. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JOINED, joinExtension, SOURCE } from '../scripts/join.mjs';

/** What only the build writes; without it the extension would load and protect from nothing. */
const BUILT = ['wasm/detick_bg.wasm', 'wasm/compiler_bg.wasm', 'rules/block.json', 'rules/engine.bin'];

/** Where it lies; DETICK_EXTENSION names another folder, such as an unpacked package. */
export const EXTENSION_DIR = process.env.DETICK_EXTENSION || JOINED;

if (EXTENSION_DIR === JOINED && missingIn(SOURCE).length === 0) await joinExtension();

/**
 * @param {string} extensionDir
 * @throws {Error} if the extension there is not built
 */
export function requireBuilt(extensionDir) {
  const missing = missingIn(extensionDir);
  if (missing.length > 0) {
    throw new Error(`The extension is not built (no ${missing.join(', ')}): run "cargo xtask build".`);
  }
}

/** @param {string} dir @returns {string[]} */
function missingIn(dir) {
  return BUILT.filter((file) => !existsSync(join(dir, file)));
}

/**
 * @param {string} extensionDir
 * @returns {chrome.runtime.Manifest}
 */
export function readManifest(extensionDir) {
  return JSON.parse(readFileSync(join(extensionDir, 'manifest.json'), 'utf8'));
}
