// Detick's compiler as the extension runs it: WebAssembly, in an instance of its own that is thrown away.

import { compile, prepareDetick } from '../../lib/detick.js';

/** @type {import('../../types.js').ConvertingEngine} */
export default {
  name: '**Detick**, WASM',
  async prepare() {
    await prepareDetick();
  },
  async convert(list) {
    const { compilation } = await compile([list]);
    const { block, surrogates, links, headers } = JSON.parse(compilation.rules());
    const { lists } = compilation.report();
    const refused = lists.reduce((sum, { refused, unread, unprivileged }) => sum + refused + unread + unprivileged, 0);
    return { rules: [...block, ...surrogates, ...links, ...headers], refused };
  },
};
