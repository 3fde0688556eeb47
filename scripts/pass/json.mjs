// What the JSON files of ClearURLs and Brave say about links, as claims that our engine can be asked about.

import { ANY_HOST, addressesOf, DESTINATION, exampleOf, withParameter } from './example.mjs';

/** @import { Claim } from './lists.mjs' */

/**
 * @typedef {object} Provider one of ClearURLs'
 * @property {string} [urlPattern]
 * @property {string[]} [rules]
 * @property {string[]} [referralMarketing]
 * @property {string[]} [redirections]
 */
/**
 * @typedef {object} Entry one of Brave's
 * @property {string[]} include patterns of addresses
 * @property {string[]} [params] that are taken out
 * @property {string} [action] how the destination is found
 * @property {string} [param] where it stands: a parameter's name, or an expression for the path
 * @property {string} [prepend_scheme]
 */

/**
 * @param {string} text
 * @param {string} file its name
 * @returns {{ kind: string, claims: Claim[] } | undefined} nothing for JSON of another kind
 * @throws {Error} if it is no JSON
 */
export function readJson(text, file) {
  const data = parsed(text);
  const line = lineFinder(text);
  /** @param {string} says @param {string} place */
  const source = (says, place) => ({ from: `${file}:${line(says)}`, says: place });
  if (data?.providers) return { kind: "ClearURLs' rules", claims: ofProviders(data.providers, source) };
  if (!Array.isArray(data) || data.length === 0 || !data.every((entry) => Array.isArray(entry?.include)))
    return undefined;
  const isClean = Array.isArray(data[0].params);
  if (!isClean && typeof data[0].action !== 'string') return undefined;
  const claims = data.flatMap((entry) => (isClean ? ofClean(entry, source) : ofDebounce(entry, source)));
  return { kind: isClean ? "Brave's names in links" : "Brave's redirectors", claims };
}

/** @param {string} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`it begins as JSON and is none: ${error instanceof Error ? error.message : error}`);
  }
}

/** @typedef {(says: string, place: string) => { from: string, says: string }} Source */

/**
 * Finds the lines of texts that are asked for in the order in which they stand.
 *
 * @param {string} text
 * @returns {(wanted: string) => number}
 */
function lineFinder(text) {
  let at = 0;
  let line = 1;
  return (wanted) => {
    const found = text.indexOf(JSON.stringify(wanted), at);
    if (found < 0) return line;
    for (let next = text.indexOf('\n', at); next >= 0 && next < found; next = text.indexOf('\n', next + 1)) line++;
    at = found;
    return line;
  };
}

/** @param {Record<string, Provider>} providers @param {Source} source @returns {Claim[]} */
function ofProviders(providers, source) {
  return Object.entries(providers).flatMap(([provider, entry]) => {
    source(provider, '');
    const pattern = entry.urlPattern ?? '.*';
    const link = pattern === '.*' ? `https://${ANY_HOST}/` : shortest(addressesOf(pattern, ANY_HOST));
    const names = [...(entry.rules ?? []), ...(entry.referralMarketing ?? [])].map((rule) => ({
      kind: /** @type {const} */ ('parameter'),
      name: exampleOf(rule.replace(/^\(\?:%3F\)\?/, '')),
      links: link ? [new URL(link).href] : [],
      ...source(rule, `${provider}: ${rule}`),
    }));
    const redirections = (entry.redirections ?? []).map((rule) => ({
      kind: /** @type {const} */ ('redirector'),
      links: leadingOn(rule, link, DESTINATION),
      ...source(rule, `${provider}: ${rule}`),
    }));
    return [...names, ...redirections];
  });
}

/**
 * Addresses in which an expression finds a destination, as parameters have it and as paths do.
 *
 * @param {string} regex @param {string | undefined} link of the same host @param {string} target
 */
function leadingOn(regex, link, target) {
  const host = link ? new URL(link).host : ANY_HOST;
  return [encodeURIComponent(target), target].flatMap((value) => addressesOf(regex, host, value));
}

/** @param {string[]} links */
function shortest(links) {
  return links.toSorted((a, b) => a.length - b.length)[0];
}

/**
 * Examples of Brave's patterns of addresses.
 *
 * @param {string[]} include
 */
function examplesOf(include) {
  return include.flatMap((pattern) => {
    const [, host = '', path = ''] = /^(?:\*|https?):\/\/([^/]+)(\/.*)$/.exec(pattern) ?? [];
    const name = host === '*' ? ANY_HOST : host.replace(/^\*\./, '').replace(/\.\*$/, '.com');
    return name ? `https://${name}${path.replace(/\*$/, '').replaceAll('*', 'x')}` : [];
  });
}

/** @param {Entry} entry @param {Source} source @returns {Claim[]} */
function ofClean({ include, params = [] }, source) {
  source(include[0] ?? '', '');
  return params.flatMap((name) => {
    const place = source(name, `${include.join(', ')}: ${name}`);
    const kind = /** @type {const} */ ('parameter');
    return examplesOf(include).map((link) => ({ kind, name, links: [link], ...place }));
  });
}

/** @param {Entry} entry @param {Source} source @returns {Claim[]} */
function ofDebounce({ include, action = '', param = '', prepend_scheme }, source) {
  const target = prepend_scheme ? DESTINATION.replace(/^https:\/\//, '') : DESTINATION;
  const value = /base64/.test(action) ? btoa(target) : target;
  const place = source(include[0] ?? '', `${include.join(', ')}: ${param}`);
  return examplesOf(include).map((link) => ({
    kind: 'redirector',
    links: /regex-path/.test(action)
      ? leadingOn(param.replace(/^\^/, ''), link, value)
      : [withParameter(link, param, encodeURIComponent(value))],
    ...place,
  }));
}
