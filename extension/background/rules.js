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
 * | blocked / stand-in / allowed | static `block`, `surrogates`, `data-surrogates` | the compiler's | 10 / 11 / 30 |
 * | the same, important | | | 40 / 41 / 50 |
 * | short links: no cookies, no referrer | dynamic `modifyHeaders` | 3, 4 | 60: an `allow` above would switch it off |
 * | Detick's own question to a short host | dynamic `allow` | 12, 13 | 30 |
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
 * @import { Level, Player, Settings } from '../types.js'
 */

import { answersByData, api, canBlock, hasSiteAccess } from '../shared/browser.js';
import * as settings from '../shared/settings.js';
import { hostOf } from '../shared/site.js';
import { lockoutRules, unwrapRules } from './detour-rules.js';
import { playerRules, siteRules } from './embed-rules.js';
import { keptRules, keptShields } from './kept-rules.js';
import { levelNow, onLevelChange, visitorTabs } from './level.js';
import * as listStore from './lists/store.js';
import { linksOffRules, pausedHosts, pauseRules, workerPauseRules } from './pause-rules.js';
import { questionRules, shortLinkRules } from './short-rules.js';

/** @typedef {chrome.declarativeNetRequest.Rule} Rule */
/** @typedef {chrome.declarativeNetRequest.RuleCondition} RuleCondition */

const ID = {
  pass: 20_000,
  visitor: 30_000,
  /** From here on rules are those of lists and own lines, which have their own life. */
  lists: 1_000_000,
};
const PRIORITY = { pass: 9 };

const PASSES = 100;
const PASS_MS = 10_000;
const SYNCED = 'rulesSynced';

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

/** @type {Promise<void>} */
let syncing = Promise.resolve();

