/**
 * Loads the compiler of lists: a WebAssembly module apart, because a background that only decides does without. May be
 * used in dedicated workers, which have no extension API.
 */

import init, { __wbg_reset_state as beginAnew } from '../wasm/compiler.js';

/** Nothing of the module: whoever holds that holds its memory. @type {Promise<void> | undefined} */
let loading;

/**
 * @returns {Promise<void>} after which what `wasm/compiler.js` exports may be used
 * @throws {Error} if the file is missing; the next call tries again
 */
export function loadCompiler() {
  loading ??= init({ module_or_path: new URL('../wasm/compiler_bg.wasm', import.meta.url) }).then(
    () => undefined,
    (error) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/**
 * Gives back the memory that the compiler took, which grows with the lists and never shrinks by itself. What it made
 * must not be used any more.
 *
 * @returns {Promise<void>}
 */
export async function emptyCompiler() {
  await loading?.then(beginAnew, () => undefined); // who could not load it was told so
}
