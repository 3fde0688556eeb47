// uBlock Origin's engine, as its author publishes it.

import { enableWASM, StaticNetFilteringEngine } from '@gorhill/ubo-core';
import { versionOf } from '../../lib/versions.js';

/** @import { Matcher, MatchingEngine } from '../../types.js' */

/** There can only be one in a process. */
const engine = await StaticNetFilteringEngine.create();

/** @type {Matcher} */
const matcher = {
  decide: (url, originURL, type) => engine.matchRequest({ originURL, url, type }),
  save: () => engine.serialize(),
};

/**
 * @param {boolean} withWasm whether its tries run as WebAssembly, as they do in Chromium's extension
 * @returns {MatchingEngine}
 */
export function uboCore(withWasm) {
  return {
    name: `ubo-core ${versionOf('@gorhill/ubo-core')}${withWasm ? ' with its WASM' : ', JS'}`,
    storesText: true,
    async prepare() {
      if (withWasm && !(await enableWASM())) throw new Error('ubo-core cannot run its WebAssembly here.');
    },
    async load(lists) {
      await engine.useLists(lists.map((raw, number) => ({ name: `list ${number}`, raw })));
      return matcher;
    },
    async restore(saved) {
      await engine.deserialize(/** @type {string} */ (saved));
      return matcher;
    },
  };
}

export default uboCore(false);
