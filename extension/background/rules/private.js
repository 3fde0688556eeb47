/**
 * The rules that keep requests of our own off hosts that only the person can reach: a server of lists may answer with a
 * redirect, and must not have a router or a printer asked in the person's name. Ids and priorities are in table.js.
 *
 * A public name that stands for a private address is not seen here: rules know addresses alone, not what names stand
 * for.
 *
 * @import { Settings } from '../../types.js'
 */

import { api } from '../../shared/browser.js';
import { hostOf } from '../../shared/site.js';
import { ID, PRIORITY } from './table.js';

/** @typedef {chrome.declarativeNetRequest.Rule} Rule */

/** Above whatever lists, own lines and pauses allow. */
const BEGIN = '^https?://([^/@]*@)?';
const END = '[.]?[:/]';

/**
 * Addresses as browsers write them; in several rules, because Chromium takes none that is too complex.
 * The ranges are those of src/cleaner/address.rs, but for examples in documents, which nobody has.
 */
const PRIVATE = [
  `${BEGIN}(0|10|127)[.][\\d.]+${END}`,
  `${BEGIN}(169[.]254|192[.]168|192[.]0[.]0|172[.](1[6-9]|2\\d|3[01]))[.][\\d.]+${END}`,
  `${BEGIN}(100[.](6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])|198[.]1[89]|22[4-9][.]\\d+|2[345]\\d[.]\\d+)[.][\\d.]+${END}`,
  // IPv6: all but 2000::/3, which is the world, less what carries an IPv4 address inside: 6to4, Teredo, ISATAP.
  `${BEGIN}\\[([^23]|[23][^:]?[^:]?:|2002:|2001:[01]?[^:]?[^:]?:)`,
  `${BEGIN}\\[[^\\]]*:(0|200)?:5efe:[^:]+:[^:]+\\]`,
  `${BEGIN}([^/:]*[.])?(localhost|local|localdomain|internal|intranet|lan|home|corp|home[.]arpa)${END}`,
  `${BEGIN}[^/:.@[]+${END}`,
];

/**
 * Whether an address is one that only the person can reach.
 *
 * @param {string} url as browsers write it
 */
export function isPrivate(url) {
  return PRIVATE.some((pattern) => new RegExp(pattern).test(url));
}

/**
 * @param {Settings} chosen whoever has a list on a private host may have it fetched from there
 * @returns {Rule[]} dynamic rules
 */
export function privateRules({ lists }) {
  const initiatorDomains = [new URL(api.runtime.getURL('')).hostname];
  const chosen = [...new Set(lists.map(({ url }) => hostOf(url)))];
  return PRIVATE.map((regexFilter, index) => ({
    id: ID.private + index,
    priority: PRIORITY.private,
    action: { type: 'block' },
    condition: {
      regexFilter,
      initiatorDomains,
      ...(chosen.length > 0 && { excludedRequestDomains: chosen }),
    },
  }));
}
