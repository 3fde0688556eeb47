/**
 * The rules that let TikTok's player through where a reader asked for it, and keep it from calling anybody else.
 *
 * Static rules (`rules/embeds.json`) stop embeds on every page. These here stand above them; ids and priorities are in
 * the table of rules.js.
 */

/** @import { Player } from '../types.js' */
/** @typedef {chrome.declarativeNetRequest.Rule} Rule */

const ID = { sites: 10, playerOnly: 20, playerNumbers: 21, players: 100 };
const PRIORITY = { allow: 30, only: 40 };

/** @type {NonNullable<Rule['condition']['resourceTypes']>} */
const FRAMES = ['sub_frame'];

/**
 * The very address that content/embeds.js plays: a player of the page's own is another address, and stays out.
 *
 * @param {string} video
 */
const playerOf = (video) => `|https://www.tiktok.com/player/v1/${video}?rel=0&description=1&music_info=1|`;

/** Where the player's pages, pictures and films are. What tracks on these hosts is blocked by the ordinary lists. */
const PLAYER_HOSTS = [
  'ibyteimg.com',
  'p16-tiktokcdn-com.akamaized.net',
  'tiktok.com',
  'tiktokcdn-eu.com',
  'tiktokcdn-us.com',
  'tiktokcdn.com',
  'ttwstatic.com',
];

/** Hosts that hand out visitor numbers: tiktok.com's own pages may need one, a player does not. */
const NUMBER_HOSTS = ['mcs-sg.tiktok.com', 'mcs-va.tiktok.com'];

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
 * @returns {Rule[]} session rules: only those know tabs
 */
export function playerRules(players) {
  if (players.length === 0) return [];
  const tabIds = [...new Set(players.map((player) => player.tabId))];
  const within = { tabIds, initiatorDomains: ['tiktok.com'] };
  return [
    {
      id: ID.playerOnly,
      priority: PRIORITY.only,
      action: { type: 'block' },
      condition: { ...within, excludedRequestDomains: PLAYER_HOSTS },
    },
    {
      id: ID.playerNumbers,
      priority: PRIORITY.only,
      action: { type: 'block' },
      condition: { ...within, requestDomains: NUMBER_HOSTS },
    },
    ...players.map(playerRule),
  ];
}

/** @param {Player} player @param {number} index @returns {Rule} */
function playerRule({ tabId, video }, index) {
  const condition = { tabIds: [tabId], urlFilter: playerOf(video), resourceTypes: FRAMES };
  return { id: ID.players + index, priority: PRIORITY.allow, action: { type: 'allow' }, condition };
}
