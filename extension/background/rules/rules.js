/**
 * The browser's own rules, set as wanted.js says; sole writer of storage.session `rulesSynced`. Their ids and
 * priorities are in table.js.
 *
 * Dynamic rules survive an update of the extension; session rules and ruleset switches do not. Everything is set again
 * when storage.session, which is cleared together with them, has no entry.
 *
 * Rules are set in groups, each in one call, those whose effect users notice first at the front. A group that the
 * browser has no room for is skipped as a whole and reported (`stored/faults.js`); the others are set regardless.
 *
 * @import { Fault } from '../../stored/faults.js'
 * @import { Level, Player, Settings } from '../../types.js'
 */

import { answersByData, api, canBlock, hasSiteAccess } from '../../shared/browser.js';
import { tell, untell } from '../../stored/faults.js';
import * as keys from '../../stored/keys.js';
import * as settings from '../../stored/settings.js';
import { sessionIds, switchRulesets, write } from './browser-rules.js';
import { keptShields, leftWhole } from './kept.js';
import { levelNow, onLevelChange, visitorTabs } from './level.js';
import { pausedHosts } from './pause-rules.js';
import { ID } from './table.js';
import { cleansByRules, dynamicRules, keptCopies, listsInForce, sessionRules } from './wanted.js';

/** @import { Change, Ids } from './browser-rules.js' */
/** @import { Grounds } from './wanted.js' */
/** @typedef {chrome.declarativeNetRequest.Rule} Rule */

/**
 * Rules that are replaced together.
 *
 * @typedef {object} Group
 * @property {'dynamic' | 'session'} where
 * @property {Ids[]} ids of its rules, including those of earlier versions
 * @property {(grounds: Grounds) => Rule[] | Promise<Rule[]>} rules
 * @property {(grounds: Grounds) => Rule[]} [otherwise] what is set if those are refused
 * @property {Fault} fault what is told then
 */

/** In the order in which they are set. @type {Group[]} */
const GROUPS = [
  {
    where: 'session',
    ids: [
      [1, ID.kept],
      [ID.unwrap, ID.pass],
      [ID.visitor, ID.lists],
    ],
    rules: sessionRules,
    fault: 'faultRules',
  },
  { where: 'dynamic', ids: [[1, ID.kept]], rules: dynamicRules, fault: 'faultRules' },
  {
    where: 'session',
    ids: [[ID.kept, ID.unwrap]],
    rules: ({ chosen, insistent }) => (cleansByRules(chosen) ? keptShields(chosen.keep, insistent) : []),
    otherwise: ({ chosen }) => leftWhole(chosen.keep),
    fault: 'faultKept',
  },
  { where: 'dynamic', ids: [[ID.kept, ID.unwrap]], rules: keptCopies, fault: 'faultKept' },
];

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  onLevelChange(() => sync());
  api.permissions.onAdded.addListener(() => sync());
  api.permissions.onRemoved.addListener(() => sync());
  api.tabs.onCreated.addListener(() => sync());
  api.tabs.onRemoved.addListener(() => sync());
  api.runtime.onInstalled.addListener(() => sync());
  sync();
}

/** How often the rules were asked for. */
let wishes = 0;

/** @type {Promise<void> | undefined} */
let syncing;

/**
 * Makes the browser's rules what settings and permissions ask for.
 *
 * @returns {Promise<void>} once they are, whatever was asked for meanwhile
 */
export function sync() {
  wishes += 1;
  syncing ??= untilCalm();
  return syncing;
}

async function untilCalm() {
  for (let heeded = 0; heeded !== wishes; ) {
    heeded = wishes;
    try {
      await syncNow(heeded);
    } catch (error) {
      console.error('Detick: the rules could not be set.', error);
    }
  }
  syncing = undefined; // in the very step in which no wish is left: the next one begins anew
}

/** @returns {Promise<Grounds>} */
async function groundsNow() {
  const [chosen, hasAccess, playing, level, visitors, set] = await Promise.all([
    settings.load(),
    hasSiteAccess(),
    players(),
    levelNow(),
    visitorTabs(),
    listsInForce(),
  ]);
  const { key: compiled = '', insistent = [] } = set ?? {};
  return { chosen, hasAccess, playing, level, visitors, compiled, insistent, now: Date.now() };
}

/** A fingerprint: equal exactly when the resulting rules are equal. @param {Grounds} grounds */
function nameOf({ chosen, now, ...others }) {
  return JSON.stringify({ ...chosen, paused: pausedHosts(chosen, now), ...others });
}

