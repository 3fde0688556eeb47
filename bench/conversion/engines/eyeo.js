// Adblock Plus' converter, line by line as its own program calls it. Cosmetic lines and comments are none of its
// business.

import { createConverter } from '@eyeo/webext-ad-filtering-solution/adblockpluscore/lib/dnr/index.js';
import { versionOf } from '../../lib/versions.js';

const NO_NETWORK_FILTER = /^$|^!|^\[|#[@?$%]*#/;

/** @type {import('../../types.js').ConvertingEngine} */
export default {
  name: `@eyeo/webext-ad-filtering-solution ${versionOf('@eyeo/webext-ad-filtering-solution')}, JS`,
  async convert(text) {
    const convert = createConverter({ isRegexSupported: () => true });
    const rules = [];
    let refused = 0;
    for (const line of text.split('\n')) {
      if (NO_NETWORK_FILTER.test(line)) continue;
      const made = await convert(line);
      // Some lines are read and come to no rule.
      if (made instanceof Error || made.length === 0) refused += 1;
      else rules.push(...made);
    }
    return { rules, refused };
  },
};