/** Makes the browser's rules what settings and permissions ask for, one run after the other. */
export function sync() {
  syncing = syncing.then(syncNow).catch((error) => console.error('Detick: the rules could not be set.', error));
  return syncing;
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
 * @property {number} now ms since 1970
 */

/** @returns {Promise<Grounds>} */
async function groundsNow() {
  const [chosen, hasAccess, playing, level, visitors] = await Promise.all([
    settings.load(),
    hasSiteAccess(),
    players(),
    levelNow(),
    visitorTabs(),
  ]);
  return { chosen, hasAccess, playing, level, visitors, now: Date.now() };
}

/** The same for the same rules. @param {Grounds} grounds */
function nameOf({ chosen, now, ...others }) {
  return JSON.stringify({ ...chosen, paused: pausedHosts(chosen, now), ...others });
}

/**
 * A worker that merely woke finds its rules in place, unless the last one died before it set them. Where nothing has changed
 * nothing is written: a write can cost open pages their pause (seen in Chromium 156).
 */
async function syncNow() {
  const [stored, grounds] = await Promise.all([api.storage.session.get(SYNCED), groundsNow()]);
  if (stored[SYNCED] === nameOf(grounds)) return;
  const { chosen, hasAccess, level, now } = grounds;
  const dynamic = await dynamicRules(chosen, now);
  const session = await sessionRules(grounds);
  await api.storage.session.set({ [SYNCED]: false }); // until all is done: a worker may die on any line
  await switchRulesets(rulesets(chosen, hasAccess, level));
  await replace(dynamic, ownDynamicRules, api.declarativeNetRequest.updateDynamicRules);
  await replace(session, api.declarativeNetRequest.getSessionRules, api.declarativeNetRequest.updateSessionRules);
  await api.storage.session.set({ [SYNCED]: nameOf(grounds) });
}

/** @returns {Promise<Rule[]>} those that `syncNow` sets */
async function ownDynamicRules() {
  const all = await api.declarativeNetRequest.getDynamicRules();
  return all.filter((rule) => rule.id < ID.lists);
}

/** @returns {Promise<number[]>} the ids of the rules of lists and own lines */
export async function listRuleIds() {
  const all = await api.declarativeNetRequest.getDynamicRules();
  return all.map((rule) => rule.id).filter((id) => id >= ID.lists);
}

/**
 * Changes the rules of lists and own lines at one stroke; lists/rules.js says which.
 *
 * @param {{ removeRuleIds: number[], addRules: Rule[] }} change
 * @throws {Error} if the browser refuses a rule; then nothing has changed
 */
export async function changeListRules(change) {
  if (change.removeRuleIds.length + change.addRules.length === 0) return;
  await api.declarativeNetRequest.updateDynamicRules(change);
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
 * Every dynamic rule. Where the engine cleans navigations live, it knows what the user wants left alone.
 *
 * @param {Settings} chosen
 * @param {number} now ms since 1970
 * @returns {Promise<Rule[]>}
 */
async function dynamicRules(chosen, now) {
  const always = [
    ...pauseRules(pausedHosts(chosen, now)),
    ...shortLinkRules(),
    ...questionRules(),
    ...siteRules(chosen.embedSites),
  ];
  if (canBlock || !chosen.cleanOpened) return always;
  return [
    ...always,
    ...linksOffRules(chosen.linksOff),
    ...keptRules(chosen.keep, chosen.keep.length > 0 ? await linkRules(chosen) : []),
  ];
}

/**
 * Every session rule: what belongs to a tab, and what leads to a page of ours, whose address may be another one each time
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
  if (canBlock || !chosen.cleanOpened) return always;
  const left = [...chosen.linksOff, ...pausedHosts(chosen, now)];
  return [...always, ...keptShields(chosen.keep), ...unwrapRules(await redirectors(), left)];
}

/** @returns {Promise<RuleCondition[]>} Detick's own, and where the disk gives them those of lists and own lines */
async function redirectors() {
  const shipped = await bundled('unwrap');
  try {
    return [...shipped, ...((await listStore.meta())?.unwrap ?? [])];
  } catch (error) {
    console.warn('Detick: the redirectors of lists cannot be read.', error);
    return shipped;
  }
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

/** How many links were let past; the ids of their rules go round. */
let passed = 0;

/**
 * Lets a tab open a link of a redirector itself, for a moment: it could not be unwrapped.
 *
 * @param {{ url: string }} link
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<Record<string, never>>}
 * @throws {Error} if it is not asked for by a tab, or not for a web address.
 */
export async function passUnwrapping({ url }, sender) {
  const tabId = sender.tab?.id;
  if (hostOf(url) === '' || tabId === undefined) throw new Error('Only a tab can be let past, and only to the web.');
  const id = ID.pass + (passed++ % PASSES);
  /** @type {Rule} */
  const rule = {
    id,
    priority: PRIORITY.pass,
    action: { type: 'allow' },
    condition: {
      urlFilter: `|${new URL(url).href.replace(/#.*$/s, '')}`,
      resourceTypes: ['main_frame'],
      tabIds: [tabId],
    },
  };
  await api.declarativeNetRequest.updateSessionRules({ removeRuleIds: [id], addRules: [rule] });
  setTimeout(() => api.declarativeNetRequest.updateSessionRules({ removeRuleIds: [id] }), PASS_MS);
  return {};
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

/**
 * Replaces all rules at one stroke, so that there is no moment without them. A rule that the browser refuses makes the whole
 * stroke fail: then the old ones go all the same, and the others are added one by one.
 *
 * @param {Rule[]} wanted
 * @param {() => Promise<Rule[]>} read
 * @param {(change: chrome.declarativeNetRequest.UpdateRuleOptions) => Promise<void>} write
 */
async function replace(wanted, read, write) {
  const removeRuleIds = (await read()).map((rule) => rule.id);
  if (removeRuleIds.length + wanted.length === 0) return;
  try {
    await write({ removeRuleIds, addRules: wanted });
  } catch {
    await write({ removeRuleIds });
    for (const rule of wanted) await addAlone(rule, write);
  }
}

/** @param {Rule} rule @param {(change: chrome.declarativeNetRequest.UpdateRuleOptions) => Promise<void>} write */
async function addAlone(rule, write) {
  try {
    await write({ addRules: [rule] });
  } catch (error) {
    console.error(`Detick: the browser refused rule ${rule.id}.`, error);
  }
}
