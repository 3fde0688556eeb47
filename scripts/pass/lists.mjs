// What others' lists of filters and hosts say, as claims that our engine can be asked about.

import { ANY_HOST, addressesOf, addressOf, DESTINATION, exampleOf, withParameter } from './example.mjs';

/**
 * One thing that another list does.
 *
 * @typedef {object} Claim
 * @property {'request' | 'parameter' | 'redirector'} kind
 * @property {string} from where it stands: `file:line`
 * @property {string} says what stands there
 * @property {string[]} links examples of it; none where none could be made
 * @property {string} [page] that makes the request
 * @property {string[]} [types] of the request
 * @property {string} [name] of the parameter
 */

/** @typedef {(line: string) => Omit<Claim, 'from' | 'says'>[]} ReadLine */

/** Types of requests, as lists call them where browsers do not. */
const OTHER_NAMES = {
  css: 'stylesheet',
  frame: 'sub_frame',
  subdocument: 'sub_frame',
  xhr: 'xmlhttprequest',
  beacon: 'ping',
};
const TYPES = [
  'script',
  'image',
  'xmlhttprequest',
  'ping',
  'sub_frame',
  'stylesheet',
  'font',
  'media',
  'object',
  'websocket',
  'other',
];

/** What is asked about where a line names no type. */
const USUAL = TYPES.slice(0, 5);

/** Options of lines that block no request of a page: what they do is not asked about. */
const OTHERWISE =
  /^(?:badfilter|csp|permissions|removeheader|\w*hide|uritransform|urltransform|replace|popup|document|doc|cookie|jsonprune|hls|header)\b/;

