// uBlock Origin's engine, as its author publishes it.

import { enableWASM, StaticNetFilteringEngine } from '@gorhill/ubo-core';
import { versionOf } from '../versions.js';

/** @import { MatchingEngine } from '../types.js' */

/** @type {StaticNetFilteringEngine} */
let engine;

/**
 * @param {boolean} withWasm whether its tries run as WebAssembly, as they do in Chromium's extension
 * @returns {MatchingEngine}
 */
export function uboCore(withWasm) {
  return {
    name: `ubo-core ${versionOf('@gorhill/ubo-core')}${withWasm ? ' with its WASM' : ', JS'}`,
    async prepare() {
      engine = await StaticNetFilteringEngine.create();
      if (withWasm && !(await enableWASM())) throw new Error('ubo-core cannot run its WebAssembly here.');
    },
    async load(lists) {
      await engine.useLists(lists.map((raw, number) => ({ name: `list ${number}`, raw })));
      return {
        decide: (url, originURL, type) => engine.matchRequest({ originURL, url, type }),
        save: async () => new TextEncoder().encode(await engine.serialize()),
        restore: (saved) => engine.deserialize(new TextDecoder().decode(saved)),
      };
    },
  };
}

export default uboCore(false);
