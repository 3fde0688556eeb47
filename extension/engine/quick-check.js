/**
 * The fast path to a decision: most requests match no filter, and for those no object is created.
 *
 * Strings are encoded straight into the module's memory (a page's only when it differs from the last one), types and
 * methods are numbers, and the answer is a number. A verdict is created only for a request that a filter matches.
 *
 * @import { Engine, Verdict } from '../wasm/detick.js'
 */

import { inputOf } from './input.js';

/**
 * @param {Engine} engine
 * @param {WebAssembly.Memory} memory the module's
 * @returns {(url: string, sourceUrl: string, type: string, method: string, off?: number) => number} 0: no filter would
 *   stop it, 1: one does, 2: an exception lets it through, 3: a surrogate answers
 */
export function quickDecide(engine, memory) {
  const typeNumber = remembering((name) => engine.typeNumber(name));
  const methodNumber = remembering((name) => engine.methodNumber(name || 'GET'));
  const write = inputOf(engine, memory);
  /** @type {string | undefined} */
  let page;
  return (url, sourceUrl, type, method, off = 0) => {
    if (sourceUrl !== page) {
      engine.setPage(write(sourceUrl).written);
      page = sourceUrl;
    }
    return engine.decide(write(url).written, typeNumber(type), methodNumber(method), off);
  };
}

/**
 * @template [V=Verdict]
 * @param {Engine} engine
 * @param {WebAssembly.Memory} memory the module's
 * @param {(verdict: Verdict) => V} [told] what to tell of a request that a filter matches: if not said, the verdict
 * @returns {(url: string, sourceUrl: string, type: string, method: string, off?: number) => V | undefined} as
 *   `engine.check`
 */
export function quickCheck(engine, memory, told = (verdict) => /** @type {V} */ (verdict)) {
  const decide = quickDecide(engine, memory);
  return (url, sourceUrl, type, method, off) => {
    if (decide(url, sourceUrl, type, method, off) === 0) return undefined;
    const verdict = engine.explain();
    return verdict && told(verdict);
  };
}

/** @param {(name: string) => number} find @returns {(name: string) => number} asks once for each of the first names */
function remembering(find) {
  /** @type {Map<string, number>} */
  const known = new Map();
  let last = '';
  let lastNumber = find(last);
  return (name) => {
    // Most requests have the type and the method of the one before.
    if (name === last) return lastNumber;
    let number = known.get(name);
    if (number === undefined) {
      number = find(name);
      // Browsers have a dozen names for types; a page can make up methods.
      if (known.size < 64) known.set(name, number);
    }
    [last, lastNumber] = [name, number];
    return number;
  };
}
