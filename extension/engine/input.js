/**
 * The one buffer in the engine's memory through which texts go in: encoded straight into it, nothing is allocated.
 *
 * @import { Engine } from '../wasm/detick.js'
 */

const encoder = new TextEncoder();

/**
 * @param {Engine} engine
 * @param {WebAssembly.Memory} memory the module's
 * @returns {(text: string) => {read: number, written: number}} writes a text; how many of its UTF-16 units fitted, in
 *   how many bytes
 */
export function inputOf(engine, memory) {
  const { input, inputSize } = engine;
  let view = new Uint8Array(memory.buffer, input, inputSize);
  return (text) => {
    // A memory that has grown is another buffer, and the old one is empty.
    if (view.byteLength === 0) view = new Uint8Array(memory.buffer, input, inputSize);
    return encoder.encodeInto(text, view);
  };
}
