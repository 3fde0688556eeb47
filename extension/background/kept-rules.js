/**
 * The rules by which a parameter stays on a site where the user wants it; ids and priorities are in the table of rules.js.
 *
 * @import { Kept } from '../types.js'
 */

import { isWithin } from '../shared/site.js';

/** @typedef {chrome.declarativeNetRequest.Rule} Rule */

const ID = { kept: 2_000 };
const PRIORITY = { shield: 5, copy: 5 };

/** Links are followed by pages and frames. @type {NonNullable<Rule['condition']['resourceTypes']>} */
const PAGE_TYPES = ['main_frame', 'sub_frame'];

/**
 * A static rule cannot be told to keep one name on one host: links with that name are shielded from them by an `allow`,
 * and cleaned by copies of the rules that count there, without the name. The hundreds of rules about single paths
 * anywhere are not copied, only exceptions are: they would use up the browser's budget for rules that redirect.
 *
 * @param {Kept[]} keep
 * @param {Rule[]} originals
 * @returns {Rule[]}
 */
export function keptRules(keep, originals) {
  const hosts = [...new Set(keep.map((kept) => kept.host))];
  const copies = hosts.flatMap((host) => {
    const names = keep.filter((kept) => isWithin(host, kept.host)).map((kept) => kept.name);
    const here = originals.filter((rule) => reaches(rule, host) && !asksFor(rule, names));
    return here.map((rule) => copyWithout(rule, names, host)).filter((rule) => removedBy(rule)?.length !== 0);
  });
  return copies.map((rule, index) => ({ ...rule, id: ID.kept + index }));
}

/**
 * The `allow` of each kept parameter. It must be a session rule: of the dynamic ones Chromium tries only the highest that
 * matches, and where a copy has nothing left to remove it would never come to an `allow` beside it.
 *
 * @param {Kept[]} keep
 * @returns {Rule[]}
 */
export function keptShields(keep) {
  return keep.map(({ host, name }, index) => {
    // Signs that a filter gives a meaning of their own cannot be looked for: then every link of the host is shielded.
    const urlFilter = /^[\w.-]+$/.test(name) ? { urlFilter: `^${name}=` } : {};
    const condition = { ...urlFilter, requestDomains: [host], resourceTypes: PAGE_TYPES };
    return { id: ID.kept + index, priority: PRIORITY.shield, action: { type: 'allow' }, condition };
  });
}

/** @param {Rule} rule @param {string} host */
function reaches(rule, host) {
  const { requestDomains, excludedRequestDomains, urlFilter, regexFilter } = rule.condition;
  if (excludedRequestDomains?.some((site) => isWithin(host, site))) return false;
  if (!requestDomains) return rule.action.type === 'allow' || (urlFilter === undefined && regexFilter === undefined);
  return requestDomains.some((site) => isWithin(host, site) || isWithin(site, host));
}

/** @param {Rule} rule @param {string[]} names @param {string} host @returns {Rule} */
function copyWithout(rule, names, host) {
  const copy = structuredClone(rule);
  const below = rule.condition.requestDomains?.filter((site) => isWithin(site, host)) ?? [];
  copy.priority = (rule.priority ?? 1) + PRIORITY.copy;
  copy.condition.requestDomains = below.length > 0 ? below : [host];
  const query = copy.action.redirect?.transform?.queryTransform;
  if (query?.removeParams) query.removeParams = query.removeParams.filter((name) => !names.includes(name));
  return copy;
}

/**
 * A rule that asks for a name and may not remove it would match without acting, and of all rules that match a browser
 * tries only one.
 *
 * @param {Rule} rule
 * @param {string[]} names
 */
function asksFor(rule, names) {
  return names.some((name) => rule.condition.urlFilter?.endsWith(`${name.toLowerCase()}=`) && removedBy(rule));
}

/** @param {Rule} rule The names that it removes; nothing for a rule that does something else. */
function removedBy(rule) {
  return rule.action.redirect?.transform?.queryTransform?.removeParams;
}
