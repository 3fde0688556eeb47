/**
 * Pages are told of what they embed of TikTok's once it was stopped: their script need not look for it at every change.
 *
 * @import { RequestDetails, Verdict } from '../../types.js'
 */

import { api } from '../../shared/browser.js';

/** The lists that keep embeds back. */
const LISTS = ['embeds.txt', 'lockout.txt'];
/** Browsers ask for pictures ahead, before a page has a script of ours. */
const AGAIN_AFTER_MS = 700;
/** What is seen in a page, and the scripts that make it. */
const TYPES = ['sub_frame', 'object', 'image', 'imageset', 'media', 'script'];

/**
 * Tells the frame whose document holds what was asked for.
 *
 * @param {RequestDetails} details of a request that was stopped
 * @param {Verdict} verdict
 */
export function tell({ tabId, frameId, parentFrameId, type, url }, { list }) {
  if (tabId < 0 || !LISTS.includes(list) || !TYPES.includes(type)) return;
  const frames = type === 'object' ? [frameId, parentFrameId] : [type === 'sub_frame' ? parentFrameId : frameId];
  for (const holder of frames) if (holder !== undefined && holder >= 0) send(tabId, holder, url, AGAIN_AFTER_MS);
}

/**
 * @param {number} tabId
 * @param {number} frameId
 * @param {string} address
 * @param {number} [again] ms after which it is tried once more
 */
function send(tabId, frameId, address, again) {
  api.tabs.sendMessage(tabId, { name: 'embedStopped', address }, { frameId }).catch(() => {
    // No script of ours is in that frame, or none yet.
    if (again !== undefined) setTimeout(() => send(tabId, frameId, address), again);
  });
}
