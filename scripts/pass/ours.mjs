// What Detick does about the claims of others: asked of its engine, with the reasons that its own tables give.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hostOf, isWithin } from '../../extension/shared/site.js';
import { ROOT } from '../setup.mjs';
import { ANY_HOST, DESTINATION, isRegex, withParameter } from './example.mjs';
import { optionOf, partsOf } from './lists.mjs';

/** @import { Engine, Verdict } from '../../extension/types.js' */
/** @import { Claim } from './lists.mjs' */

/** Lists that are in force for some requests only, as `extension/engine/circumstances.js` says. */
const SWITCHED = ['embeds.txt', 'lockout.txt', 'player.txt', 'visitor.txt'];

/** @type {import('../../extension/types.js').CleanOptions} */
const EVERYTHING = { tier: 'share', referral: true, keep: [] };

/**
 * What Detick does about some links, and where that is written.
 *
 * @typedef {object} Keeper
 * @property {(link: string, name: string) => boolean} holds
 * @property {string} why with the place
 */

/** @returns {Promise<Engine>} as built, with Detick's own lists */
export async function loadEngine() {
  const folder = join(ROOT, 'extension');
  const glue = await import(pathToFileURL(join(folder, 'wasm/detick.js')).href);
  await glue.default({ module_or_path: readFileSync(join(folder, 'wasm/detick_bg.wasm')) });
  return glue.Engine.restore(readFileSync(join(folder, 'rules/engine.bin')), 'chromium');
}

/**
 * @param {Engine} engine
 * @param {Claim} claim of a request
 * @returns {string | undefined} what it is not stopped as, and by what it is; nothing where we stop all of it
 */
export function letsPass(engine, { links: [link = ''], page = `https://${ANY_HOST}/`, types = [] }) {
  const off = SWITCHED.reduce((sum, list) => sum | engine.listBit(list), 0);
  const embeds = engine.listBit('embeds.txt');
  /** @param {string} type @param {number} without */
  const ask = (type, without) => engine.check(link, page, type, type === 'ping' ? 'POST' : 'GET', without) ?? undefined;
  const passed = types.filter((type) => !stops(ask(type, off)));
  if (passed.length === 0) return undefined;
  const answers = types.map((type) => ask(type, off)).filter((verdict) => verdict !== undefined);
  const waiting = passed.filter((type) => stops(ask(type, off & ~embeds)));
  const tracker = engine.tracker(new URL(link).hostname);
  return [
    passed.length < types.length ? `lets ${passed.join(', ')} pass` : 'lets it pass',
    ...new Set(answers.map((verdict) => `${stops(verdict) ? 'stops' : 'excepts'} by ${verdict.list}:${verdict.line}`)),
    ...(waiting.length > 0
      ? [`embeds.txt stops ${waiting.length < passed.length ? waiting.join(', ') : 'that'} until a video is wanted`]
      : []),
    ...(tracker ? [`${tracker.company}, ${tracker.purpose}`] : []),
  ].join('; ');
}

/** @param {Verdict | undefined} verdict */
function stops(verdict) {
  return verdict !== undefined && verdict.action !== 'allow';
}

/**
 * @param {Engine} engine
 * @param {Claim} claim of a parameter
 */
