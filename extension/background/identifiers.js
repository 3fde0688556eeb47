/**
 * The pixel's identifiers on the sites' own domains: deleted when seen, so that a site's server has nothing to send on
 * that would join this visitor to the one on another site.
 */

import { api, everyCookie } from '../shared/browser.js';
import { familyOf } from '../shared/families.js';
import * as settings from '../shared/settings.js';
import { removeCookie } from './forget.js';
import { addForgotten } from './forgotten.js';

/** @import { Messages } from '../types.js' */

const NAMES = /^(_ttp|_tt_enable_cookie|ttclid|ttcsid(_[A-Z0-9]+)?)$/;
const NAME_LENGTH = 64;
const NAMES_AT_ONCE = 50;

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.cookies.onChanged.addListener(({ cookie, removed }) => {
    if (!removed && NAMES.test(cookie.name)) forgetAll([cookie]);
  });
  api.runtime.onInstalled.addListener(sweep);
  api.runtime.onStartup.addListener(sweep);
  settings.onChange(sweep);
}

/** Deletes what is there from before: an earlier visit, a site on which Detick rested. */
async function sweep() {
  const stores = await api.cookies.getAllCookieStores();
  const jars = await Promise.all(stores.map(({ id }) => api.cookies.getAll({ ...everyCookie, storeId: id })));
  await forgetAll(jars.flat().filter(({ name }) => NAMES.test(name)));
}

/** @param {chrome.cookies.Cookie[]} cookies */
async function forgetAll(cookies) {
  const chosen = await settings.load();
  for (const cookie of cookies) {
    const site = cookie.domain.replace(/^\.?(www\.)?/, '');
    if (familyOf(site) !== undefined || settings.isPaused(chosen, site)) continue;
    if (await removeCookie(cookie)) addForgotten(site, [cookie.name]);
  }
}

/**
 * A page held some in its session storage, and our script there deleted them.
 *
 * @param {Messages['storedIdentifiers'][0]} payload
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<undefined>}
 */
export async function storedIdentifiers({ site, names }, sender) {
  if (sender.tab === undefined) throw new Error('Only a page can have stored something.');
  const known = names.slice(0, NAMES_AT_ONCE).map((name) => String(name).slice(0, NAME_LENGTH));
  await addForgotten(String(site).slice(0, 253), known);
}
