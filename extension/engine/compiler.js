/**
 * Loads the compiler of lists: a WebAssembly module apart, because a background that only decides does without. May be
 * used in dedicated workers, which have no extension API.
 *
 * @import { InitOutput } from '../wasm/compiler.js'
 */

import init from '../wasm/compiler.js';

/** @type {Promise<InitOutput> | undefined} */
let loading;

/**
 * @returns {Promise<InitOutput>} after which what `wasm/compiler.js` exports may be used
 * @throws {Error} if the file is missing; the next call tries again
 */
export function loadCompiler() {
  loading ??= init({ module_or_path: new URL('../wasm/compiler_bg.wasm', import.meta.url) }).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
