/** TikTok's bare player, as we put it in: rules let this very address through, and no other. */

const PLAYER = 'https://www.tiktok.com/player/v1/';
const QUERY = '?rel=0&description=1&music_info=1';

/**
 * @param {string} video its number
 * @param {string} token of the play (see `Player`), which stands where no server sees it
 * @returns {string} the player's address
 */
export function playerOf(video, token) {
  return `${PLAYER}${video}${QUERY}#${token}`;
}

/**
 * Whether an address is that of a player as we put it in, with a token or without: browsers do not tell it with each
 * request. A player of the page's own is another address, and stays out.
 *
 * @param {string} url
 */
export function isPlayer(url) {
  const [, video] = /^https:\/\/www\.tiktok\.com\/player\/v1\/(\d{8,24})\?/.exec(url) ?? [];
  return video !== undefined && url.replace(/#.*$/s, '') === `${PLAYER}${video}${QUERY}`;
}
