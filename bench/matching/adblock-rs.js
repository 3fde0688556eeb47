// Brave's engine: native code behind Node's interface for such.

import { versionOf } from '../versions.js';

/** @type {typeof import('adblock-rs')} */
let adblock;

/** @type {import('../types.js').MatchingEngine} */
export default {
  name: `adblock-rs ${versionOf('adblock-rs')}, native`,
  async prepare() {
    adblock = (await import('adblock-rs')).default;
  },
  load(lists) {
    const filters = new adblock.FilterSet(false);
    // Cosmetic filters are left out, as in the other engines here.
    for (const list of lists) filters.addFilters(list, { rule_types: adblock.RuleTypes.NETWORK_ONLY });
    const engine = new adblock.Engine(filters);
    return {
      decide: (url, sourceUrl, type) => (engine.check(url, sourceUrl, type) ? 1 : 0),
      save: () => new Uint8Array(engine.serialize()),
      restore: (saved) => engine.deserialize(saved.buffer),
    };
  },
};
