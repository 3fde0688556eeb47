// uBlock Origin Lite's converter, which comes with ubo-core.

import { dnrRulesetFromRawLists } from '@gorhill/ubo-core/js/static-dnr-filtering.js';
import { versionOf } from '../../lib/versions.js';

/** @type {import('../../types.js').ConvertingEngine} */
export default {
  name: `ubo-core ${versionOf('@gorhill/ubo-core')}, JS`,
  async convert(text) {
    const env = ['chromium', 'mv3', 'native_css_has', 'ublock', 'ubol'];
    const { network } = await dnrRulesetFromRawLists([{ name: 'list', text }], { env });
    const rules = network.ruleset.filter(({ _error }) => _error === undefined);
    return { rules, refused: network.ruleset.length - rules.length };
  },
};
