// Detick as the extension runs it: WebAssembly, through the extension's own quick way in.

import { quickCheck, quickDecide } from '../../../extension/engine/quick-check.js';
import { Engine } from '../../../extension/wasm/detick.js';
import { compile, prepareDetick } from '../../lib/detick.js';

/** @import { Matcher, MatchingEngine } from '../../types.js' */

/** A surrogate that answers stops the request too. */
const DECISIONS = /** @type {const} */ ([0, 1, 2, 1]);
const ACTIONS = /** @type {const} */ ({ block: 1, redirect: 1, allow: 2, none: 0 });

/** @type {WebAssembly.Memory} */
let memory;

/**
 * @param {boolean} explains whether each hit is explained too: its list, the number of the line and the
 *   company, as an object
 * @returns {MatchingEngine}
 */
export function detick(explains) {
  return {
    name: `**Detick**, WASM${explains ? ', with list and line of each hit' : ''}`,
    async prepare() {
      memory = await prepareDetick();
    },
    async load(lists) {
      const { compilation, milliseconds } = await compile(lists);
      const image = compilation.image();
      return { ...matcherOf(image, explains), save: () => image, aside: milliseconds };
    },
    restore: (saved) => matcherOf(asInBrowser(/** @type {Uint8Array} */ (saved)), explains),
  };
}

/**
 * A piece cut out of one of Node's own buffers keeps the whole alive; a browser's database gives plain bytes.
 *
 * @param {Uint8Array} buffer
 */
const asInBrowser = ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength);

/** @param {Uint8Array} image @param {boolean} explains @returns {Matcher} */
function matcherOf(image, explains) {
  const engine = Engine.restore(image, 'chromium');
  const [decide, check] = [quickDecide(engine, memory), quickCheck(engine, memory)];
  return {
    decide: explains
      ? (url, sourceUrl, type) => ACTIONS[check(url, sourceUrl, type, 'GET')?.action ?? 'none']
      : (url, sourceUrl, type) => DECISIONS[decide(url, sourceUrl, type, 'GET')] ?? 0,
    free: () => engine.free(),
  };
}

export default detick(false);
