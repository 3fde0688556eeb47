/**
 * The rules by which a parameter stays on a site where the user wants it; ids and priorities are in table.js.
 *
 * @import { Kept } from '../../types.js'
 */

import { ID, PAGE_TYPES, PRIORITY } from './table.js';

/** @typedef {chrome.declarativeNetRequest.Rule} Rule */

/**
 * A host on which something is kept.
 *
 * @typedef {object} Site
 * @property {string[]} domains it and those above it
 * @property {Set<string>} names that stay, on account of any of these
 * @property {string[]} below hosts below it on which something is kept
 */

/**
 * A static rule cannot be told to keep one name on one host: links with that name are shielded from such rules by an
 * `allow`, and cleaned by copies of them without the name. Hosts share a copy wherever it says the same, so that a rule
 * has as many copies as there are sets of names that it must leave, however many hosts there are. Exceptions need no
 * copies: they stand above these. Rules about paths of any host are not copied: they would use up the browser's budget
 * for rules that redirect.
 *
 * @param {Kept[]} keep
 * @param {Rule[]} originals
 * @returns {Rule[]}
 */
export function keptRules(keep, originals) {
  const sites = sitesOf(keep);
  const copies = originals.flatMap((rule) => copiesOf(rule, sites));
  return copies.map((rule, index) => ({ ...rule, id: ID.kept + index }));
}

/**
 * The `allow` of each kept parameter. It must be a session rule: of the dynamic ones Chromium tries only the highest
 * that matches, and where a copy has nothing left to remove it would never come to an `allow` beside it.
 *
 * @param {Kept[]} keep
 * @param {string[]} insistent what lines take out in spite of exceptions, see {@link insistentNames}: links that have
 *   it stay whole
 * @returns {Rule[]}
 */
export function keptShields(keep, insistent) {
  // Signs that a filter gives a meaning of their own cannot be looked for: then every link of the host is shielded.
  const filters = keep.map(({ name }) => (/^[\w.-]+$/.test(name) ? `^${name}=` : ''));
  return [...new Set(filters)].map((urlFilter, index) => {
    const kept = keep.filter((_, at) => filters[at] === urlFilter);
    const isTaken = insistent.includes(ALL) || kept.some(({ name }) => insistent.includes(name));
    const condition = { ...(urlFilter !== '' && { urlFilter }), requestDomains: hostsOf(kept) };
    return shield(index, isTaken ? PRIORITY.strongShield : PRIORITY.shield, condition);
  });
}

/**
 * Where the browser has no room for all of that: whatever leads to a site on which something is kept stays whole.
 *
 * @param {Kept[]} keep
 * @returns {Rule[]} in place of the shields
 */
export function leftWhole(keep) {
  return keep.length === 0 ? [] : [shield(0, PRIORITY.strongShield, { requestDomains: hostsOf(keep) })];
}

/**
 * @param {Rule[]} rules about links, of lists and own lines
 * @returns {string[]} the names that they take out in spite of exceptions; a star for whatever there is
 */
export function insistentNames(rules) {
  const insisting = rules.filter(({ priority = 1, action }) => priority > PRIORITY.exception && action.redirect);
  return [...new Set(insisting.flatMap((rule) => removedBy(rule) ?? [ALL]))].sort();
}

/** In place of a name: the whole query goes. */
const ALL = '*';

/** @param {Kept[]} keep */
function hostsOf(keep) {
  return [...new Set(keep.map(({ host }) => host))];
}

/** @param {number} index @param {number} priority @param {Rule['condition']} condition @returns {Rule} */
function shield(index, priority, condition) {
  const action = { type: /** @type {const} */ ('allow') };
  return { id: ID.kept + index, priority, action, condition: { ...condition, resourceTypes: PAGE_TYPES } };
}

/** @param {Kept[]} keep @returns {Map<string, Site>} by host */
function sitesOf(keep) {
  /** @type {Map<string, Site>} */
  const sites = new Map(hostsOf(keep).map((host) => [host, { domains: domainsOf(host), names: new Set(), below: [] }]));
  for (const { host, name } of keep) sites.get(host)?.names.add(name);
  for (const [host, { domains, names }] of [...sites].sort(([one], [other]) => one.length - other.length)) {
    for (const above of domains.slice(1)) {
      sites.get(above)?.below.push(host);
      for (const name of sites.get(above)?.names ?? []) names.add(name);
    }
  }
  return sites;
}

/** @param {string} host @returns {string[]} it and those above it: `a.b.c`, `b.c`, `c` */
function domainsOf(host) {
  const domains = [host];
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) domains.push(host.slice(dot + 1));
  return domains;
}

