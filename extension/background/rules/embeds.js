/**
 * The rules that let TikTok's player through where a reader asked for it, and keep it from calling anybody else.
 *
 * Static rules (`rules/embeds.json`) stop embeds on every page. These here stand above them; ids and priorities are in
 * table.js.
 */

import { playerOf } from '../../shared/player.js';
import { ID, PRIORITY } from './table.js';

/** @import { Player } from '../../types.js' */
/** @typedef {chrome.declarativeNetRequest.Rule} Rule */

/** @type {NonNullable<Rule['condition']['resourceTypes']>} */
const FRAMES = ['sub_frame'];

/** The player's very address, as rules say it. @param {string} video its number, or `*` for any */
const only = (video) => `|${playerOf(video)}|`;

/**
 * The player on sites where the reader wants it always.
 *
 * @param {string[]} sites
 * @returns {Rule[]} dynamic rules
 */
export function siteRules(sites) {
  if (sites.length === 0) return [];
  const condition = { urlFilter: only('*'), initiatorDomains: sites, resourceTypes: FRAMES };
  return [{ id: ID.sites, priority: PRIORITY.player, action: { type: 'allow' }, condition }];
}

/**
 * The player in tabs where the reader pressed play, and in those alone: the frame itself, and from within it nothing
 * but what shows the video.
 *
 * @param {Player[]} players
 * @param {Rule[]} within what `player.txt` says of requests from within a player
 * @returns {Rule[]} session rules: only those know tabs
 */
export function playerRules(players, within) {
  if (players.length === 0) return [];
  const tabIds = [...new Set(players.map((player) => player.tabId))];
  return [
    ...within.map((rule, index) => ({ ...rule, id: ID.within + index, condition: { ...rule.condition, tabIds } })),
    ...players.map(playerRule),
  ];
}

/** @param {Player} player @param {number} index @returns {Rule} */
function playerRule({ tabId, video }, index) {
  const condition = { tabIds: [tabId], urlFilter: only(video), resourceTypes: FRAMES };
  return { id: ID.players + index, priority: PRIORITY.player, action: { type: 'allow' }, condition };
}
