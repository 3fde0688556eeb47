// uBlock Origin's `$removeparam`, asked as its own listener asks: first whether there is a query at all.

import { StaticNetFilteringEngine } from '@gorhill/ubo-core';
import { versionOf } from '../../lib/versions.js';

/** @import { CleaningEngine } from '../../types.js' */

const engine = await StaticNetFilteringEngine.create();

/** @type {CleaningEngine} */
export default {
  name: `ubo-core ${versionOf('@gorhill/ubo-core')}, JS, AdGuard's list`,
  async load({ list }) {
    await engine.useLists([{ name: 'list', raw: list }]);
    return {
      clean(url) {
        const details = { originURL: url, url, type: 'main_frame' };
        return (engine.hasQuery(details) && engine.filterQuery(details)?.redirectURL) || url;
      },
    };
  },
};
