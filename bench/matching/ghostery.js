// Ghostery's engine. Without cosmetic filters, which the others here do not load either.

import { FiltersEngine, Request } from '@ghostery/adblocker';
import { versionOf } from '../versions.js';

/** @type {import('../types.js').MatchingEngine} */
export default {
  name: `@ghostery/adblocker ${versionOf('@ghostery/adblocker')}, JS`,
  load(lists) {
    const engine = FiltersEngine.parse(lists.join('\n'), { loadCosmeticFilters: false });
    return {
      decide(url, sourceUrl, type) {
        const { match, exception } = engine.match(Request.fromRawDetails({ url, sourceUrl, type }));
        if (match) return 1;
        return exception === undefined ? 0 : 2;
      },
      save: () => engine.serialize(),
      restore: (saved) => FiltersEngine.deserialize(saved),
    };
  },
};
