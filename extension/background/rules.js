/**
 * The browser's own rules; sole caller of declarativeNetRequest, and sole writer of storage.session `rulesSynced`.
 *
 * | what | where | ids | priority |
 * |---|---|---|---|
 * | link parameters / exceptions | static `links`, `referral` | the compiler's | 1, 2, 4 / 3 |
 * | links left alone on a site | dynamic `allow` | 2 | 5 |
 * | parameters kept on a site | dynamic copies without them, session `allow` | 2,000 … 9,999 | theirs + 5, 5 |
 * | unwrapping (where the engine cannot do it live) | session, to unwrap.html | 10,000 … | 9 |
 * | one link that could not be unwrapped | session `allow` for its tab | 20,000 … 20,099 | 9 |
 * | an address that insists on its parameters | session `allow` | the same | 8 |
 * | blocked / stand-in / allowed | static `block`, `surrogates`, `data-surrogates` | the compiler's | 10 / 11 / 30 |
 * | the same, important | | | 40 / 41 / 50 |
 * | short links: no cookies, no referrer | dynamic `modifyHeaders` | 3, 4 | 60: an `allow` above would switch it off |
 * | Detick's own question to a short host | dynamic `allow` | 12, 13 | 30 |
 * | requests of its own to private hosts | dynamic `block` | 14 … 20 | 2,000,000 |
 * | embeds wait for a click / their script's stand-in | static `embeds` / `embed-stand-ins` | the compiler's | 10 / 11 |
 * | the player on some sites, in some tabs / what it may not load | dynamic, session | 10, 100 … / 20 … | 30 / 40 |
 * | visitors on tiktok.com | static `visitor` | the compiler's | 10, headers 60 |
 * | the same, in their tabs alone, where somebody is signed in in others | session copies | 30,000 … | theirs |
 * | lockout / its page | static `lockout` / session | the compiler's / 11 | 40 / 45 |
 * | subscriptions | dynamic, lists/rules.js | 1,000,000 … 9,999,999 | the compiler's, as above |
 * | the user's own lines | dynamic, lists/rules.js | 10,000,000 … 19,999,999 | the compiler's, + 1,000 |
 * | paused sites | dynamic `allowAllRequests`, session `allow` for workers | 1 | 1,000,000 |
 *
 * Dynamic rules outlive an update of the extension, session rules and ruleset switches do not: everything is set again
 * when storage.session, which has the same life, says nothing about it.
 *
 * They are set in groups, each at one stroke, and what people notice at once comes first. A group that the browser has no room for
 * is given up as a whole and told of (`shared/faults.js`); the others are set all the same.
 *
 * @import { Fault } from '../shared/faults.js'
 * @import { Level, Player, Settings } from '../types.js'
 */

import { answersByData, api, canBlock, hasSiteAccess } from '../shared/browser.js';
import { tell, untell } from '../shared/faults.js';
import * as settings from '../shared/settings.js';
import { hostOf } from '../shared/site.js';
import { lockoutRules, unwrapRules } from './detour-rules.js';
import { playerRules, siteRules } from './embed-rules.js';
import { keptRules, keptShields, leftWhole } from './kept-rules.js';
import { levelNow, onLevelChange, visitorTabs } from './level.js';
import * as listStore from './lists/store.js';
import { linksOffRules, pausedHosts, pauseRules, workerPauseRules } from './pause-rules.js';
import { privateRules } from './private-rules.js';
import { questionRules, shortLinkRules } from './short-rules.js';

/** @typedef {chrome.declarativeNetRequest.Rule} Rule */
/** @typedef {chrome.declarativeNetRequest.RuleCondition} RuleCondition */

const ID = {
  pass: 20_000,
  visitor: 30_000,
  /** From here on rules are those of lists and own lines, which have their own life. */
  lists: 1_000_000,
};
const PRIORITY = { insisting: 8, pass: 9 };

const PASSES = Array.from({ length: 100 }, (_, index) => ID.pass + index);
/** More of an address than tells it from others. */
const LONGEST_PASSED = 1_000;
const SYNCED = 'rulesSynced';

/** How many rules a browser may refuse, one by one, before all that came with them are given up. */
const MOST_REFUSED = 20;

/** Ids from the first to before the last. @typedef {[number, number]} Ids */

