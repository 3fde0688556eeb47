/**
 * What each setting may hold, whoever says so: the person, a file, an organisation.
 *
 * @import { Settings } from '../types.js'
 * @import { Check } from '../shared/shapes.js'
 */

import { isHost, isRecord, isSwitch, listOf, oneOf } from '../shared/shapes.js';
import { isListUrl } from '../shared/subscriptions.js';

/** @param {unknown} value */
const isPause = (value) =>
  isRecord(value) && isHost(value.host) && Number.isSafeInteger(value.until) && Number(value.until) >= 0;

/** @param {unknown} value */
const isKept = (value) => isRecord(value) && isHost(value.host) && typeof value.name === 'string' && value.name !== '';

/** @param {unknown} value */
const isSubscription = (value) =>
  isRecord(value) && isListUrl(value.url) && isSwitch(value.on) && isSwitch(value.trusted);

/** @type {Record<keyof Settings, Check>} */
export const KINDS = {
  paused: listOf(isPause),
  linksOff: listOf(isHost),
  keep: listOf(isKept),
  removeReferral: isSwitch,
  expandShortLinks: isSwitch,
  cleanOpened: isSwitch,
  cleanMore: isSwitch,
  cleanCopied: isSwitch,
  clearView: isSwitch,
  gpc: isSwitch,
  level: oneOf('auto', 'pixels', 'visitor', 'lockout'),
  forget: oneOf('closed', 'tenMinutes', 'hour'),
  embeds: oneOf('ask', 'load'),
  embedSites: listOf(isHost),
  badge: isSwitch,
  lists: listOf(isSubscription),
};
