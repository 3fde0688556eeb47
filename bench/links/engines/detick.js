// Detick as the extension cleans a link that is to be shared: WebAssembly, through the extension's own quick way in.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quickClean } from '../../../extension/engine/quick-clean.js';
import { Engine } from '../../../extension/wasm/detick.js';
import { compile, prepareDetick } from '../../lib/detick.js';

/** @import { CleaningEngine } from '../../types.js' */

const FILTERS = join(import.meta.dirname, '../../../filters');
const OPTIONS = { tier: /** @type {const} */ ('share'), referral: false, keep: [] };

/** @type {WebAssembly.Memory} */
let memory;

/**
 * @param {string} name
 * @param {(lists: string[]) => string[]} choose the lists to clean with, of AdGuard's that is given
 * @returns {CleaningEngine}
 */
export function detick(name, choose) {
  return {
    name,
    async prepare() {
      memory = await prepareDetick();
    },
    async load({ list }) {
      const { compilation, milliseconds } = await compile(choose([list]));
      const clean = quickClean(Engine.restore(compilation.image(), 'chromium'), memory);
      return { clean: (link) => clean(link, OPTIONS).url, aside: milliseconds };
    },
  };
}

export default detick('**Detick**, WASM, its own lists', () =>
  ['links.txt', 'share.txt'].map((file) => readFileSync(join(FILTERS, file), 'utf8')),
);