/**
 * Rules that make way for others together.
 *
 * @typedef {object} Group
 * @property {'dynamic' | 'session'} where
 * @property {Ids[]} ids those of its rules, whoever set them
 * @property {(grounds: Grounds) => Rule[] | Promise<Rule[]>} rules
 * @property {(grounds: Grounds) => Rule[]} [otherwise] what is set if those are refused
 * @property {Fault} fault what is told then
 */

/** In the order in which they are set. @type {Group[]} */
const GROUPS = [
  {
    where: 'session',
    ids: [
      [1, 2_000],
      [10_000, ID.pass],
      [ID.visitor, ID.lists],
    ],
    rules: sessionRules,
    fault: 'faultRules',
  },
  { where: 'dynamic', ids: [[1, 2_000]], rules: dynamicRules, fault: 'faultRules' },
  {
    where: 'session',
    ids: [[2_000, 10_000]],
    rules: ({ chosen }) => (cleansByRules(chosen) ? keptShields(chosen.keep) : []),
    otherwise: ({ chosen }) => leftWhole(chosen.keep),
    fault: 'faultKept',
  },
  { where: 'dynamic', ids: [[2_000, 10_000]], rules: keptCopies, fault: 'faultKept' },
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
  syncing ??= untilCalm().finally(() => {
    syncing = undefined;
  });
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
}

/**
 * What the rules follow from.
 *
 * @typedef {object} Grounds
 * @property {Settings} chosen
 * @property {boolean} hasAccess
 * @property {Level} level
 * @property {Player[]} playing
 * @property {number[]} visitors tabs, while visitors and members meet
 * @property {string} compiled which lists and own lines are in force
 * @property {number} now ms since 1970
 */

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
  return { chosen, hasAccess, playing, level, visitors, compiled: set?.key ?? '', now: Date.now() };
}

/** Nothing where the disk does not give it. */
async function listsInForce() {
  try {
    return await listStore.meta();
  } catch (error) {
    console.warn('Detick: the lists in force cannot be read.', error);
    return undefined;
  }
}

/** The same for the same rules. @param {Grounds} grounds */
function nameOf({ chosen, now, ...others }) {
  return JSON.stringify({ ...chosen, paused: pausedHosts(chosen, now), ...others });
}

/**
 * A worker that merely woke finds its rules in place, unless the last one died before it set them. Where nothing has changed
 * nothing is written: a write can cost open pages their pause (seen in Chromium 156).
 *
 * @param {number} heeded how many wishes there were when it began: if the settings have changed since, it ends early
 */
async function syncNow(heeded) {
  const [stored, grounds] = await Promise.all([api.storage.session.get(SYNCED), groundsNow()]);
  const name = nameOf(grounds);
  if (stored[SYNCED] === name) return;
  if (stored[SYNCED] === undefined) inForce.clear(); // the browser may have forgotten what was set
  await api.storage.session.set({ [SYNCED]: false }); // until all is done: a worker may die on any line
  /** @type {Set<Fault>} */
  const wrong = new Set();
  if (!(await switched(grounds))) wrong.add('faultRules');
  for (const group of GROUPS) {
    const rules = await group.rules(grounds);
    if (heeded !== wishes && nameOf(await groundsNow()) !== name) return;
    if (!(await isSet(group, rules, group.otherwise?.(grounds)))) wrong.add(group.fault);
  }
  await api.storage.session.set({ [SYNCED]: name });
  for (const fault of new Set(GROUPS.map((group) => group.fault)))
    await (wrong.has(fault) ? tell(fault) : untell(fault));
}

/** What this life of the background has set: rules as JSON, by their ids. @type {Map<Group, Map<number, string>>} */
const inForce = new Map();

/**
 * Sets a group at one stroke, so that there is no moment without it, or gives it up: then its old rules go all the same.
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

/** @typedef {{ removeRuleIds: number[], addRules: Rule[] }} Change */

/** @param {Map<number, string>} before @param {Map<number, string>} after @param {Rule[]} rules those after @returns {Change} */
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

/** @param {Ids[]} ids @returns {Promise<number[]>} those that are taken */
async function sessionIds(ids) {
  const all = (await api.declarativeNetRequest.getSessionRules()).map((rule) => rule.id);
  return all.filter((id) => ids.some(([first, end]) => id >= first && id < end));
}

