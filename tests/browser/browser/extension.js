/** The extension under test: as this repository builds it. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where it lies; DETICK_EXTENSION names another folder, such as an unpacked package. */
export const EXTENSION_DIR = process.env.DETICK_EXTENSION || join(import.meta.dirname, '../../../extension');

/** What only the build writes; without it the extension would load and protect from nothing. */
const BUILT = ['wasm/detick_bg.wasm', 'wasm/compiler_bg.wasm', 'rules/block.json', 'rules/engine.bin'];

/**
 * @param {string} extensionDir
 * @throws {Error} if the extension there is not built
 */
export function requireBuilt(extensionDir) {
  const missing = BUILT.filter((file) => !existsSync(join(extensionDir, file)));
  if (missing.length > 0) {
    throw new Error(`The extension is not built (no ${missing.join(', ')}): run "cargo xtask build".`);
  }
}

/**
 * @param {string} extensionDir
 * @returns {chrome.runtime.Manifest}
 */
export function readManifest(extensionDir) {
  return JSON.parse(readFileSync(join(extensionDir, 'manifest.json'), 'utf8'));
}