/**
 * @param {Rule} rule
 * @param {Map<string, Site>} sites
 * @returns {Rule[]} one for each set of names that it must leave
 */
function copiesOf(rule, sites) {
  const removed = removedBy(rule) ?? [];
  const excluded = rule.condition.excludedRequestDomains ?? [];
  const reached = removed.length > 0 ? reachOf(rule, sites) : new Map();
  return groupsOf(removed, [...reached.keys()], sites).flatMap(({ names, hosts }) => {
    const removeParams = removed.filter((name) => !names.includes(name));
    if (removeParams.length === 0 || asksFor(rule, names)) return [];
    const own = new Set(hosts);
    const others = hosts.flatMap((host) => sites.get(host)?.below ?? []).filter((host) => !own.has(host));
    const near = excluded.filter((site) => domainsOf(site).some((domain) => own.has(domain)));
    const requestDomains = hosts.flatMap((host) => reached.get(host) ?? []);
    return [copyWith(rule, removeParams, requestDomains, [...near, ...others])];
  });
}

/**
 * Puts hosts together that keep the same of what a rule takes out.
 *
 * @param {string[]} removed
 * @param {string[]} hosts
 * @param {Map<string, Site>} sites
 */
function groupsOf(removed, hosts, sites) {
  /** @type {Map<string, { names: string[], hosts: string[] }>} */
  const groups = new Map();
  for (const host of hosts) {
    const names = removed.filter((name) => sites.get(host)?.names.has(name));
    const key = names.join(' ');
    const group = groups.get(key) ?? { names, hosts: [] };
    group.hosts.push(host);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/**
 * Where a rule counts on sites with kept parameters.
 *
 * @param {Rule} rule
 * @param {Map<string, Site>} sites
 * @returns {Map<string, string[]>} host -> itself, or those below it that the rule is about
 */
function reachOf({ condition }, sites) {
  const { excludedRequestDomains = [], urlFilter, regexFilter } = condition;
  const requestDomains = condition.requestDomains ?? hostIn(urlFilter);
  const excluded = new Set(excludedRequestDomains);
  const isReached = (/** @type {string} */ host) => !sites.get(host)?.domains.some((domain) => excluded.has(domain));
  if (!requestDomains) {
    if (urlFilter !== undefined || regexFilter !== undefined) return new Map();
    return new Map([...sites.keys()].filter(isReached).map((host) => [host, [host]]));
  }
  const about = new Set(requestDomains);
  const isWithin = (/** @type {string} */ host) => sites.get(host)?.domains.some((domain) => about.has(domain));
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const host of sites.keys()) if (isWithin(host) && isReached(host)) found.set(host, [host]);
  for (const site of about) {
    for (const host of domainsOf(site)) {
      if (sites.has(host) && !isWithin(host) && isReached(host)) found.set(host, [...(found.get(host) ?? []), site]);
    }
  }
  return found;
}

/**
 * @param {string | undefined} urlFilter
 * @returns {string[] | undefined} the host that it begins with, as in `||shop.example/item/`
 */
function hostIn(urlFilter) {
  const [, host] = /^\|\|([a-z\d.-]+\.[a-z\d-]+)[/^]/.exec(urlFilter ?? '') ?? [];
  return host === undefined ? undefined : [host];
}

/**
 * @param {Rule} rule
 * @param {string[]} removeParams what the copy takes out
 * @param {string[]} sites where it does
 * @param {string[]} others where it does not
 * @returns {Rule}
 */
function copyWith(rule, removeParams, sites, others) {
  const { excludedRequestDomains: _, ...condition } = rule.condition;
  const excludedRequestDomains = [...new Set(others)];
  const copy = {
    ...rule,
    priority: (rule.priority ?? 1) + PRIORITY.copy,
    action: structuredClone(rule.action),
    condition: {
      ...condition,
      requestDomains: [...new Set(sites)],
      ...(excludedRequestDomains.length > 0 && { excludedRequestDomains }),
    },
  };
  Object.assign(copy.action.redirect?.transform?.queryTransform ?? {}, { removeParams });
  return copy;
}

/**
 * A rule that asks for a name and may not remove it would match without acting, and of all rules that match a browser
 * tries only one.
 *
 * @param {Rule} rule
 * @param {string[]} names
 */
function asksFor({ condition: { urlFilter = '' } }, names) {
  const asked = urlFilter.toLowerCase();
  return names.some((name) => ['^', '?', '&'].some((sign) => asked.endsWith(`${sign}${name.toLowerCase()}=`)));
}

/** @param {Rule} rule The names that it removes; nothing for a rule that does something else. */
function removedBy(rule) {
  return rule.action.redirect?.transform?.queryTransform?.removeParams;
}
