// Links of which it is known what should become of them: Detick's own cases, and one for each parameter that another
// project's rules name. Each set favours who wrote it.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../lib/inputs.js';

/** @import { LabelledLink } from '../types.js' */

const OWN = join(import.meta.dirname, '../../tests/links.json');
/** Parameters that a page needs stand around the one that is to go. */
const BEFORE = 'id=1024&view=list';
const AFTER = 'page=2';
/** How many of a project's rules are tried. */
const EACH = 1000;

/**
 * @param {string} [more] a file with further cases
 * @returns {LabelledLink[]} Detick's own, for links that are shared
 */
export function ownLinks(more) {
  const files = more !== undefined && existsSync(more) ? [OWN, more] : [OWN];
  const all = files.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')));
  const shared = all.filter(({ tier = 'share' }) => tier === 'share').map(({ link, clean }) => ({ link, clean }));
  return [...new Map(shared.map((one) => [one.link, one])).values()];
}

/**
 * @param {string} file AdGuard's list
 * @returns {LabelledLink[]} one for each parameter that it names, on a host and path for which it does
 */
export function adGuardLinks(file) {
  const rules = readText(file)
    .split('\n')
    .map((line) => /^(?:\|\|([a-z\d.-]+\.[a-z]+)[\^/]?)?\$(.*,)?removeparam=([\w.-]+)(,.*)?$/.exec(line));
  const named = rules.flatMap((rule) => (rule === null ? [] : [{ host: hostOf(rule), name: rule[3] ?? '' }]));
  return spread(named).map(({ host, name }) => linkWith(host, name));
}

/** @param {RegExpExecArray} rule @returns {string} where it holds */
function hostOf([, host, before = '', , after = '']) {
  const domain = /(?:^|,)domain=([a-z\d.-]+\.[a-z]+)/.exec(`${before}${after}`)?.[1];
  return host ?? domain ?? 'www.shop.example';
}

/**
 * @param {string} file ClearURLs' rules
 * @returns {LabelledLink[]} one for each parameter that they name, on a host that the rules' own pattern fits
 */
export function clearUrlsLinks(file) {
  /** @type {{ urlPattern: string, exceptions: string[], rules: string[], completeProvider: boolean }[]} */
  const providers = Object.values(JSON.parse(readFileSync(file, 'utf8')).providers);
  const named = providers
    .filter(({ completeProvider }) => !completeProvider)
    .flatMap(({ urlPattern, exceptions, rules }) => {
      const host = exampleOf(urlPattern);
      const names = rules.map((rule) => rule.replace('(?:%3F)?', '')).filter((name) => /^[\w-]+$/.test(name));
      const links = host === undefined ? [] : names.map((name) => ({ host, name }));
      return links.filter(
        (one) => !exceptions.some((exception) => new RegExp(exception, 'i').test(linkWith(one.host, one.name).link)),
      );
    });
  return spread(named).map(({ host, name }) => linkWith(host, name));
}

/** @param {string} pattern @returns {string | undefined} a host that it fits */
function exampleOf(pattern) {
  if (pattern === '.*') return 'www.shop.example';
  const literal = /\)\*\?\(?([a-z\d-]+(?:\\\.[a-z\d-]+)*)/.exec(pattern)?.[1]?.replaceAll('\\', '');
  const hosts = literal === undefined ? [] : [`www.${literal}`, `www.${literal}.com`];
  return hosts.find((host) => host.split('.').length > 2 && new RegExp(pattern, 'i').test(`https://${host}/`));
}

/** @param {string} host @param {string} name @returns {LabelledLink} */
function linkWith(host, name) {
  const start = `https://${host}/a/page?${BEFORE}&`;
  return { link: `${start}${name}=4f2a9c1be7&${AFTER}`, clean: `${start}${AFTER}` };
}

/** @template T @param {T[]} all @returns {T[]} at most so many, from all over */
function spread(all) {
  const step = Math.max(1, all.length / EACH);
  return Array.from({ length: Math.min(EACH, all.length) }, (_, at) => /** @type {T} */ (all[Math.floor(at * step)]));
}
