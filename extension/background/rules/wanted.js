/**
 * Which rules settings, permissions and lists ask for.
 *
 * @import { Level, Player, Settings } from '../../types.js'
 */

import { answersByData, api, canBlock } from '../../shared/browser.js';
import { SISTERS, TIKTOK } from '../../shared/families.js';
import * as listFiles from '../../stored/list-files.js';
import { lockoutRules, unwrapRules } from './detours.js';
import { markupRules, playerRules } from './embeds.js';
import { gpcRules } from './gpc.js';
import { keptRules } from './kept.js';
import { linksOffRules, pausedHosts, pauseRules, workerPauseRules } from './pause-rules.js';
import { privateRules } from './private.js';
import { questionRules, shortLinkRules } from './short-links.js';
import { ID } from './table.js';

/** @typedef {chrome.declarativeNetRequest.Rule} Rule */
/** @typedef {chrome.declarativeNetRequest.RuleCondition} RuleCondition */

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
 * @property {string[]} insistent names that these take out in spite of exceptions
 * @property {number} now ms since 1970
 */

/**
 * Whether rules clean navigations. Where the engine does it live, it knows what the user wants left alone.
 *
 * @param {Settings} chosen
 */
export function cleansByRules(chosen) {
  return !canBlock && chosen.cleanOpened;
}

/**
 * The dynamic rules, but for those about kept parameters.
 *
 * @param {Grounds} grounds
 * @returns {Rule[]}
 */
export function dynamicRules({ chosen, now }) {
  return [
    ...pauseRules(pausedHosts(chosen, now)),
    ...shortLinkRules(),
    ...questionRules(),
    ...privateRules(chosen),
    ...gpcRules(chosen),
    ...(cleansByRules(chosen) ? linksOffRules(chosen.linksOff) : []),
  ];
}

/** @param {Grounds} grounds @returns {Promise<Rule[]>} dynamic rules */
export async function keptCopies({ chosen }) {
  if (!cleansByRules(chosen) || chosen.keep.length === 0) return [];
  return keptRules(chosen.keep, await linkRules(chosen));
}

/**
 * The session rules, but for those about kept parameters: what belongs to a tab, and what leads to a page of ours,
 * whose address may be another one each time the browser starts.
 *
 * @param {Grounds} grounds
 * @returns {Promise<Rule[]>}
 */
export async function sessionRules({ chosen, hasAccess, playing, visitors, level, now }) {
  const always = [
    ...workerPauseRules(chosen, now),
    ...(chosen.embeds === 'ask' ? playerRules(playing, await bundled('player')) : []),
    ...(answersByData && hasAccess && chosen.embeds === 'ask' ? markupRules([...TIKTOK, ...SISTERS]) : []),
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

/** Nothing where the disk does not give it. */
export async function listsInForce() {
  try {
    return await listFiles.meta();
  } catch (error) {
    console.warn('Detick: the lists in force cannot be read.', error);
    return undefined;
  }
}
