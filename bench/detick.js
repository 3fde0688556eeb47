// Detick's WebAssembly in Node: an instance that matches, and others that build and are thrown away.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import init from '../extension/wasm/detick.js';

const ROOT = join(import.meta.dirname, '..');
const MODULE = join(ROOT, 'extension/wasm/detick_bg.wasm');
const COMPILER = join(ROOT, 'extension/wasm/compiler_bg.wasm');
const GLUE = '../extension/wasm/compiler.js';
/** More than any list needs: what converters make is compared, not what one browser takes of it. */
const BUDGET = { rules: 300_000, unsafe: 300_000, regex: 300_000 };

/** @type {WebAssembly.Module} */
let compiled;
/** @type {Uint8Array} */
let empty;
/** @type {WebAssembly.Memory} */
let used;
let instances = 0;

/** Compiles both modules and makes the instance that matches. */
export async function prepareDetick() {
  compiled = await WebAssembly.compile(readFileSync(COMPILER));
  empty = readFileSync(join(ROOT, '.cache/bench/empty/engine.bin'));
  ({ memory: used } = await init({ module_or_path: readFileSync(MODULE) }));
}

/** @returns {WebAssembly.Memory} of the instance that matches */
export function memory() {
  return used;
}

/**
 * @param {string[]} lists
 * @returns {Promise<Uint8Array>} the image of an engine with these lists
 */
export async function buildImage(lists) {
  const compilation = await compile(lists);
  return compilation.image();
}

/**
 * @param {string[]} lists
 * @returns {Promise<import('../extension/wasm/compiler.js').Compilation>} of an instance of its own
 */
export async function compile(lists) {
  // Another address is another instance of the glue, with a memory of its own.
  const glue = await import(`${GLUE}?${instances++}`);
  await glue.default({ module_or_path: compiled });
  const compiler = new glue.Compiler(empty, 'chromium');
  const encoder = new TextEncoder();
  lists.forEach((text, number) => {
    compiler.add(`list-${number}.txt`, encoder.encode(text), { trusted: true, own: false });
  });
  return compiler.compile(BUDGET);
}
