/**
 * The pixel's identifiers on the sites' own domains: deleted when seen, so that a site's server has nothing to send on
 * that would join this visitor to the one on another site.
 */

import { api, cookieStores, everyCookie } from '../../shared/browser.js';
import { familyOf } from '../../shared/families.js';
import { hostOf } from '../../shared/site.js';
import * as settings from '../../stored/settings.js';
import { removeCookie } from './forget.js';
import { addForgotten } from './forgotten.js';

/** @import { Messages } from '../../types.js' */

/**
 * Cookies, the pixel's and those in which shops' plug-ins keep the ID of a click for it. The number of a pixel may
 * follow, which a site can make up: what is told is the stem.
 */
const NAMES = /^(_ttp$|_tt_enable_cookie$|(tiktok)?_?ttclid$|ttcsid(?=$|_[A-Z0-9]+$))/;

/** What our script in pages finds in their storage, as it tells it. */
const STORED =
  /^(tt_(sessionId|appInfo|adInfo|pixel_session_index|pixel_event_has_reported_map|pixel_is_enrich_ipv6_triggered|test_id)|_ttp|(tiktok)?_?ttclid)$/;

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
  const [stores, tabs] = await Promise.all([cookieStores(), api.tabs.query({})]);
  const open = tabs.flatMap(({ url = '' }) => (hostOf(url) === '' ? [] : [url]));
  const jars = await Promise.all(stores.map((id) => everyCookie(id, open)));
  await forgetAll(jars.flat().filter(({ name }) => NAMES.test(name)));
}

/** @param {chrome.cookies.Cookie[]} cookies */
async function forgetAll(cookies) {
  const chosen = await settings.load();
  for (const cookie of cookies) {
    const site = cookie.domain.replace(/^\.?(www\.)?/, '').replace(/\.$/, '');
    if (familyOf(site) !== undefined || settings.isPaused(chosen, site)) continue;
    if (await removeCookie(cookie)) addForgotten(site, [NAMES.exec(cookie.name)?.[0] ?? '']);
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
  const known = new Set(names.filter((name) => STORED.test(name)));
  await addForgotten(site, [...known]);
}
