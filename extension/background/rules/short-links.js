/**
 * The rules about short links: how one is opened, and that the user may ask where it leads. Ids and priorities are in
 * table.js.
 */

import { api } from '../../shared/browser.js';
import { SHORT_HOSTS, SHORT_PATHS } from '../../shared/short-links.js';
import { ID, PAGE_TYPES, PRIORITY } from './table.js';

/** @typedef {chrome.declarativeNetRequest.Rule} Rule */

/**
 * Opening a short link tells its host no more than the code: no cookies either way, and not where the link was found.
 *
 * @returns {Rule[]}
 */
export function shortLinkRules() {
  /** @type {Rule['action']} */
  const action = {
    type: 'modifyHeaders',
    requestHeaders: [
      { header: 'cookie', operation: 'remove' },
      { header: 'referer', operation: 'remove' },
    ],
    responseHeaders: [{ header: 'set-cookie', operation: 'remove' }],
  };
  const priority = PRIORITY.shortLinks;
  return [
    { id: ID.shortHosts, priority, action, condition: { requestDomains: SHORT_HOSTS, resourceTypes: PAGE_TYPES } },
    ...SHORT_PATHS.map((urlFilter, index) => ({
      id: ID.shortPaths + index,
      priority,
      action,
      condition: { urlFilter, resourceTypes: PAGE_TYPES },
    })),
  ];
}

/**
 * Asking a short host where its link leads is a request of a third party to TikTok, and those wait for a click: the
 * user has asked for this one.
 *
 * @returns {Rule[]}
 */
export function questionRules() {
  const where = [{ requestDomains: SHORT_HOSTS }, ...SHORT_PATHS.map((urlFilter) => ({ urlFilter }))];
  const initiatorDomains = [new URL(api.runtime.getURL('')).hostname];
  return where.map((condition, index) => ({
    id: ID.question + index,
    priority: PRIORITY.question,
    action: { type: 'allow' },
    condition: { ...condition, initiatorDomains, resourceTypes: ['xmlhttprequest'] },
  }));
}
