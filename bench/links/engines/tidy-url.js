// tidy-url, with the rules that it ships.

import { TidyURL } from 'tidy-url';
import { versionOf } from '../../lib/versions.js';

/** @type {import('../../types.js').CleaningEngine} */
export default {
  name: `tidy-url ${versionOf('tidy-url')}, JS, its own rules`,
  load: () => ({ clean: (link) => TidyURL.clean(link).url }),
};
