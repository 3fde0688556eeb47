/**
 * The quick way into the engine: most requests are nobody's business, and for those no object crosses the boundary.
 *
 * Strings are encoded straight into the module's memory, a page only when it is another than before, types and methods
 * are numbers, and the answer is yes or no. Only for a yes is the verdict made into an object.
 *
 * @import { Engine, Verdict } from '../wasm/detick.js'
 */

const encoder = new TextEncoder();

/**
 * @param {Engine} engine
 * @param {WebAssembly.Memory} memory the module's
 * @returns {(url: string, sourceUrl: string, type: string, method: string, off?: number) => Verdict | undefined} as
 *   `engine.check`
 */
export function quickCheck(engine, memory) {
  const typeNumber = remembering((name) => engine.typeNumber(name));
  const methodNumber = remembering((name) => engine.methodNumber(name || 'GET'));
  const { input, inputSize } = engine;
  let view = new Uint8Array(memory.buffer, input, inputSize);
  /** @type {string | undefined} */
  let page;

  /** @param {string} text @returns {number} how many bytes it has, of those that fit */
  function write(text) {
    // A memory that has grown is another buffer, and the old one is empty.
    if (view.byteLength === 0) view = new Uint8Array(memory.buffer, input, inputSize);
    return encoder.encodeInto(text, view).written;
  }

  return (url, sourceUrl, type, method, off = 0) => {
    if (sourceUrl !== page) {
      engine.setPage(write(sourceUrl));
      page = sourceUrl;
    }
    return engine.decide(write(url), typeNumber(type), methodNumber(method), off) ? engine.explain() : undefined;
  };
}

/** @param {(name: string) => number} find @returns {(name: string) => number} asks once for each of the first names */
function remembering(find) {
  /** @type {Map<string, number>} */
  const known = new Map();
  return (name) => {
    const number = known.get(name) ?? find(name);
    // Browsers have a dozen names for types; a page can make up methods.
    if (known.size < 64) known.set(name, number);
    return number;
  };
}
