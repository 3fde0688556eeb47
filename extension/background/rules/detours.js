/**
 * The rules that answer a navigation with a page of ours; ids and priorities are in table.js.
 *
 * They are session rules. Chromium gives our pages another address each time it starts, so that no site can tell by a
 * fixed one that Detick is there: rules that outlived the browser would lead nowhere.
 */

import { api } from '../../shared/browser.js';
import { ID, PRIORITY } from './table.js';

/** @typedef {chrome.declarativeNetRequest.Rule} Rule */
/** @typedef {chrome.declarativeNetRequest.RuleCondition} RuleCondition */

/**
 * Navigations to a redirector go to our page, which decodes the target without asking the redirector. That page's own
 * way on is not caught again.
 *
 * @param {RuleCondition[]} conditions from the compiler
 * @param {string[]} left Hosts whose links stay as they are.
 * @returns {Rule[]}
 */
export function unwrapRules(conditions, left) {
  const regexSubstitution = `${api.runtime.getURL('unwrap.html')}#\\0`;
  return conditions.map((condition, index) => ({
    id: ID.unwrap + index,
    priority: PRIORITY.unwrap,
    action: { type: 'redirect', redirect: { regexSubstitution } },
    condition: {
      ...condition,
      resourceTypes: ['main_frame'],
      excludedInitiatorDomains: [...(condition.excludedInitiatorDomains ?? []), api.runtime.id, ...left],
      ...(left.length > 0 && {
        excludedRequestDomains: [...(condition.excludedRequestDomains ?? []), ...left],
      }),
    },
  }));
}

/**
 * Pages that are locked out are answered by our page, which says why. It outranks the block, so it may be in force only
 * with site access, like surrogates.
 *
 * @param {Rule[]} originals
 * @returns {Rule[]}
 */
export function lockoutRules(originals) {
  const requestDomains = originals.flatMap((rule) => rule.condition.requestDomains ?? []);
  const regexSubstitution = `${api.runtime.getURL('lockout/page.html')}#\\0`;
  return [
    {
      id: ID.lockout,
      priority: PRIORITY.lockout,
      action: { type: 'redirect', redirect: { regexSubstitution } },
      condition: { regexFilter: '^https?://.*', requestDomains, resourceTypes: ['main_frame'] },
    },
  ];
}
