/**
 * What is kept of a request for the log, as a plain value.
 *
 * @import { Recent } from '../types.js'
 */

import { isCount, isRecord, isText, oneOf } from '../shared/shapes.js';

const isOutcome = oneOf('blocked', 'stand-in', 'allowed', 'paused');

/** @param {unknown} value as it was stored @returns {value is Recent} */
export function isRecent(value) {
  if (!isRecord(value) || !isOutcome(value.outcome)) return false;
  const { time, tabId, line, site, from, type, method, url, filter, list, company = '', purpose = '' } = value;
  return (
    [time, tabId, line].every(isCount) && [site, from, type, method, url, filter, list, company, purpose].every(isText)
  );
}
