/**
 * Addresses that rules let pass, because they could not be opened otherwise: by the page that unwraps, or because they
 * insist.
 */

import { makeQueue } from '../../shared/queue.js';
import { hostOf } from '../../shared/site.js';
import { putSessionRule, sessionRulesOf } from './browser-rules.js';
import { ID, PRIORITY } from './table.js';

/** @typedef {chrome.declarativeNetRequest.Rule} Rule */
/** @typedef {chrome.declarativeNetRequest.RuleCondition} RuleCondition */

const PASSES = Array.from({ length: 100 }, (_, index) => ID.pass + index);
/** More of an address than tells it from others. */
const LONGEST_PASSED = 1_000;

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

/**
 * @param {string} address
 * @returns {string} a filter for addresses that begin so; a `|` at its end would mean that they end there
 */
function beginning(address) {
  return `|${address.replace(/\|+$/, '')}`;
}

const queued = makeQueue();

/**
 * For as long as the browser runs: what could not be opened otherwise could not be later. Of too many, some one makes
 * way.
 *
 * @param {number} priority
 * @param {RuleCondition} condition
 * @returns {Promise<void>}
 */
function letPass(priority, condition) {
  return queued(() => addPass(priority, condition));
}

/** @param {number} priority @param {RuleCondition} condition */
async function addPass(priority, condition) {
  const known = await sessionRulesOf(PASSES);
  const { urlFilter, tabIds = [] } = condition;
  const isSame = (/** @type {RuleCondition} */ other) =>
    other.urlFilter === urlFilter && String(other.tabIds ?? '') === String(tabIds);
  if (known.some((rule) => rule.priority === priority && isSame(rule.condition))) return;
  const taken = known.map((rule) => rule.id);
  const id = PASSES.find((one) => !taken.includes(one)) ?? ID.pass + (Date.now() % PASSES.length);
  /** @type {Rule} */
  const rule = { id, priority, action: { type: 'allow' }, condition: { ...condition, resourceTypes: ['main_frame'] } };
  await putSessionRule(rule);
}
