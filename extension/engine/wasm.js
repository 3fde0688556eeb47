/**
 * Loads the engine that decides, once per life of a page or worker.
 *
 * @import { InitOutput } from '../wasm/detick.js'
 */

import init from '../wasm/detick.js';

/** @type {Promise<InitOutput> | undefined} */
let loading;

/**
 * @returns {Promise<InitOutput>} after which what `wasm/detick.js` exports may be used
 * @throws {Error} if the file is missing; the next call tries again
 */
export function loadWasm() {
  loading ??= init({ module_or_path: new URL('../wasm/detick_bg.wasm', import.meta.url) }).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
