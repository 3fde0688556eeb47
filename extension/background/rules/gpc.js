/**
 * The rule that sends Global Privacy Control as a header; its id and priority are in table.js.
 *
 * @import { Settings } from '../../types.js'
 */

import { everyType } from './browser-rules.js';
import { pausedHosts } from './pauses.js';
import { ID, PRIORITY } from './table.js';

/**
 * `Sec-GPC: 1` on every type of request that the browser knows, documents included: a rule that names none is not about
 * those. https://www.w3.org/TR/gpc/#the-sec-gpc-header-field-for-http-requests
 *
 * A pause lets everything of its page pass this rule, but for what the page's workers ask for in Firefox: so the rule
 * is not about what a paused site asks for.
 *
 * @param {Settings} chosen
 * @param {number} now ms since 1970
 * @returns {chrome.declarativeNetRequest.Rule[]} dynamic rules
 */
export function gpcRules(chosen, now) {
  if (!chosen.gpc) return [];
  const paused = pausedHosts(chosen, now);
  return [
    {
      id: ID.gpc,
      priority: PRIORITY.gpc,
      action: { type: 'modifyHeaders', requestHeaders: [{ header: 'sec-gpc', operation: 'set', value: '1' }] },
      condition: {
        resourceTypes: everyType(),
        ...(paused.length > 0 && { excludedInitiatorDomains: paused }),
      },
    },
  ];
}
