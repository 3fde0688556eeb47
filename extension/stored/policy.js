/**
 * What an organisation has set: storage.managed, which the browser takes from an administrator, and which no page of
 * ours and no web page can write. It stands above what the person chose. A value that cannot be is left out and told,
 * with its place; the rest holds.
 *
 * @import { Settings } from '../types.js'
 * @import { Check } from '../shared/shapes.js'
 */

import { api } from '../shared/browser.js';
import { isRecord, isSwitch, isText, listOf } from '../shared/shapes.js';
import { isListUrl } from '../shared/subscriptions.js';
import { KINDS } from './kinds.js';
import { soundPart } from './twice.js';

/** More of a wrong value would not help to find it. */
const LONGEST_SHOWN = 80;

/**
 * A value that cannot be, or a name that nothing has.
 *
 * @typedef {object} Problem
 * @property {string} place such as `level` or `paused[2]`
 * @property {string} [found] the value, as JSON; missing if there is no such setting
 * @property {string} [possible] values that it can have, as JSON
 */

/**
 * @typedef {object} Policy
 * @property {Partial<Settings>} settings
 * @property {string} [ownLines] in place of the person's
 * @property {string[]} names of what is set
 * @property {Problem[]} problems
 */

/** As administrators write it: `on` and `trusted` go without saying. @param {unknown} value */
const isWanted = (value) =>
  isRecord(value) &&
  isListUrl(value.url) &&
  [value.on, value.trusted].every((one) => one === undefined || isSwitch(one));

/** What an administrator may write. @type {Record<keyof Settings | 'ownLines', Check>} */
export const POLICY_KINDS = { ...KINDS, lists: listOf(isWanted), ownLines: listOf(isText) };

const SWITCH = [true, false];
const HOST = ['news.example'];

/**
 * Values that each may have: all of them where they are few, one entry of what is a list.
 *
 * @type {Record<keyof Settings | 'ownLines', unknown[]>}
 */
export const POSSIBLE = {
  paused: [{ host: 'news.example', until: 0 }],
  linksOff: HOST,
  keep: [{ host: 'news.example', name: 'ref' }],
  removeReferral: SWITCH,
  expandShortLinks: SWITCH,
  cleanOpened: SWITCH,
  cleanMore: SWITCH,
  cleanCopied: SWITCH,
  clearView: SWITCH,
  gpc: SWITCH,
  level: ['auto', 'pixels', 'visitor', 'lockout'],
  forget: ['closed', 'tenMinutes', 'hour'],
  embeds: ['ask', 'load'],
  embedSites: HOST,
  badge: SWITCH,
  lists: [{ url: 'https://lists.example/list.txt', on: true, trusted: false }],
  ownLines: ['||ads.example^'],
};

/** @returns {Promise<Policy>} */
export async function policy() {
  return understood(await given());
}

/** @returns {Promise<Record<string, unknown>>} what the browser has, sound or not */
async function given() {
  try {
    return await api.storage.managed.get(null);
  } catch {
    return {}; // Firefox refuses to read where no policy was ever installed.
  }
}

/** @param {Record<string, unknown>} given @returns {Policy} */
export function understood(given) {
  const { ownLines, ...set } = /** @type {Record<string, any>} */ (soundPart(given, POLICY_KINDS));
  const names = Object.keys(set);
  const problems = Object.entries(given).flatMap(([name, value]) => problemsOf(name, value));
  if (set.lists) set.lists = set.lists.map((/** @type {object} */ list) => ({ on: true, trusted: false, ...list }));
  if (!ownLines) return { settings: set, names, problems };
  return { settings: set, ownLines: ownLines.join('\n'), names: [...names, 'ownLines'], problems };
}

/** @param {string} name @returns {Check | undefined} */
function kindOf(name) {
  return Object.hasOwn(POLICY_KINDS, name) ? POLICY_KINDS[/** @type {keyof typeof POLICY_KINDS} */ (name)] : undefined;
}

/** @param {string} name @param {unknown} value @returns {Problem[]} */
function problemsOf(name, value) {
  const holds = kindOf(name);
  if (!holds) return [{ place: name }];
  if (holds(value)) return [];
  const possible = POSSIBLE[/** @type {keyof typeof POSSIBLE} */ (name)].map(shown).join(', ');
  if (!holds.entries) return [{ place: name, found: shown(value), possible }];
  if (!Array.isArray(value)) return [{ place: name, found: shown(value), possible: `[${possible}]` }];
  return value.flatMap((entry, index) =>
    holds([entry]) ? [] : [{ place: `${name}[${index}]`, found: shown(entry), possible }],
  );
}

/** @param {unknown} value */
function shown(value) {
  const json = JSON.stringify(value) ?? '';
  return json.length > LONGEST_SHOWN ? `${json.slice(0, LONGEST_SHOWN)}…` : json;
}
