// AdGuard's `$removeparam`, rule after rule, as its extension applies them.

import { Engine, Request, RequestType } from '@adguard/tsurlfilter';
import { versionOf } from '../../lib/versions.js';

/** @import { CleaningEngine } from '../../types.js' */

/** @type {CleaningEngine} */
export default {
  name: `@adguard/tsurlfilter ${versionOf('@adguard/tsurlfilter')}, JS, AdGuard's list`,
  load({ list }) {
    const engine = Engine.createSync({ filters: [{ id: 1, content: list, ignoreCosmetic: true }] });
    return {
      clean(link) {
        const request = new Request(link, link, RequestType.Document);
        const rules = engine.matchRequest(request).getRemoveParamRules();
        const removing = rules.filter((rule) => !rule.isAllowlist());
        return removing.reduce((url, rule) => rule.getAdvancedModifier()?.removeParameters(url) ?? url, link);
      },
    };
  },
};
