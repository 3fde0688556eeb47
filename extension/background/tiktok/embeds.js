/**
 * Embedded videos that a reader asked for; sole writer of storage.session `players`.
 *
 * @import { Messages, Player } from '../../types.js'
 */

import { api } from '../../shared/browser.js';
import { familyOf } from '../../shared/families.js';
import { hostOf, siteOf, topOf } from '../../shared/site.js';
import * as keys from '../../stored/keys.js';
import * as rules from '../rules/rules.js';
import { enter } from './forget.js';

/**
 * Starts listening. To be called synchronously when the background starts.
 *
 * A tab's next page must get no player that it did not ask for, so what was let through ends as the tab turns to it.
 * What a player may not do must not end then: it runs until that page is there (for long, or for good where a download
 * comes of it), and its last reports come after that. Only on TikTok's own pages it ends, which may do as much.
 */
export function watch() {
  api.webNavigation.onBeforeNavigate.addListener(({ frameId, tabId, url }) => {
    if (frameId === 0) change((players) => afterTurn(players, tabId, url));
  });
  api.webNavigation.onCommitted.addListener(({ frameId, tabId, url }) => {
    if (frameId === 0 && familyOf(hostOf(url))) change((players) => withoutTab(players, tabId));
  });
  api.tabs.onRemoved.addListener((tabId) => change((players) => withoutTab(players, tabId)));
}

/** @param {Player[]} players @param {number} tabId */
const withoutTab = (players, tabId) => players.filter((player) => player.tabId !== tabId);

/**
 * Whom a tab lets play once it turns to another page.
 *
 * @param {Player[]} players
 * @param {number} tabId
 * @param {string} url where it turns to
 * @returns {Player[]} nobody; but of those who played one is kept as left
 */
export function afterTurn(players, tabId, url) {
  const last = players.findLast((player) => player.tabId === tabId);
  if (last === undefined || familyOf(hostOf(url))) return withoutTab(players, tabId);
  return last.isLeft ? players : [...withoutTab(players, tabId), { ...last, isLeft: true }];
}

/**
 * Lets the player of one video through for the tab that asks, until that goes to another page.
 *
 * @param {Messages['playEmbed'][0]} payload
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<{ token: string }>} with which the player's address passes the rules, once they are in force
 * @throws {Error} if it is not a tab that asks, or not for a video
 */
export async function playEmbed({ video }, sender) {
  const tabId = sender.tab?.id;
  if (tabId === undefined) throw new Error('Only a tab can play a video.');
  if (!/^\d{8,24}$/.test(video)) throw new Error('A video is named by its number.');
  const isIt = (/** @type {Player} */ player) => player.tabId === tabId && player.video === video && !player.isLeft;
  await enter(tabId);
  const made = { tabId, video, token: crypto.randomUUID(), site: siteOf(topOf(sender)) };
  const players = await change((before) => (before.some(isIt) ? before : [...before, made]));
  return { token: players?.find(isIt)?.token ?? made.token };
}

/**
 * Changes who may play, one change after the other, and sets the rules if something changed.
 *
 * @param {(players: Player[]) => Player[]} next
 * @returns {Promise<Player[] | undefined>} who may play now
 */
async function change(next) {
  const { before, after } = await keys.change('players', (before) => {
    const players = before ?? [];
    const changed = next(players);
    return changed.length === players.length && changed.every((one, index) => one === players[index])
      ? before
      : changed;
  });
  if (before !== after) await rules.sync();
  return after;
}