/** Reading thousands of dynamic rules takes longer than removing some that are not there. @param {Ids} ids */
function everyId([first, end]) {
  return Array.from({ length: end - first }, (_, index) => first + index);
}

/**
 * Changes rules at one stroke. A browser that refuses one refuses all; one that it names is left out.
 *
 * @param {Group['where']} where
 * @param {Change} change
 * @throws {Error} if it names none, as where there is no room for all, or ever more; then nothing has changed
 */
async function write(where, { removeRuleIds, addRules }) {
  if (removeRuleIds.length + addRules.length === 0) return undefined;
  const { updateDynamicRules, updateSessionRules } = api.declarativeNetRequest;
  const update = where === 'dynamic' ? updateDynamicRules : updateSessionRules;
  let rest = addRules;
  for (let refused = 0; ; refused += 1) {
    try {
      return await update({ removeRuleIds, addRules: rest });
    } catch (error) {
      const id = Number(/\bid (\d+)/.exec(String(error))?.[1]);
      if (refused === MOST_REFUSED || !rest.some((rule) => rule.id === id)) throw error;
      console.warn(`Detick: the browser refused rule ${id}.`, error);
      rest = rest.filter((rule) => rule.id !== id);
    }
  }
}

/** @returns {Promise<number[]>} the ids of the rules of lists and own lines */
export async function listRuleIds() {
  const all = await api.declarativeNetRequest.getDynamicRules();
  return all.map((rule) => rule.id).filter((id) => id >= ID.lists);
}

/**
 * Changes the rules of lists and own lines at one stroke; lists/rules.js says which. A rule that the browser refuses is left out: the
 * engine may still decide what it says.
 *
 * @param {Change} change
 * @throws {Error} if the browser refuses more than that; then nothing has changed
 */
export async function changeListRules(change) {
  await write('dynamic', change);
}

/**
 * Which rulesets are on. Stand-ins need site access: without it the browser would skip the redirect *and* the block that
 * it outranks, and load the real script. Where the engine cleans navigations live, rules about links only stand in its
 * way: Firefox takes a rule's redirect before a listener's.
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

/** @param {Record<string, boolean>} wanted */
async function switchRulesets(wanted) {
  const enabled = await api.declarativeNetRequest.getEnabledRulesets();
  const differing = Object.keys(wanted).filter((id) => wanted[id] !== enabled.includes(id));
  if (differing.length === 0) return;
  await api.declarativeNetRequest.updateEnabledRulesets({
    enableRulesetIds: differing.filter((id) => wanted[id]),
    disableRulesetIds: differing.filter((id) => !wanted[id]),
  });
}

/**
 * Whether rules clean navigations. Where the engine does it live, it knows what the user wants left alone.
 *
 * @param {Settings} chosen
 */
function cleansByRules(chosen) {
  return !canBlock && chosen.cleanOpened;
}

/**
 * The dynamic rules, but for those about kept parameters.
 *
 * @param {Grounds} grounds
 * @returns {Rule[]}
 */
function dynamicRules({ chosen, now }) {
  return [
    ...pauseRules(pausedHosts(chosen, now)),
    ...shortLinkRules(),
    ...questionRules(),
    ...privateRules(chosen),
    ...siteRules(chosen.embedSites),
    ...(cleansByRules(chosen) ? linksOffRules(chosen.linksOff) : []),
  ];
}

/** @param {Grounds} grounds @returns {Promise<Rule[]>} dynamic rules */
async function keptCopies({ chosen }) {
  if (!cleansByRules(chosen) || chosen.keep.length === 0) return [];
  return keptRules(chosen.keep, await linkRules(chosen));
}

/**
 * The session rules, but for those about kept parameters: what belongs to a tab, and what leads to a page of ours, whose address may be another one each time
 * the browser starts.
 *
 * @param {Grounds} grounds
 * @returns {Promise<Rule[]>}
 */
async function sessionRules({ chosen, hasAccess, playing, visitors, level, now }) {
  const always = [
    ...workerPauseRules(chosen, now),
    ...(chosen.embeds === 'ask' && playing.length > 0 ? playerRules(playing, await bundled('player')) : []),
    ...visitorRules(visitors, visitors.length > 0 ? await bundled('visitor') : []),
    ...(hasAccess && level === 'lockout' ? lockoutRules(await bundled('lockout')) : []),
  ];
  if (!cleansByRules(chosen)) return always;
  const left = [...chosen.linksOff, ...pausedHosts(chosen, now)];
  return [...always, ...unwrapRules(await redirectors(), left)];
}

