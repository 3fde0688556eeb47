/**
 * The rules that let TikTok's player through where a reader asked for it, and keep it from calling anybody else.
 *
 * Static rules (`rules/embeds.json`) stop embeds on every page. These here stand above them; ids and priorities are in
 * the table of rules.js.
 */

/** @import { Player } from '../types.js' */
/** @typedef {chrome.declarativeNetRequest.Rule} Rule */

const ID = { sites: 10, within: 20, players: 100 };
const PRIORITY = { allow: 30 };

/** @type {NonNullable<Rule['condition']['resourceTypes']>} */
const FRAMES = ['sub_frame'];

/**
 * The very address that content/embeds.js plays: a player of the page's own is another address, and stays out.
 *
 * @param {string} video
 */
const playerOf = (video) => `|https://www.tiktok.com/player/v1/${video}?rel=0&description=1&music_info=1|`;

const PLAYER = /^https:\/\/www\.tiktok\.com\/player\/v1\/\d{8,24}\?rel=0&description=1&music_info=1$/;

/**
 * Whether an address is that of a player as content/embeds.js puts it in.
 *
 * @param {string} url
 */
export function isPlayer(url) {
  return PLAYER.test(url);
}

/**
 * The player on sites where the reader wants it always.
 *
 * @param {string[]} sites
 * @returns {Rule[]} dynamic rules
 */
export function siteRules(sites) {
  if (sites.length === 0) return [];
  const condition = { urlFilter: playerOf('*'), initiatorDomains: sites, resourceTypes: FRAMES };
  return [{ id: ID.sites, priority: PRIORITY.allow, action: { type: 'allow' }, condition }];
}

/**
 * The player in tabs where the reader pressed play, and in those alone: the frame itself, and from within it nothing but what shows
 * the video.
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
  const condition = { tabIds: [tabId], urlFilter: playerOf(video), resourceTypes: FRAMES };
  return { id: ID.players + index, priority: PRIORITY.allow, action: { type: 'allow' }, condition };
}