const ABOUT_LINKS = /[$,](?:removeparam|queryprune|urlskip)\b/;
const COMMENT = /^\s*(?:!|#(?!#)|\[Adblock|\[uBlock|$)/i;
const HOST = String.raw`(?:[\w-]+\.)+[a-z][a-z0-9-]+`;
const HOSTS_LINE = new RegExp(String.raw`^\s*(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+(${HOST})\s*(?:\s#.*)?$`, 'i');
const DOMAIN_LINE = new RegExp(String.raw`^\s*(?:\*\.|\.)?(${HOST})\s*(?:\s#.*)?$`, 'i');
const FILTER_LINE = /^(?:@@|\||\/|\*|[-_.&?=:^,])|##|#@#|#\?#|#\$#|#%#|\$[~\w-]+(?:[=,]|$)|[*^]/;

/** @type {Record<string, { is: RegExp, read: ReadLine }>} */
const KINDS = {
  'hosts file': { is: HOSTS_LINE, read: (line) => ofHost(HOSTS_LINE.exec(line)?.[1]) },
  'list of domains': { is: DOMAIN_LINE, read: (line) => ofHost(DOMAIN_LINE.exec(line)?.[1]) },
  'filter list': { is: FILTER_LINE, read: ofFilter },
};

/**
 * @param {string} text
 * @param {string} file its name
 * @param {(line: string) => boolean} isWanted whether a line that is not about links is read: most are about others
 * @returns {{ kind: string, claims: Claim[] } | undefined} nothing for what is no list
 */
export function readLines(text, file, isWanted) {
  const lines = text.split(/\r?\n/);
  const some = lines.filter((line) => !COMMENT.test(line)).slice(0, 500);
  const found = Object.entries(KINDS).find(
    ([, { is }]) => some.filter((line) => is.test(line)).length * 2 > some.length,
  );
  if (!found) return undefined;
  const [kind, { read }] = found;
  const claims = lines.flatMap((line, index) => {
    if (COMMENT.test(line) || !(ABOUT_LINKS.test(line) || isWanted(line))) return [];
    return read(line.trim()).map((claim) => ({ ...claim, from: `${file}:${index + 1}`, says: line.trim() }));
  });
  return { kind, claims };
}

/** @param {string} [host] @returns {ReturnType<ReadLine>} */
function ofHost(host) {
  return host ? [{ kind: 'request', links: [`https://${host.toLowerCase()}/`], types: USUAL }] : [];
}

/**
 * A line's pattern and options.
 *
 * @param {string} line
 */
export function partsOf(line) {
  const [mark = ''] =
    /\$(?=~?[\w-]+(?:[=,]|$)).*$/.exec(line.replace(/^\/.*\/(?=\$)/, (regex) => 'x'.repeat(regex.length))) ?? [];
  const pattern = line.slice(0, line.length - mark.length);
  const options = mark === '' ? [] : mark.slice(1).split(/(?<!\\),(?=~?[\w-]+(?:[=,]|$))/);
  return { pattern, options };
}

/** @param {string[]} options @param {string} names @returns {string | undefined} what stands behind `name=` */
export function optionOf(options, names) {
  const found = options.map((option) => new RegExp(`^(?:${names})(?:=(.*))?$`).exec(option)).find(Boolean);
  return found ? (found[1] ?? '') : undefined;
}

/** @param {string} line @returns {ReturnType<ReadLine>} */
function ofFilter(line) {
  if (line.startsWith('@@') || /#[@?$%]{0,2}#|\$\$/.test(line)) return [];
  const { pattern, options } = partsOf(line);
  const steps = optionOf(options, 'urlskip');
  if (steps !== undefined)
    return steps.includes('-blocked') ? [] : [{ kind: 'redirector', links: skipped(pattern, options, steps) }];
  const parameter = optionOf(options, 'removeparam|queryprune');
  if (parameter !== undefined) return ofParameter(pattern, options, parameter);
  return ofBlock(pattern, options);
}

/** @param {string[]} options @param {string} names @returns {string[]} hosts that are named, not excepted */
function hostsOf(options, names) {
  const named = (optionOf(options, names) ?? '').split('|').filter((host) => host && !/^[~/]/.test(host));
  return named.map((host) => host.replace(/\.\*$/, '.com'));
}

/** @param {string} pattern @param {string[]} options @returns {ReturnType<ReadLine>} */
function ofBlock(pattern, options) {
  const types = options.map((option) => OTHER_NAMES[/** @type {keyof typeof OTHER_NAMES} */ (option)] ?? option);
  const named = types.filter((type) => TYPES.includes(type));
  if (named.length === 0 && options.some((option) => OTHERWISE.test(option))) return [];
  const [from] = hostsOf(options, 'domain|from');
  const link = addressOf(pattern, hostsOf(options, 'to')[0] ?? from);
  const own = options.some((option) => /^(?:~third-party|~3p|first-party|1p)$/.test(option));
  const page = own && link ? link : `https://${from ?? ANY_HOST}/`;
  return [{ kind: 'request', links: link ? [link] : [], page, types: named.length > 0 ? named : USUAL }];
}

/** @param {string} pattern @param {string[]} options @param {string} value @returns {ReturnType<ReadLine>} */
function ofParameter(pattern, options, value) {
  const regex = /^\/(.*)\/i?$/.exec(value)?.[1];
  // Without a name the whole query goes.
  const name = regex === undefined ? value || 'anything' : exampleOf(regex).split('=')[0];
  const hosts = hostsOf(options, 'to').length > 0 ? hostsOf(options, 'to') : hostsOf(options, 'domain|from');
  const links = (hosts.length > 0 ? hosts : [ANY_HOST]).map((host) => addressOf(pattern, host));
  if (value.startsWith('~') || !name) return [{ kind: 'parameter', links: [], name: value }];
  // A pattern that names its host is one link, however many pages it is for.
  const found = [...new Set(links.flatMap((link) => link ?? []))];
  return found.map((link) => ({ kind: 'parameter', name, links: [link] }));
}

/**
 * Links that a line of uBlock Origin's takes its destination out of.
 *
 * @param {string} pattern @param {string[]} options @param {string} steps
 * @returns {string[]}
 */
function skipped(pattern, options, steps) {
  const [first = '', ...codecs] = steps.split(/ (?=[-?&#+/])/);
  if (codecs.some((step) => !/^(?:-(?:safe)?base64|-uricomponent|\+https)$/.test(step))) return [];
  // `+https` is for destinations without a scheme, and most of its lines are about such as have one.
  const ends = codecs.includes('+https') ? [DESTINATION, DESTINATION.replace('https://', '')] : [DESTINATION];
  const values = ends.map((end) => codecs.reduceRight(encoded, end));
  const to = hostsOf(options, 'to')[0] ?? ANY_HOST;
  const link = addressOf(pattern, to.includes('.') ? to : `shop.${to}`);
  if (!link) return [];
  const regex = /^\/(.*)\/i?$/.exec(first)?.[1];
  return values.flatMap((value) => {
    if (first.startsWith('?')) return withParameter(link, first.slice(1), encodeURIComponent(value));
    if (first === '#') return `${link}#${value}`;
    return regex === undefined ? [] : joined(link, regex, value);
  });
}

/**
 * An address that a pattern matches and in which an expression finds the value.
 *
 * @param {string} link that the pattern matches
 * @param {string} regex
 * @param {string} value
 * @returns {string[]}
 */
function joined(link, regex, value) {
  const text = exampleOf(regex, '', value);
  const before = text.split(value)[0] ?? '';
  const at = link.lastIndexOf(before || value.slice(0, 4));
  if (at > 'https://'.length) return [`${link.slice(0, at)}${text}`];
  return before ? addressesOf(regex, new URL(link).host, value) : [`${link.replace(/\/?$/, '/')}${text}`];
}

/** @param {string} text @param {string} step that gives the text again */
export function encoded(text, step) {
  if (step.endsWith('base64')) return btoa(text);
  return step === '-uricomponent' ? encodeURIComponent(text) : text;
}