/** @returns {Promise<RuleCondition[]>} Detick's own, and where the disk gives them those of lists and own lines */
async function redirectors() {
  return [...(await bundled('unwrap')), ...((await listsInForce())?.unwrap ?? [])];
}

/**
 * The visitor's ruleset for some tabs: none where it is on as a whole, or for nobody.
 *
 * @param {number[]} tabIds
 * @param {Rule[]} originals
 * @returns {Rule[]}
 */
function visitorRules(tabIds, originals) {
  return originals.map((rule, index) => ({
    ...rule,
    id: ID.visitor + index,
    condition: { ...rule.condition, tabIds },
  }));
}

/** @returns {Promise<Player[]>} what the reader pressed play on */
async function players() {
  const { players: stored } = await api.storage.session.get('players');
  return Array.isArray(stored) ? stored : [];
}

/**
 * Lets a tab open a link itself that the page that unwraps leaves as it is.
 *
 * @param {{ url: string }} link or its beginning
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<Record<string, never>>}
 * @throws {Error} if it is not asked for by a tab, or not for a web address.
 */
export async function passUnwrapping({ url }, sender) {
  const tabId = sender.tab?.id;
  if (hostOf(url) === '' || tabId === undefined) throw new Error('Only a tab can be let past, and only to the web.');
  const address = new URL(url).href.replace(/#.*$/s, '').slice(0, LONGEST_PASSED);
  await letPass(PRIORITY.pass, { urlFilter: beginning(address), tabIds: [tabId] });
  return {};
}

/**
 * Leaves the parameters of an address alone, because it insists on them.
 *
 * @param {string} url
 * @param {number} [tabId] in this tab only
 */
export async function leaveAlone(url, tabId) {
  const { origin, pathname } = new URL(url);
  const address = `${origin}${pathname}?`.slice(0, LONGEST_PASSED);
  await letPass(PRIORITY.insisting, { urlFilter: beginning(address), ...(tabId !== undefined && { tabIds: [tabId] }) });
}

/** @param {string} address @returns {string} a filter for addresses that begin so; a `|` at its end would mean that they end there */
function beginning(address) {
  return `|${address.replace(/\|+$/, '')}`;
}

/** @type {Promise<void>} */
let passing = Promise.resolve();

/**
 * For as long as the browser runs: what could not be opened otherwise could not be later. Of too many, some one makes way.
 *
 * @param {number} priority
 * @param {RuleCondition} condition
 * @returns {Promise<void>}
 */
function letPass(priority, condition) {
  const result = passing.then(() => addPass(priority, condition));
  passing = result.catch(() => {
    // The caller gets the error; the next one goes on.
  });
  return result;
}

/** @param {number} priority @param {RuleCondition} condition */
async function addPass(priority, condition) {
  const known = await api.declarativeNetRequest.getSessionRules({ ruleIds: PASSES });
  const { urlFilter, tabIds = [] } = condition;
  const isSame = (/** @type {RuleCondition} */ other) =>
    other.urlFilter === urlFilter && String(other.tabIds ?? '') === String(tabIds);
  if (known.some((rule) => rule.priority === priority && isSame(rule.condition))) return;
  const taken = known.map((rule) => rule.id);
  const id = PASSES.find((one) => !taken.includes(one)) ?? ID.pass + (Date.now() % PASSES.length);
  /** @type {Rule} */
  const rule = { id, priority, action: { type: 'allow' }, condition: { ...condition, resourceTypes: ['main_frame'] } };
  await api.declarativeNetRequest.updateSessionRules({ removeRuleIds: [id], addRules: [rule] });
}

/** @param {Settings} chosen @returns {Promise<Rule[]>} The static rules about parameters that are on. */
async function linkRules(chosen) {
  const files = chosen.removeReferral ? ['links', 'referral'] : ['links'];
  return (await Promise.all(files.map(bundled))).flat();
}

/** @param {string} name */
async function bundled(name) {
  const response = await fetch(api.runtime.getURL(`rules/${name}.json`));
  return response.json();
}
