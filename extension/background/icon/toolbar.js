/**
 * The toolbar icon: protecting, resting on this site, keeping TikTok out, or in need of site access. Also told by its
 * title, for those who cannot see the picture. (The number on it is badge.js's.)
 */

import { api, hasSiteAccess } from '../../shared/browser.js';
import { siteOf } from '../../shared/site.js';
import { text } from '../../shared/text.js';
import * as settings from '../../stored/settings.js';
import { levelNow, onLevelChange } from '../rules/level.js';

/** @typedef {'on' | 'paused' | 'lockout' | 'attention'} Look */

/** @type {Record<Look, string>} */
const TITLES = { on: 'titleOn', paused: 'titlePaused', lockout: 'titleLockout', attention: 'titleAttention' };

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.webNavigation.onCommitted.addListener(({ tabId, frameId, url, documentLifecycle }) => {
    if (frameId === 0 && documentLifecycle !== 'prerender') paintTab(tabId, url);
  });
  onLevelChange(paintAll);
  api.permissions.onAdded.addListener(paintAll);
  api.permissions.onRemoved.addListener(paintAll);
  api.runtime.onInstalled.addListener(paintAll);
  api.runtime.onStartup.addListener(paintAll);
}

async function paintAll() {
  await paint(await lookOf(''), {});
  const tabs = await api.tabs.query({});
  await Promise.all(tabs.map((tab) => paintTab(tab.id ?? api.tabs.TAB_ID_NONE, tab.url)));
}

/** @param {number} tabId @param {string | undefined} url */
async function paintTab(tabId, url) {
  await paint(await lookOf(siteOf(url)), { tabId });
}

/** @param {string} site @returns {Promise<Look>} */
async function lookOf(site) {
  const [chosen, hasAccess] = await Promise.all([settings.load(), hasSiteAccess()]);
  if (!hasAccess) return 'attention';
  if (settings.isPaused(chosen, site)) return 'paused';
  return (await levelNow()) === 'lockout' ? 'lockout' : 'on';
}

/** @param {Look} look @param {{ tabId?: number }} where */
async function paint(look, where) {
  const path = Object.fromEntries([16, 32, 48].map((size) => [size, api.runtime.getURL(`icons/${look}-${size}.png`)]));
  try {
    await Promise.all([
      api.action.setIcon?.({ ...where, path }), // phones show one icon, in their menu
      api.action.setTitle({ ...where, title: text(TITLES[look]) }),
    ]);
  } catch {
    // The tab closed meanwhile: there is nothing to paint.
  }
}
