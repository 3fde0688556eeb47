/**
 * The level that holds now, out of what is stored.
 *
 * @import { Account, Level, Settings } from '../types.js'
 */

import { api } from '../shared/browser.js';
import { levelOf } from '../shared/level.js';
import * as settings from '../shared/settings.js';

/** @returns {Promise<Level>} */
export async function levelNow() {
  return levelWith(await settings.load());
}

/**
 * @param {Settings} chosen
 * @returns {Promise<Level>}
 */
export async function levelWith(chosen) {
  const [{ account }, { liftedUntil }] = await Promise.all([
    api.storage.local.get('account'),
    api.storage.session.get('liftedUntil'),
  ]);
  return levelOf(chosen, /** @type {Account | undefined} */ (account), /** @type {number | undefined} */ (liftedUntil));
}

/**
 * Calls `react` when the account or the settings change, so that the level may. To be called synchronously when the
 * background starts.
 *
 * @param {() => unknown} react
 */
export function onLevelChange(react) {
  settings.onChange(react);
  api.storage.local.onChanged.addListener((changes) => {
    if (changes.account) react();
  });
  api.storage.session.onChanged.addListener((changes) => {
    if (changes.liftedUntil) react();
  });
}
