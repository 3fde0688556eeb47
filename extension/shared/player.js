/** TikTok's bare player, as we put it in: rules let this very address through, and no other. */

const PLAYER = 'https://www.tiktok.com/player/v1/';
const QUERY = '?rel=0&description=1&music_info=1';

/**
 * @param {string} video its number
 * @returns {string} the player's address
 */
export function playerOf(video) {
  return `${PLAYER}${video}${QUERY}`;
}

/**
 * Whether an address is that of a player as we put it in: a player of the page's own is another address, and stays out.
 *
 * @param {string} url
 */
export function isPlayer(url) {
  const [, video] = /^https:\/\/www\.tiktok\.com\/player\/v1\/(\d{8,24})\?/.exec(url) ?? [];
  return video !== undefined && url === playerOf(video);
}
