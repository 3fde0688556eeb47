/**
 * The rules by which a parameter stays on a site where the user wants it; ids and priorities are in table.js.
 *
 * @import { Kept } from '../../types.js'
 */

import { ID, PAGE_TYPES, PRIORITY } from './table.js';

/** @typedef {chrome.declarativeNetRequest.Rule} Rule */

/**
 * Sites on which the same parameters are kept.
 *
 * @typedef {object} Group
 * @property {string[]} names
 * @property {string[]} hosts
 * @property {string[]} others hosts below these where other parameters are kept besides
 */

/**
 * A static rule cannot be told to keep one name on one host: links with that name are shielded from them by an `allow`,
 * and cleaned by copies of the rules that count there, without the name. Hosts share a copy wherever it says the same: an
 * exception is copied once, and what removes parameters once for each set of names. The hundreds of rules about single paths
 * anywhere are not copied, only exceptions are: they would use up the browser's budget for rules that redirect.
 *
 * @param {Kept[]} keep
 * @param {Rule[]} originals
 * @returns {Rule[]}
 */
export function keptRules(keep, originals) {
  const groups = groupsOf(keep);
  const all = new Map(groups.flatMap((group) => group.hosts).map((host) => [host, domainsOf(host)]));
  const copies = originals.flatMap((rule) => {
    const sites = sitesOf(rule, all);
    if (sites.size === 0) return [];
    const excluded = rule.condition.excludedRequestDomains ?? [];
    const near = excluded.filter((site) => domainsOf(site).some((domain) => all.has(domain)));
    if (!removedBy(rule)) return [copyFor(rule, [...sites.values()].flat(), near)];
    return groups.flatMap((group) => copyWithout(rule, group, sites, near));
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
  // Signs that a filter gives a meaning of their own cannot be looked for: then every link of the host is shielded.
  const filters = keep.map(({ name }) => (/^[\w.-]+$/.test(name) ? `^${name}=` : ''));
  return [...new Set(filters)].map((urlFilter, index) => {
    const requestDomains = [...new Set(keep.filter((_, at) => filters[at] === urlFilter).map((kept) => kept.host))];
    return shield(index, { ...(urlFilter !== '' && { urlFilter }), requestDomains });
  });
}

/**
 * Where the browser has no room for all of that: whatever leads to a site on which something is kept stays whole.
 *
 * @param {Kept[]} keep
 * @returns {Rule[]} in place of the shields
 */
export function leftWhole(keep) {
  return keep.length === 0 ? [] : [shield(0, { requestDomains: [...new Set(keep.map((kept) => kept.host))] })];
}

/** @param {number} index @param {Rule['condition']} condition @returns {Rule} */
function shield(index, condition) {
  const action = { type: /** @type {const} */ ('allow') };
  return {
    id: ID.kept + index,
    priority: PRIORITY.shield,
    action,
    condition: { ...condition, resourceTypes: PAGE_TYPES },
  };
}

/** @param {Kept[]} keep @returns {Group[]} */
function groupsOf(keep) {
  /** @type {Map<string, Set<string>>} */
  const own = new Map();
  for (const { host, name } of keep) own.set(host, (own.get(host) ?? new Set()).add(name));
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const host of own.keys()) {
    const names = [...new Set(domainsOf(host).flatMap((domain) => [...(own.get(domain) ?? [])]))].sort();
    const key = JSON.stringify(names);
    const group = groups.get(key) ?? { names, hosts: [], others: [] };
    group.hosts.push(host);
    groups.set(key, group);
  }
  for (const group of groups.values()) {
    const hosts = new Set(group.hosts);
    group.others = [...own.keys()].filter((host) => !hosts.has(host) && domainsOf(host).some((one) => hosts.has(one)));
  }
  return [...groups.values()];
}

/** @param {string} host @returns {string[]} it and those above it: `a.b.c`, `b.c`, `c` */
function domainsOf(host) {
  const domains = [host];
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) domains.push(host.slice(dot + 1));
  return domains;
}

/**
 * Where a rule counts on sites with kept parameters.
 *
 * @param {Rule} rule
 * @param {Map<string, string[]>} hosts host -> it and the domains above it
 * @returns {Map<string, string[]>} host -> itself, or those below it that the rule is about
 */
function sitesOf({ action, condition }, hosts) {
  const { requestDomains, excludedRequestDomains = [], urlFilter, regexFilter } = condition;
  const excluded = new Set(excludedRequestDomains);
  const isReached = (/** @type {string} */ host) => !hosts.get(host)?.some((domain) => excluded.has(domain));
  if (!requestDomains) {
    const counts = action.type === 'allow' || (urlFilter === undefined && regexFilter === undefined);
    return new Map(counts ? [...hosts.keys()].filter(isReached).map((host) => [host, [host]]) : []);
  }
  const sites = new Set(requestDomains);
  const isWithin = (/** @type {string} */ host) => hosts.get(host)?.some((domain) => sites.has(domain));
  /** @type {Map<string, string[]>} */
  const found = new Map(
    [...hosts.keys()]
      .filter(isWithin)
      .filter(isReached)
      .map((host) => [host, [host]]),
  );
  for (const site of sites) {
    for (const host of domainsOf(site)) {
      if (hosts.has(host) && !isWithin(host) && isReached(host)) found.set(host, [...(found.get(host) ?? []), site]);
    }
  }
  return found;
}

/** @param {Rule} rule @param {string[]} sites where the copy holds @param {string[]} excluded where it does not @returns {Rule} */
function copyFor(rule, sites, excluded) {
  const { excludedRequestDomains: _, ...condition } = rule.condition;
  const excludedRequestDomains = excluded.length > 0 ? { excludedRequestDomains: excluded } : {};
  return {
    ...rule,
    priority: (rule.priority ?? 1) + PRIORITY.copy,
    condition: { ...condition, requestDomains: [...new Set(sites)], ...excludedRequestDomains },
  };
}

/**
 * @param {Rule} rule
 * @param {Group} group
 * @param {Map<string, string[]>} sites
 * @param {string[]} excluded
 * @returns {Rule[]} one, or none where nothing would be left to do
 */
function copyWithout(rule, { names, hosts, others }, sites, excluded) {
  const requestDomains = hosts.flatMap((host) => sites.get(host) ?? []);
  const removeParams = removedBy(rule)?.filter((name) => !names.includes(name)) ?? [];
  if (requestDomains.length === 0 || removeParams.length === 0 || asksFor(rule, names)) return [];
  const copy = { ...copyFor(rule, requestDomains, [...excluded, ...others]), action: structuredClone(rule.action) };
  Object.assign(copy.action.redirect?.transform?.queryTransform ?? {}, { removeParams });
  return [copy];
}

/**
 * A rule that asks for a name and may not remove it would match without acting, and of all rules that match a browser
 * tries only one.
 *
 * @param {Rule} rule
 * @param {string[]} names
 */
function asksFor(rule, names) {
  return names.some((name) => rule.condition.urlFilter?.endsWith(`${name.toLowerCase()}=`));
}

/** @param {Rule} rule The names that it removes; nothing for a rule that does something else. */
function removedBy(rule) {
  return rule.action.redirect?.transform?.queryTransform?.removeParams;
}
