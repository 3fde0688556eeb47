// Detick's WebAssembly in Node, as the extension has it: one instance that decides and cleans, and others, of another
// module, that compile lists and are thrown away, because WebAssembly's memory never shrinks.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import init from '../../extension/wasm/detick.js';
import { timed } from './measure.js';

/** @import { Compilation } from '../../extension/wasm/compiler.js' */

const ROOT = join(import.meta.dirname, '../..');
const MODULE = join(ROOT, 'extension/wasm/detick_bg.wasm');
const COMPILER = join(ROOT, 'extension/wasm/compiler_bg.wasm');
const GLUE = '../../extension/wasm/compiler.js';
/** More than any list needs: what converters make is compared, not what one browser takes of it. */
const BUDGET = { rules: 1_000_000, unsafe: 1_000_000, regex: 1_000_000 };

/** @type {WebAssembly.Module} */
let compiled;
let instances = 0;

/**
 * Compiles both modules and makes the instance that decides.
 *
 * @returns {Promise<WebAssembly.Memory>} its memory
 */
export async function prepareDetick() {
  compiled = await WebAssembly.compile(readFileSync(COMPILER));
  const { memory } = await init({ module_or_path: readFileSync(MODULE) });
  return memory;
}

/**
 * @param {string[]} lists
 * @returns {Promise<{ compilation: Compilation, milliseconds: number }>} of an instance of its own; `milliseconds` are
 *   those that went into the browser's rules
 */
export async function compile(lists) {
  // Another address is another instance of the glue, with a memory of its own.
  const glue = await import(`${GLUE}?${instances++}`);
  await glue.default({ module_or_path: compiled });
  const compiler = new glue.Compiler(readFileSync(join(ROOT, '.cache/bench/empty/engine.bin')), 'chromium');
  const encoder = new TextEncoder();
  lists.forEach((text, number) => {
    compiler.add(`list-${number}.txt`, encoder.encode(text), { trusted: true, own: false });
  });
  const { value, milliseconds } = await timed(() => compiler.compile(BUDGET));
  return { compilation: value, milliseconds };
}