export function leavesParameter(engine, { links: [link = ''], name = '' }) {
  // A pattern may name the value, too.
  const asked = new URL(link).searchParams.get(name) ? link : withParameter(link, name, 'a1b2c3d4e5f6');
  const { url } = engine.clean(asked, EVERYTHING);
  return url.split(/[?&#]/).some((part, index) => index > 0 && part.split('=')[0] === name);
}

/**
 * @param {Engine} engine
 * @param {Claim} claim of a redirector: one of its forms is enough
 */
export function leavesRedirector(engine, { links }) {
  const { origin } = new URL(DESTINATION);
  return !links.some((link) => engine.clean(link, EVERYTHING).url.startsWith(`${origin}/`));
}

/**
 * What Detick keeps in links on purpose: the exceptions in its lists, and links that its tests keep whole.
 *
 * @returns {Keeper[]}
 */
export function keepers() {
  const lists = ['links.txt', 'share.txt', 'referral.txt'];
  return [
    ...lists.flatMap((name) => exceptionsOf(name, readFileSync(join(ROOT, 'filters', name), 'utf8'))),
    ...rowsOf(readFileSync(join(ROOT, 'tests/links.json'), 'utf8')),
  ];
}

/**
 * @param {string} list its name
 * @param {string} text
 * @returns {Keeper[]}
 */
export function exceptionsOf(list, text) {
  let comment = '';
  return text.split('\n').flatMap((line, index) => {
    if (line === '') comment = '';
    else if (line.startsWith('! ')) comment += ` ${line.slice(2)}`;
    if (line === '' || line.startsWith('!')) return [];
    const { pattern, options } = partsOf(line.replace(/^@@/, ''));
    const value = optionOf(options, 'removeparam');
    // What needs company (`with=`) is not about the name alone.
    if (value === undefined || optionOf(options, 'with') !== undefined) return [];
    if (!line.startsWith('@@') && !value.startsWith('~')) return [];
    const [finds, names] = [finder(pattern), nameFinder(value.replace(/^~/, ''))];
    const to = (optionOf(options, 'to') ?? '').split('|').filter(Boolean);
    const why = `filters/${list}:${index + 1}${comment}`;
    return [{ why, holds: (link, name) => names(name) && finds.test(link) && isAbout(to, hostOf(link)) }];
  });
}

/**
 * The redirectors that Detick knows: others may unwrap more of their addresses.
 *
 * @returns {Keeper[]} for any name
 */
export function unwrappers() {
  const lists = ['links.txt', 'share.txt'];
  return lists.flatMap((name) => redirectorsOf(name, readFileSync(join(ROOT, 'filters', name), 'utf8')));
}

/** @param {string} list its name @param {string} text @returns {Keeper[]} */
export function redirectorsOf(list, text) {
  return text.split('\n').flatMap((line, index) => {
    const { pattern, options } = partsOf(line);
    if (line.startsWith('!') || optionOf(options, 'urlskip') === undefined) return [];
    const own = /^\|\|([^/^*?]+)/.exec(pattern)?.[1];
    const hosts = (own ?? optionOf(options, 'to') ?? '').split('|').map((host) => host.replace(/\.\*?$/, '.com'));
    // What is for every host is known by what its addresses have.
    const [shape = ''] = pattern.split('*');
    const why = `filters/${list}:${index + 1} unwraps other addresses of it`;
    /** @param {string} link */
    const holds = (link) =>
      hosts[0] ? hosts.some((host) => isSameSite(hostOf(link), host)) : shape.length > 4 && link.includes(shape);
    return [{ why, holds }];
  });
}

/** @param {string[]} to @param {string} host */
function isAbout(to, host) {
  const [excepted, named] = [to.filter((one) => one.startsWith('~')), to.filter((one) => !one.startsWith('~'))];
  if (excepted.some((one) => isWithin(host, one.slice(1)))) return false;
  return named.length === 0 || named.some((one) => isWithin(host, one.replace(/\.\*$/, '.com')));
}

/** @param {string} value a name, `/regex/` for `name=value`, or nothing for every name @returns {(name: string) => boolean} */
function nameFinder(value) {
  if (value === '') return () => true;
  const regex = /^\/(.*)\/(i?)$/.exec(value);
  if (!regex) return (name) => name === value;
  const found = new RegExp(regex[1] ?? '', regex[2]);
  return (name) => found.test(`${name}=x`);
}

/** @param {string} pattern of a line of ours */
function finder(pattern) {
  if (isRegex(pattern)) return new RegExp(pattern.slice(1, -1), 'i');
  const [, begin = '', body = '', end = ''] = /^(\|{0,2})(.*?)(\|?)$/.exec(pattern) ?? [];
  const escaped = body
    .replace(/[.+?${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('^', '(?:[^\\w.%-]|$)');
  const start = { '': '', '|': '^', '||': '^https?://(?:[^/?#]*\\.)?' }[begin] ?? '';
  return new RegExp(`${start}${escaped}${end === '' ? '' : '$'}`, 'i');
}

/** @param {string} text tests/links.json @returns {Keeper[]} */
export function rowsOf(text) {
  const lines = text.split('\n');
  return /** @type {{ name: string, clean: string }[]} */ (JSON.parse(text)).flatMap(({ name: row, clean }) => {
    const host = hostOf(clean);
    if (host === '' || /(?:^|\.)(?:example|example\.com)$/.test(host)) return [];
    const kept = new Set([...new URL(clean).searchParams.keys()]);
    const line = lines.findIndex((one) => one.includes(`"name": ${JSON.stringify(row)}`)) + 1;
    const why = `tests/links.json:${line} keeps it (${row})`;
    return [{ why, holds: (link, name) => kept.has(name) && isSameSite(hostOf(link), host) }];
  });
}

/** @param {string} one @param {string} other */
function isSameSite(one, other) {
  const [a, b] = [one.replace(/^www\./, ''), other.replace(/^www\./, '')];
  return isWithin(a, b) || isWithin(b, a);
}
