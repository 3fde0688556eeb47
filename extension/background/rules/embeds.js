/**
 * The rules that let TikTok's player through where a reader asked for it, and keep it from calling anybody else.
 *
 * Static rules (`rules/embeds.json`) stop embeds on every page. These here stand above them; ids and priorities are in
 * table.js.
 */

import { api } from '../../shared/browser.js';
import { markupOf, VIDEO_ASKED } from '../../shared/embed-markup.js';
import { playerOf } from '../../shared/player.js';
import { ID, PRIORITY } from './table.js';

/** @import { Player } from '../../types.js' */
/** @typedef {chrome.declarativeNetRequest.Rule} Rule */

/** @type {NonNullable<Rule['condition']['resourceTypes']>} */
const FRAMES = ['sub_frame'];

/** The player's very address, as rules say it. @param {Player} player */
const only = ({ video, token }) => `|${playerOf(video, token)}|`;

/**
 * The player in tabs where the reader pressed play, and in those alone: the frame itself, and from within it nothing
 * but what shows the video.
 *
 * A player's last requests may come when its tab is gone; rules take them for no tab's, as they do those of TikTok's
 * own workers. So only what names hosts, which no worker needs, holds there. What else a player may not load its own
 * page keeps to (`embeds.txt`).
 *
 * @param {Player[]} players those that tabs have left, too
 * @param {Rule[]} within what `player.txt` says of requests from within a player
 * @returns {Rule[]} session rules: only those know tabs
 */
export function playerRules(players, within) {
  const tabs = [...new Set(players.map((player) => player.tabId))];
  const tabsOf = (/** @type {Rule} */ { condition }) =>
    condition.requestDomains ? [...tabs, api.tabs.TAB_ID_NONE] : tabs;
  return [
    ...within
      .map((rule, index) => ({
        ...rule,
        id: ID.within + index,
        condition: { ...rule.condition, tabIds: tabsOf(rule) },
      }))
      .filter(({ condition }) => condition.tabIds.length > 0),
    ...players.filter((player) => !player.isLeft).map(playerRule),
  ];
}

/** @param {Player} player @param {number} index @returns {Rule} */
function playerRule(player, index) {
  const condition = { tabIds: [player.tabId], urlFilter: only(player), resourceTypes: FRAMES };
  return { id: ID.players + index, priority: PRIORITY.player, action: { type: 'allow' }, condition };
}

/** An embed's markup is asked for by the address of its video. What does not match would be kept. */
const OEMBED = `^https://www\\.tiktok\\.com/oembed/?\\?(?:.*&)?${VIDEO_ASKED}.*`;

/**
 * The answer to a library that asks for a video's markup, which holds a quotation of that video. It stands above the
 * one of `rules/data-embed-stand-ins.json`, which knows no video.
 *
 * @param {string[]} pages domains of TikTok's own, whose pages are answered by TikTok
 * @returns {Rule[]} session rules, where a rule may lead to an address that holds the answer
 */
export function markupRules(pages) {
  const answer = encodeURIComponent(JSON.stringify(markupOf('\\1', '\\2', '\\3'))).replace(/%5C%5C(\d)/g, '\\$1');
  return [
    {
      id: ID.markup,
      priority: PRIORITY.markup,
      action: { type: 'redirect', redirect: { regexSubstitution: `data:application/json,${answer}` } },
      condition: { regexFilter: OEMBED, resourceTypes: ['xmlhttprequest'], excludedInitiatorDomains: pages },
    },
  ];
}
