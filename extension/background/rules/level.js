/**
 * The level that holds now, out of what is stored.
 *
 * @import { Level } from '../../types.js'
 */

import { api, storeOfTab } from '../../shared/browser.js';
import { accountIn, levelOf } from '../../shared/level.js';
import * as keys from '../../stored/keys.js';
import * as settings from '../../stored/settings.js';

/**
 * The level of the whole browser: that of a visitor only if nobody is signed in in any cookie store.
 *
 * @returns {Promise<Level>}
 */
export async function levelNow() {
  const { chosen, account, liftedUntil } = await read();
  return levelOf(chosen, account, liftedUntil);
}

/**
 * The level of pages in one cookie store.
 *
 * @param {string} store
 * @returns {Promise<Level>}
 */
export async function levelIn(store) {
  const { chosen, account, liftedUntil } = await read();
  return levelOf(chosen, accountIn(account, store), liftedUntil);
}

/**
 * The tabs of visitors, where somebody is signed in in another cookie store than theirs: what is switched for the whole
 * browser has to be switched for these alone.
 *
 * @returns {Promise<number[]>} none where visitors and members do not meet
 */
export async function visitorTabs() {
  const { chosen, account, liftedUntil } = await read();
  if (account?.state !== 'member' || levelOf(chosen, account, liftedUntil) !== 'pixels') return [];
  const levelOfTab = (/** @type {chrome.tabs.Tab} */ tab) =>
    levelOf(chosen, accountIn(account, storeOfTab(tab)), liftedUntil);
  const tabs = (await api.tabs.query({})).filter((tab) => levelOfTab(tab) === 'visitor');
  return tabs.flatMap(({ id }) => (id === undefined ? [] : [id]));
}

async function read() {
  const [chosen, account, liftedUntil] = await Promise.all([
    settings.load(),
    keys.get('account'),
    keys.get('liftedUntil'),
  ]);
  return { chosen, account, liftedUntil };
}

/**
 * Calls `react` when the account or the settings change, so that the level may. To be called synchronously when the
 * background starts.
 *
 * @param {() => unknown} react
 */
export function onLevelChange(react) {
  settings.onChange(react);
  keys.onChange('account', react);
  keys.onChange('liftedUntil', react);
}
