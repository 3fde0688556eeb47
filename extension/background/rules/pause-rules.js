/**
 * The rules that leave a site alone, as a whole or in its links; ids and priorities are in table.js.
 *
 * @import { Settings } from '../../types.js'
 */

import { api, canBlock } from '../../shared/browser.js';
import * as settings from '../../stored/settings.js';
import { ID, PAGE_TYPES, PRIORITY } from './table.js';

/** @typedef {chrome.declarativeNetRequest.Rule} Rule */

/**
 * @param {Settings} chosen
 * @param {number} now ms since 1970
 * @returns {string[]} the sites on which Detick rests
 */
export function pausedHosts(chosen, now) {
  return settings.pausesAt(chosen, now).map((pause) => pause.host);
}

/**
 * Nothing is touched on a paused site, nor by what it loads.
 *
 * @param {string[]} hosts
 * @returns {Rule[]} dynamic rules
 */
export function pauseRules(hosts) {
  if (hosts.length === 0) return [];
  return [
    {
      id: ID.pause,
      priority: PRIORITY.pause,
      action: { type: 'allowAllRequests' },
      condition: { requestDomains: hosts, resourceTypes: ['main_frame'] },
    },
  ];
}

/**
 * Requests of a paused site's workers, which `allowAllRequests` misses: in Chromium those of service workers, which
 * belong to no page; in Firefox those of all workers. There the rule holds whatever asks in the site's name, also a
 * frame of it in another page: which of these go through, the engine decides. `tabIds` is for session rules only.
 *
 * @param {Settings} chosen
 * @param {number} now ms since 1970
 * @returns {Rule[]}
 */
export function workerPauseRules(chosen, now) {
  const hosts = pausedHosts(chosen, now);
  if (hosts.length === 0) return [];
  const tabIds = canBlock ? {} : { tabIds: [api.tabs.TAB_ID_NONE] };
  return [
    {
      id: ID.pause,
      priority: PRIORITY.pause,
      action: { type: 'allow' },
      condition: { initiatorDomains: hosts, ...tabIds },
    },
  ];
}

/**
 * @param {string[]} hosts sites whose links stay as they are
 * @returns {Rule[]} dynamic rules
 */
export function linksOffRules(hosts) {
  if (hosts.length === 0) return [];
  const condition = { requestDomains: hosts, resourceTypes: PAGE_TYPES };
  return [{ id: ID.linksOff, priority: PRIORITY.linksOff, action: { type: 'allow' }, condition }];
}
