/**
 * What the popup shows, read straight from where it is stored: the worker may stay asleep.
 *
 * @import { Account, Cleaned, Forgotten, Level, Player, Settings, TabRecord, Totals } from '../types.js'
 */

import { api, hasSiteAccess, storeOfTab } from '../shared/browser.js';
import { accountIn, askedFor, levelOf } from '../shared/level.js';
import { isHost } from '../shared/shapes.js';
import { siteOf } from '../shared/site.js';
import * as keys from '../stored/keys.js';
import * as settings from '../stored/settings.js';

/**
 * @typedef {object} State
 * @property {number} tabId
 * @property {string} url The page's address; empty if the browser does not tell.
 * @property {string} site Its host without `www.`; empty for pages that are not on the web.
 * @property {boolean} hasAccess
 * @property {Settings} settings
 * @property {TabRecord | undefined} record
 * @property {Totals | undefined} totals
 * @property {string | undefined} original The address that the page was asked for, if Detick cleaned it on the way and
 *   still knows.
 * @property {Cleaned | undefined} cleaned The page's address as it would be copied; nothing until the engine is there.
 * @property {Account | undefined} account Whether somebody is signed in to TikTok, as far as the tab's cookie store is
 *   concerned.
 * @property {boolean} isMemberElsewhere Somebody is, in another one.
 * @property {Level} level
 * @property {boolean} isLevelManaged An organisation has set it.
 * @property {boolean} areEmbedSitesManaged An organisation says where embedded videos need no click.
 * @property {string[]} playedOn Sites whose embedded videos were played on the page: its own, and those of frames in it.
 * @property {Record<string, number>} forgottenHere TikTok's identifiers that were deleted on the site.
 * @property {Forgotten | undefined} forgotten All that were deleted.
 * @property {boolean} hasNews An update brought something that nobody has read about yet.
 * @property {{ id: string, words: string } | undefined} answer What the button that was just pressed says for a moment.
 * @property {number} nowMs
 */

/**
 * The tab that the popup is about: the one in front, or `?tab=ID` where the popup is opened as a page.
 *
 * @param {string} query
 * @returns {Promise<chrome.tabs.Tab | undefined>}
 */
async function findTab(query) {
  const asked = Number(new URLSearchParams(query).get('tab') ?? Number.NaN);
  if (!Number.isNaN(asked)) return api.tabs.get(asked);
  const [tab] = await api.tabs.query({ active: true, currentWindow: true });
  return tab;
}

/**
 * What the browser's session knows of a tab.
 *
 * @param {string} query
 */
async function readTab(query) {
  const tab = await findTab(query);
  const session = await keys.getAll(
    ['tab', 'forgottenHere', 'liftedUntil', 'players'],
    tab?.id ?? api.tabs.TAB_ID_NONE,
  );
  return { tab, session };
}

/**
 * Everything at once: most of it is the same for any tab.
 *
 * @param {string} query as for `findTab`
 * @returns {Promise<State | undefined>} nothing if there is no tab
 */
export async function read(query) {
  const [chosen, managed, hasAccess, local, { tab, session }] = await Promise.all([
    settings.load(),
    settings.managedNames(),
    hasSiteAccess(),
    keys.getAll(['totals', 'account', 'forgotten', 'news']),
    readTab(query),
  ]);
  if (!tab) return undefined;
  const tabId = tab.id ?? api.tabs.TAB_ID_NONE;
  const url = askedFor(tab.url ?? '');
  const { account: anywhere, totals, forgotten, news } = local;
  const { tab: record, forgottenHere = {}, liftedUntil, players = [] } = session;
  const account = accountIn(anywhere, storeOfTab(tab));
  return {
    tabId,
    url,
    site: siteOf(url),
    hasAccess,
    settings: chosen,
    record: record?.host === siteOf(url) ? record : undefined,
    totals,
    original: undefined,
    cleaned: undefined,
    account,
    isMemberElsewhere: anywhere?.state === 'member' && account?.state === 'visitor',
    level: levelOf(chosen, account, liftedUntil),
    isLevelManaged: managed.includes('level'),
    areEmbedSitesManaged: managed.includes('embedSites'),
    playedOn: playedIn(tabId, players),
    forgottenHere: forgottenHere[siteOf(url)] ?? {},
    forgotten,
    hasNews: news !== undefined,
    answer: undefined,
    nowMs: Date.now(),
  };
}

/** @param {number} tabId @param {Player[]} players @returns {string[]} */
function playedIn(tabId, players) {
  const sites = players.filter((player) => player.tabId === tabId).map(({ site }) => site);
  return [...new Set(sites)].filter(isHost);
}

/** @typedef {'protecting' | 'quiet' | 'paused' | 'noAccess' | 'noSite' | 'lockout'} Status */

/**
 * @param {State} state
 * @returns {Status}
 */
export function statusOf(state) {
  if (!state.hasAccess) return 'noAccess';
  if (!state.site) return 'noSite';
  if (settings.isPaused(state.settings, state.site, state.nowMs)) return 'paused';
  if (state.level === 'lockout') return 'lockout';
  return state.record?.count ? 'protecting' : 'quiet';
}
