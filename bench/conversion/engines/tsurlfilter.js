// AdGuard's converter: the last version that has it.

import { FilterList } from 'adguard-converter';
import { DeclarativeFilterConverter, Filter } from 'adguard-converter/es/declarative-converter';
import { versionOf } from '../../lib/versions.js';

/** @type {import('../../types.js').ConvertingEngine} */
export default {
  name: `@adguard/tsurlfilter ${versionOf('adguard-converter')}, JS`,
  async convert(text) {
    const filter = new Filter(1, { getContent: async () => new FilterList(text) }, true);
    const converter = new DeclarativeFilterConverter();
    const { ruleSet, errors } = await converter.convertStaticRuleSet(filter, { resourcesPath: '/surrogates' });
    return { rules: await ruleSet.getDeclarativeRules(), refused: errors.length };
  },
};
