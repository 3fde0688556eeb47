/**
 * Which lists and own lines are in force as the browser's rules. Dynamic rules persist until Detick changes them;
 * storage.local `listRules`, which this module alone writes, identifies the set that they belong to, and is empty while
 * they change.
 *
 * @import { Meta } from '../../types.js'
 */

import { canBlock, hasSiteAccess } from '../../shared/browser.js';
import * as keys from '../../stored/keys.js';
import * as store from '../../stored/list-files.js';
import * as settings from '../../stored/settings.js';
import { changeListRules, listRuleIds } from '../rules/browser-rules.js';

/** @typedef {chrome.declarativeNetRequest.Rule} Rule */

/**
 * As compiled. Surrogates may be in force only with site access: without it the browser skips the redirect and the
 * block below it.
 *
 * @typedef {object} Sets
 * @property {Rule[]} block
 * @property {Rule[]} surrogates
 * @property {Rule[]} links
 * @property {Rule[]} headers
 * @property {Meta['unwrap']} unwrap
 */

/**
 * Which parts of a set may be enabled: surrogates with access to sites, links if the user wants them cleaned.
 *
 * @typedef {{ surrogates: boolean, links: boolean }} Allowed
 */

const NONE = '{"block":[],"surrogates":[],"links":[],"headers":[],"unwrap":[]}';

/**
 * What browsers take, less what Detick itself needs for settings, redirectors and links. Of those that redirect
 * Chromium takes 5,000; the thousand that is left there is left in all.
 */
export const BUDGET = canBlock
  ? { rules: 4_800, unsafe: 4_800, regex: 950 }
  : { rules: 29_000, unsafe: 4_000, regex: 600 };

/** @param {string | undefined} text as the compiler gives it @returns {Sets} */
export function setsOf(text) {
  return JSON.parse(text ?? NONE);
}

/**
 * Puts a set in force at one stroke, or leaves the one of before.
 *
 * @param {string} key names the set; empty: none
 * @param {string | undefined} text its rules
 * @throws {Error} if the browser refuses it
 */
export async function putInForce(key, text) {
  const [mark, allowed, before] = await Promise.all([keys.get('listRules'), allowedNow(), store.rules()]);
  const next = markOf(key, allowed);
  if (mark === next) return;
  const known = await store.meta();
  const isKnown = mark === markOf(known?.key ?? '', allowed);
  const wanted = rulesOf(setsOf(text), allowed);
  const change = isKnown
    ? difference(rulesOf(setsOf(before), allowed), wanted)
    : { removeRuleIds: await listRuleIds(), addRules: wanted };
  await keys.put('listRules', '…');
  await changeListRules(change);
  await keys.put('listRules', next);
}

/**
 * Makes the browser's rules those of the set that is stored, if they are not: after a crash, or when site access or the
 * settings have changed.
 */
export async function restore() {
  const [known, allowed, mark] = await Promise.all([store.meta(), allowedNow(), keys.get('listRules')]);
  const key = known?.key ?? '';
  if (mark !== markOf(key, allowed)) await putInForce(key, await store.rules());
}

/** @returns {Promise<Allowed>} */
async function allowedNow() {
  const [hasAccess, chosen] = await Promise.all([hasSiteAccess(), settings.load()]);
  return { surrogates: hasAccess, links: chosen.cleanOpened };
}

/** @param {string} key @param {Allowed} allowed */
function markOf(key, { surrogates, links }) {
  return key === '' ? '' : `${key} ${surrogates} ${links}`;
}

/** @param {Sets} sets @param {Allowed} allowed @returns {Rule[]} */
export function rulesOf(sets, { surrogates, links }) {
  return [...sets.block, ...(links ? sets.links : []), ...sets.headers, ...(surrogates ? sets.surrogates : [])];
}

/**
 * What leads from one set to another. Ids follow from what a rule says, so that few differ.
 *
 * @param {Rule[]} before
 * @param {Rule[]} after
 * @returns {{ removeRuleIds: number[], addRules: Rule[] }}
 */
export function difference(before, after) {
  const old = new Map(before.map((rule) => [rule.id, JSON.stringify(rule)]));
  const kept = new Set(after.filter((rule) => old.get(rule.id) === JSON.stringify(rule)).map((rule) => rule.id));
  return {
    removeRuleIds: [...old.keys()].filter((id) => !kept.has(id)),
    addRules: after.filter((rule) => !kept.has(rule.id)),
  };
}
