/**
 * What scripts in pages need to know of the settings: what holds on their own page, and that settings have changed.
 * They read no storage, and where the browser can keep it from them, it does: whoever breaks into a page's process
 * speaks as they do.
 *
 * @import { Here, Level, Messages, Settings } from '../../types.js'
 */

import { api, storeOfTab } from '../../shared/browser.js';
import { hostOf, isWithin, topOf } from '../../shared/site.js';
import * as settings from '../../stored/settings.js';
import { levelIn, onLevelChange } from '../rules/level.js';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  keepStorage();
  onLevelChange(tellPages);
}

/** Firefox has no such levels. */
function keepStorage() {
  for (const area of [api.storage.local, api.storage.session])
    area.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })?.catch((error) => {
      console.error('Detick: the browser would not keep storage from pages.', error);
    });
}

/** Without saying what changed: those who had asked ask again. */
async function tellPages() {
  const tabs = await api.tabs.query({});
  for (const { id } of tabs)
    if (id !== undefined)
      api.tabs.sendMessage(id, { name: 'settingsChanged' }).catch(() => {
        // No script of ours is in that tab.
      });
}

/**
 * What holds on the page that asks; frames are their page's.
 *
 * @param {Messages['settingsHere'][0]} _
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<Here>}
 */
export async function settingsHere(_, sender) {
  const [chosen, level] = await Promise.all([settings.load(), levelIn(storeOfTab(sender.tab ?? {}))]);
  return hereOf(chosen, hostOf(topOf(sender)), level);
}

/**
 * @param {Settings} chosen
 * @param {string} host
 * @param {Level} level that holds for the page's cookie store
 * @returns {Here}
 */
export function hereOf(chosen, host, level) {
  const paused = settings.isPaused(chosen, host);
  const clearsView = chosen.clearView && !paused && level === 'visitor' && isWithin(host, 'tiktok.com');
  return { paused, embeds: embedsOn(chosen, host), clearsView };
}

/** @param {Settings} chosen @param {string} host @returns {Here['embeds']} */
function embedsOn({ level, embeds, embedSites }, host) {
  if (level === 'lockout') return 'locked';
  if (embeds === 'load') return 'load';
  return embedSites.some((site) => isWithin(host, site)) ? 'play' : 'ask';
}
