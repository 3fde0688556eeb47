/**
 * Embedded videos that a reader asked for; sole writer of storage.session `players`.
 *
 * @import { Messages, Player } from '../../types.js'
 */

import { api } from '../../shared/browser.js';
import { siteOf, topOf } from '../../shared/site.js';
import * as keys from '../../stored/keys.js';
import * as rules from '../rules/rules.js';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.webNavigation.onBeforeNavigate.addListener((details) => {
    if (details.frameId === 0) change((players) => withoutTab(players, details.tabId));
  });
  api.tabs.onRemoved.addListener((tabId) => change((players) => withoutTab(players, tabId)));
}

/** @param {Player[]} players @param {number} tabId */
const withoutTab = (players, tabId) => players.filter((player) => player.tabId !== tabId);

/**
 * Lets the player of one video through for the tab that asks, until that goes to another page.
 *
 * @param {Messages['playEmbed'][0]} payload
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<undefined>} once the rules are in force
 * @throws {Error} if it is not a tab that asks, or not for a video
 */
export async function playEmbed({ video }, sender) {
  const tabId = sender.tab?.id;
  if (tabId === undefined) throw new Error('Only a tab can play a video.');
  if (!/^\d{8,24}$/.test(video)) throw new Error('A video is named by its number.');
  await change((players) =>
    players.some((player) => player.tabId === tabId && player.video === video)
      ? players
      : [...players, { tabId, video, site: siteOf(topOf(sender)) }],
  );
}

/**
 * Changes who may play, one change after the other, and sets the rules if something changed.
 *
 * @param {(players: Player[]) => Player[]} next
 */
async function change(next) {
  const { before, after } = await keys.change('players', (players = []) => {
    const changed = next(players);
    return changed.length === players.length ? players : changed;
  });
  if (before?.length !== after?.length) await rules.sync();
}
