/**
 * The rule that sends Global Privacy Control as a header; its id and priority are in table.js.
 *
 * @import { Settings } from '../../types.js'
 */

import { everyType } from './browser-rules.js';
import { ID, PRIORITY } from './table.js';

/**
 * `Sec-GPC: 1` on every type of request that the browser knows, documents included: a rule that names none is not about
 * those. https://www.w3.org/TR/gpc/#the-sec-gpc-header-field-for-http-requests
 *
 * @param {Settings} chosen
 * @returns {chrome.declarativeNetRequest.Rule[]} dynamic rules
 */
export function gpcRules({ gpc }) {
  if (!gpc) return [];
  return [
    {
      id: ID.gpc,
      priority: PRIORITY.gpc,
      action: { type: 'modifyHeaders', requestHeaders: [{ header: 'sec-gpc', operation: 'set', value: '1' }] },
      condition: { resourceTypes: everyType() },
    },
  ];
}