/**
 * A worker that merely woke finds its rules in place, unless the last one died before it set them. Where nothing has
 * changed nothing is written: a write can cost open pages their pause (seen in Chromium 156).
 *
 * @param {number} heeded how many wishes there were when it began: if the settings have changed since, it ends early
 */
async function syncNow(heeded) {
  const [stored, grounds] = await Promise.all([keys.get('rulesSynced'), groundsNow()]);
  const name = nameOf(grounds);
  if (stored === name) return;
  if (stored === undefined) inForce.clear(); // the browser may have forgotten what was set
  await keys.put('rulesSynced', false); // until all is done: a worker may die on any line
  /** @type {Set<Fault>} */
  const wrong = new Set();
  if (!(await switched(grounds))) wrong.add('faultRules');
  for (const group of GROUPS) {
    const rules = await group.rules(grounds);
    if (heeded !== wishes && nameOf(await groundsNow()) !== name) return;
    if (!(await isSet(group, rules, group.otherwise?.(grounds)))) wrong.add(group.fault);
  }
  await keys.put('rulesSynced', name);
  for (const fault of new Set(GROUPS.map((group) => group.fault)))
    await (wrong.has(fault) ? tell(fault) : untell(fault));
}

/** What this life of the background has set: rules as JSON, by their ids. @type {Map<Group, Map<number, string>>} */
const inForce = new Map();

/**
 * Sets a group at one stroke, so that there is no moment without it, or gives it up: then its old rules go all the
 * same.
 *
 * @param {Group} group
 * @param {Rule[]} wanted
 * @param {Rule[]} [otherwise] what is set if those are refused
 * @returns {Promise<boolean>} whether the browser took it
 */
async function isSet(group, wanted, otherwise = []) {
  const known = inForce.get(group);
  const next = new Map(wanted.map((rule) => [rule.id, JSON.stringify(rule)]));
  inForce.delete(group);
  try {
    await write(group.where, known ? difference(known, next, wanted) : await replacement(group, wanted));
    inForce.set(group, next);
    return true;
  } catch (error) {
    console.error('Detick: the browser refused a group of rules.', error);
    await write(group.where, await replacement(group, otherwise)).catch((again) =>
      console.error('Detick: the browser refused what was to stand in for it.', again),
    );
    return false;
  }
}

/**
 * @param {Map<number, string>} before
 * @param {Map<number, string>} after
 * @param {Rule[]} rules those after
 * @returns {Change}
 */
function difference(before, after, rules) {
  return {
    removeRuleIds: [...before.keys()].filter((id) => before.get(id) !== after.get(id)),
    addRules: rules.filter(({ id }) => before.get(id) !== after.get(id)),
  };
}

/** In place of whatever there is. @param {Group} group @param {Rule[]} addRules @returns {Promise<Change>} */
async function replacement({ where, ids }, addRules) {
  return { removeRuleIds: where === 'session' ? await sessionIds(ids) : ids.flatMap(everyId), addRules };
}

/** Reading thousands of dynamic rules takes longer than removing some that are not there. @param {Ids} ids */
function everyId([first, end]) {
  return Array.from({ length: end - first }, (_, index) => first + index);
}

/**
 * Which rulesets are on. Surrogates need site access: without it the browser would skip the redirect *and* the block
 * that it outranks, and load the real script. Where the engine cleans navigations live, rules about links only stand in
 * its way: Firefox takes a rule's redirect before a listener's.
 *
 * @param {Settings} chosen
 * @param {boolean} hasAccess
 * @param {Level} [level]
 * @returns {Record<string, boolean>}
 */
export function rulesets(chosen, hasAccess, level = 'pixels') {
  const links = !canBlock && chosen.cleanOpened;
  const embeds = chosen.embeds === 'ask';
  return {
    block: true,
    links,
    surrogates: hasAccess,
    'data-surrogates': answersByData && hasAccess,
    referral: links && chosen.removeReferral,
    embeds,
    'embed-stand-ins': embeds && hasAccess,
    'data-embed-stand-ins': answersByData && hasAccess && embeds,
    visitor: level === 'visitor',
    lockout: level === 'lockout',
  };
}

/** @param {Grounds} grounds @returns {Promise<boolean>} whether the browser has switched its rulesets as wanted */
async function switched({ chosen, hasAccess, level }) {
  try {
    await switchRulesets(rulesets(chosen, hasAccess, level));
    return true;
  } catch (error) {
    console.error('Detick: the browser did not switch its rulesets.', error);
    return false;
  }
}

/** @returns {Promise<Player[]>} what the reader pressed play on */
async function players() {
  return (await keys.get('players')) ?? [];
}
