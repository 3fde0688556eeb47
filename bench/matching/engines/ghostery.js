// Ghostery's engine. Without cosmetic filters, which the others here do not load either.

import { FiltersEngine, Request } from '@ghostery/adblocker';
import { versionOf } from '../../lib/versions.js';

/** @import { Matcher, MatchingEngine } from '../../types.js' */

/** @type {MatchingEngine} */
export default {
  name: `@ghostery/adblocker ${versionOf('@ghostery/adblocker')}, JS`,
  load: (lists) => matcherOf(FiltersEngine.parse(lists.join('\n'), { loadCosmeticFilters: false })),
  restore: (saved) => matcherOf(FiltersEngine.deserialize(/** @type {Uint8Array} */ (saved))),
};

/** @param {FiltersEngine} engine @returns {Matcher} */
function matcherOf(engine) {
  return {
    decide(url, sourceUrl, type) {
      const { match, exception } = engine.match(Request.fromRawDetails({ url, sourceUrl, type }));
      if (match) return 1;
      return exception === undefined ? 0 : 2;
    },
    save: () => engine.serialize(),
  };
}
