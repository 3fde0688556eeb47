/**
 * What the browser holds of our rules; sole caller of declarativeNetRequest.
 */

import { api } from '../../shared/browser.js';
import { ID } from './table.js';

/** @typedef {chrome.declarativeNetRequest.Rule} Rule */

/** Ids from the first to before the last. @typedef {[number, number]} Ids */

/** @typedef {{ removeRuleIds: number[], addRules: Rule[] }} Change */

/** How many rules a browser may refuse, one by one, before all that came with them are given up. */
const MOST_REFUSED = 20;

/**
 * Changes rules at one stroke. A browser that refuses one refuses all; one that it names is left out.
 *
 * @param {'dynamic' | 'session'} where
 * @param {Change} change
 * @throws {Error} if it names none, as where there is no room for all, or ever more; then nothing has changed
 */
export async function write(where, { removeRuleIds, addRules }) {
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
 * Changes the rules of lists and own lines at one stroke; lists/in-force.js says which. A rule that the browser refuses
 * is left out: the engine may still decide what it says.
 *
 * @param {Change} change
 * @throws {Error} if the browser refuses more than that; then nothing has changed
 */
export async function changeListRules(change) {
  await write('dynamic', change);
}

/** @param {Ids[]} ids @returns {Promise<number[]>} those that are taken */
export async function sessionIds(ids) {
  const all = (await api.declarativeNetRequest.getSessionRules()).map((rule) => rule.id);
  return all.filter((id) => ids.some(([first, end]) => id >= first && id < end));
}

/** @param {Record<string, boolean>} wanted rulesets, and whether they are on */
export async function switchRulesets(wanted) {
  const enabled = await api.declarativeNetRequest.getEnabledRulesets();
  const differing = Object.keys(wanted).filter((id) => wanted[id] !== enabled.includes(id));
  if (differing.length === 0) return;
  await api.declarativeNetRequest.updateEnabledRulesets({
    enableRulesetIds: differing.filter((id) => wanted[id]),
    disableRulesetIds: differing.filter((id) => !wanted[id]),
  });
}

/** @param {number[]} ruleIds @returns {Promise<Rule[]>} the session rules that have these ids */
export function sessionRulesOf(ruleIds) {
  return api.declarativeNetRequest.getSessionRules({ ruleIds });
}

/** @returns {chrome.declarativeNetRequest.ResourceType[]} every type of request that this browser's rules know */
export function everyType() {
  return Object.values(api.declarativeNetRequest.ResourceType);
}

/**
 * Takes the place of the rule with its id, if there is one.
 *
 * @param {Rule} rule
 * @returns {Promise<void>} rejected if the browser refuses it
 */
export function putSessionRule(rule) {
  return api.declarativeNetRequest.updateSessionRules({ removeRuleIds: [rule.id], addRules: [rule] });
}
