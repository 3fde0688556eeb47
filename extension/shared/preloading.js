/**
 * Whether the browser loads pages, and connects to sites, ahead of a click: because a page asks for it, or by its own
 * guess. No rule of ours stops that everywhere, a setting of the browser's does. The browser keeps what is chosen; it
 * takes a permission that people are asked for as they switch this on, and that is given back as they switch it off.
 */

import { api } from './browser.js';

/** @type {chrome.permissions.Permissions} */
const PERMISSION = { permissions: ['privacy'] };

/** @returns {Promise<boolean>} whether Detick has switched it off */
export async function isOff() {
  if (!(await api.permissions.contains(PERMISSION))) return false;
  const { levelOfControl } = await setting().get({});
  return levelOfControl === 'controlled_by_this_extension';
}

/**
 * Asks for the permission, and switches it off. To be called by a person's click.
 *
 * @returns {Promise<'off' | 'refused' | 'taken'>} whether it is off now, the person said no, or somebody else decides
 *   about it
 */
export async function switchOff() {
  if (!(await api.permissions.request(PERMISSION))) return 'refused';
  await setting().set({ value: false });
  if (await isOff()) return 'off';
  await giveBack();
  return 'taken';
}

/** Leaves it to the browser again, and gives the permission back. */
export async function giveBack() {
  await setting().clear({});
  await api.permissions.remove(PERMISSION);
}

/** Calls `react` when the permission comes or goes. @param {() => unknown} react */
export function onChange(react) {
  api.permissions.onAdded.addListener(react);
  api.permissions.onRemoved.addListener(react);
}

/** There with the permission only. */
function setting() {
  return api.privacy.network.networkPredictionEnabled;
}
