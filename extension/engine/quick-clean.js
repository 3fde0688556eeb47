/**
 * The quick way to a clean link: the link goes in through one buffer, and what was done to it comes back in another.
 *
 * Most links are clean already: then the very string that was given comes back, and nothing is read.
 *
 * @import { Cleaned, CleanOptions, Engine } from '../wasm/detick.js'
 */

import { inputOf } from './input.js';

const decoder = new TextDecoder();

/** Numbers of the tiers, as the engine takes them. */
const TIERS = { navigation: 1, share: 3 };
const REFERRAL = 4;

/**
 * @param {Engine} engine
 * @param {WebAssembly.Memory} memory the module's
 * @returns {(url: string, options: CleanOptions) => Cleaned} as `engine.clean`
 */
export function quickClean(engine, memory) {
  const clean = engine.clean.bind(engine);
  const write = inputOf(engine, memory);
  return (url, options) => {
    // Kept parameters are rare, and so is a link that does not fit.
    if (options.keep.length > 0) return clean(url, options);
    const { read, written } = write(url);
    if (read < url.length) return clean(url, options);
    const tiers = TIERS[options.tier] | (options.referral ? REFERRAL : 0);
    if (!engine.cleanInput(written, tiers)) return { url, removed: [], unwrapped: [] };
    return readCleaned(engine, memory);
  };
}

/**
 * Reads what `cleanInput` left: how many parameters were removed, how many redirectors unwrapped, and then the lengths
 * of all texts, which follow each other in one.
 *
 * @param {Engine} engine
 * @param {WebAssembly.Memory} memory
 * @returns {Cleaned}
 */
function readCleaned(engine, memory) {
  const text = decoder.decode(new Uint8Array(memory.buffer, engine.outputText, engine.outputTextSize));
  const numbers = new Uint32Array(memory.buffer, engine.outputNumbers, engine.outputNumbersSize);
  let at = 2;
  let end = 0;
  const next = () => {
    const start = end;
    end += numbers[at++] ?? 0;
    return text.slice(start, end);
  };
  // Loops, because `Array.from` with a function is slower: a twentieth of a link in Node.
  const url = next();
  const removed = [];
  for (let left = numbers[0] ?? 0; left > 0; left--) removed.push({ name: next(), rule: next(), why: next() });
  const unwrapped = [];
  for (let left = numbers[1] ?? 0; left > 0; left--) unwrapped.push(next());
  return { url, removed, unwrapped };
}
