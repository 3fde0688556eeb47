// Detick as the extension runs it: WebAssembly, through the extension's own quick way in.

import { quickCheck, quickDecide } from '../../extension/background/decide.js';
import { Engine } from '../../extension/wasm/detick.js';
import { buildImage, memory, prepareDetick } from '../detick.js';

/** A stand-in that answers stops the request too. */
const DECISIONS = /** @type {const} */ ([0, 1, 2, 1]);
const ACTIONS = /** @type {const} */ ({ block: 1, redirect: 1, allow: 2 });

/**
 * @param {boolean} explains whether each hit is explained too: its list, line and company, as an object
 * @returns {import('../types.js').MatchingEngine}
 */
export function detick(explains) {
  return {
    name: `**Detick**, WASM${explains ? ', with the line of each hit' : ''}`,
    prepare: prepareDetick,
    async load(lists) {
      // As the extension does it: built in an instance that is thrown away, whose memory would never shrink.
      const image = await buildImage(lists);
      const engine = Engine.restore(image);
      const [decide, check] = [quickDecide(engine, memory()), quickCheck(engine, memory())];
      return {
        decide: explains
          ? (url, sourceUrl, type) => ACTIONS[check(url, sourceUrl, type, 'GET')?.action] ?? 0
          : (url, sourceUrl, type) => DECISIONS[decide(url, sourceUrl, type, 'GET')],
        save: () => image,
        restore: (saved) => Engine.restore(saved).free(),
      };
    },
  };
}

export default detick(false);
