/**
 * The WebAssembly engine, restored once per life of a page or worker from the file that the build compiled.
 *
 * @import { Engine } from '../types.js'
 */

import { api } from '../shared/browser.js';
import init, { Engine as WasmEngine } from '../wasm/detick.js';
import { quickCheck } from './decide.js';

/** @type {Promise<Engine> | undefined} */
let restoring;

/** @type {Engine | undefined} */
let restored;

/**
 * The engine; the first call restores it, later ones share that. A failure is not remembered: the next call tries again.
 *
 * @returns {Promise<Engine>}
 * @throws {Error} if a file of the extension is missing or damaged.
 */
export function engine() {
  restoring ??= restore().catch((error) => {
    restoring = undefined;
    throw error;
  });
  return restoring;
}

/** The engine if it is there already: a request that need not wait should not. */
export function engineNow() {
  return restored;
}

async function restore() {
  const [image, { memory }] = await Promise.all([
    fetch(api.runtime.getURL('rules/engine.bin')).then((response) => response.arrayBuffer()),
    init({ module_or_path: api.runtime.getURL('wasm/detick_bg.wasm') }),
  ]);
  const quick = WasmEngine.restore(new Uint8Array(image));
  quick.check = quickCheck(quick, memory);
  restored = quick;
  return restored;
}
