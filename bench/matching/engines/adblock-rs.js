// Brave's engine: native code behind Node's interface for such.

import adblock from 'adblock-rs';
import { versionOf } from '../../lib/versions.js';

/** @import { Matcher, MatchingEngine } from '../../types.js' */

/** @type {MatchingEngine} */
export default {
  name: `adblock-rs ${versionOf('adblock-rs')}, native`,
  load(lists) {
    const filters = new adblock.FilterSet(false);
    // Cosmetic filters are left out, as in the other engines here.
    for (const list of lists) filters.addFilters(list, { rule_types: adblock.RuleTypes.NETWORK_ONLY });
    return matcherOf(new adblock.Engine(filters));
  },
  restore(saved) {
    const engine = new adblock.Engine(new adblock.FilterSet(false));
    const bytes = /** @type {Uint8Array} */ (saved);
    // It takes a whole buffer, of which a file that Node read may be a part.
    const whole = bytes.byteLength === bytes.buffer.byteLength;
    engine.deserialize(whole ? bytes.buffer : Uint8Array.from(bytes).buffer);
    return matcherOf(engine);
  },
};

/** @param {adblock.Engine} engine @returns {Matcher} */
function matcherOf(engine) {
  return {
    decide: (url, sourceUrl, type) => (engine.check(url, sourceUrl, type) ? 1 : 0),
    save: () => new Uint8Array(engine.serialize()),
  };
}
