/**
 * What the popup shows, read straight from where it is stored: the worker may stay asleep.
 *
 * @import { Account, Cleaned, Forgotten, Level, Settings, TabRecord, Totals } from '../types.js'
 */

import { api, hasSiteAccess, storeOfTab } from '../shared/browser.js';
import { allowedOn } from '../shared/exceptions.js';
import { familyOf } from '../shared/families.js';
import { accountIn, askedFor, isLockoutPage, levelOf } from '../shared/level.js';
import { isHost } from '../shared/shapes.js';
import { siteOf } from '../shared/site.js';
import * as keys from '../stored/keys.js';
import * as ownLines from '../stored/own-lines.js';
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
 * @property {string[]} locked Names of settings that an organisation has set.
 * @property {string[]} playedOn Sites whose embedded videos were played on the page: its own, and those of frames in
 *   it.
 * @property {Record<string, number>} forgottenHere TikTok's identifiers that were deleted on the site.
 * @property {Forgotten | undefined} forgotten All that were deleted.
 * @property {boolean} hasNews An update brought something that nobody has read about yet.
 * @property {string[]} ownLines The person's own lines.
 * @property {{ line: string, what: string }[]} allowed What some of them let through on this site alone.
 * @property {boolean} isPrivate The tab is in a private window.
 * @property {boolean} isPartial The page was there before Detick.
 * @property {boolean} isStandIn The tab shows our page in place of one that is locked out.
 * @property {number} liftedUntil ms since 1970 until which a lockout rests; 0 if it does not.
 * @property {number} played Embedded videos that were played on the page.
 * @property {number} waiting Embedded videos that wait for a click, as far as the page was asked.
 * @property {ViewName} view What of the popup is shown.
 * @property {Shape | undefined} shape What stands where, while that is held.
 * @property {string[]} seen Names of parameters, in the order in which they were first shown.
 * @property {boolean} isReloadDue The person changed something that shows once the page is loaded anew.
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
    ['tab', 'openBefore', 'forgottenHere', 'liftedUntil', 'players'],
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
  const [chosen, locked, hasAccess, own, local, { tab, session }] = await Promise.all([
    settings.load(),
    settings.managedNames(),
    hasSiteAccess(),
    ownLines.load(),
    keys.getAll(['totals', 'account', 'forgotten', 'news']),
    readTab(query),
  ]);
  if (!tab) return undefined;
  const tabId = tab.id ?? api.tabs.TAB_ID_NONE;
  const url = askedFor(tab.url ?? '');
  const site = siteOf(url);
  const { account: anywhere, totals, forgotten, news } = local;
  const { tab: record, openBefore = [], forgottenHere = {}, liftedUntil = 0, players = [] } = session;
  const account = accountIn(anywhere, storeOfTab(tab));
  const playing = players.filter((player) => player.tabId === tabId && !player.isLeft);
  return {
    ...AT_FIRST,
    tabId,
    url,
    site,
    hasAccess,
    settings: chosen,
    record: record?.host === site ? record : undefined,
    totals,
    account,
    isMemberElsewhere: anywhere?.state === 'member' && account?.state === 'visitor',
    level: levelOf(chosen, account, liftedUntil),
    locked,
    playedOn: [...new Set(playing.map((player) => player.site))].filter(isHost),
    played: playing.length,
    forgottenHere: forgottenHere[site] ?? {},
    forgotten,
    hasNews: news !== undefined,
    ownLines: own.split('\n').map((line) => line.trim()),
    allowed: site === '' ? [] : allowedOn(own, site),
    isPrivate: tab.incognito,
    isPartial: openBefore.includes(tabId),
    isStandIn: isLockoutPage(tab.url ?? ''),
    liftedUntil: chosen.level === 'lockout' && liftedUntil > Date.now() ? liftedUntil : 0,
    nowMs: Date.now(),
  };
}

/** What is not read from storage, before anything was done or asked. */
export const AT_FIRST = Object.freeze({
  original: undefined,
  cleaned: undefined,
  answer: undefined,
  waiting: 0,
  view: /** @type {ViewName} */ ('home'),
  shape: undefined,
  seen: /** @type {string[]} */ ([]),
  isReloadDue: false,
});

/** @typedef {'home' | 'learned' | 'stopped' | 'link' | 'videos' | 'protection' | 'cleared' | 'trouble'} ViewName */

/** @typedef {{ facts: number, rows: import('./rows.js').Row[] }} Shape */

/**
 * @typedef {'noAccess' | 'noSite' | 'paused' | 'lifted' | 'allowed' | 'letThrough' | 'lockedFromNow' | 'lockout' | 'played'
 *   | 'partial' | 'protecting' | 'waiting' | 'cleaned' | 'quiet'} Status
 */

/**
 * What is to be said first. Whatever reached TikTok comes before whatever did not.
 *
 * @param {State} state
 * @param {number} removed how many parameters went from the page's link
 * @returns {Status}
 */
export function statusOf(state, removed = 0) {
  const { hasAccess, site, level, record } = state;
  if (!hasAccess) return 'noAccess';
  if (!site) return 'noSite';
  if (settings.isPaused(state.settings, site, state.nowMs)) return 'paused';
  return (
    throughWhat(state) ?? (level === 'lockout' ? 'lockout' : undefined) ?? seenOf(state, record?.count ?? 0, removed)
  );
}

/** @param {State} state @returns {Status | undefined} nothing where nothing is known to have got through */
function throughWhat(state) {
  const isTikTok = familyOf(state.site) !== undefined;
  if (isTikTok && state.liftedUntil > 0) return 'lifted';
  if (isTikTok && state.level === 'lockout' && !state.isStandIn) return 'lockedFromNow';
  if (passedFor(state, 'allowed') > 0) return 'allowed';
  if (passedFor(state, 'paused') > 0) return 'letThrough';
  return state.played > 0 || passedFor(state, 'video') > 0 ? 'played' : undefined;
}

/** @param {State} state @param {number} count @param {number} removed @returns {Status} */
function seenOf(state, count, removed) {
  if (state.isPartial) return 'partial';
  if (state.waiting > 0 && count <= stoppedEmbeds(state)) return 'waiting';
  if (count > 0) return 'protecting';
  return removed > 0 ? 'cleaned' : 'quiet';
}

/** @param {State} state */
function stoppedEmbeds({ record }) {
  const embeds = (record?.stopped ?? []).filter(({ list }) => list === 'embeds.txt');
  return embeds.reduce((sum, { count }) => sum + count, 0);
}

/**
 * @param {State} state
 * @param {import('../types.js').Passed['why']} why
 * @returns {number} requests that left for that reason
 */
export function passedFor({ record }, why) {
  return (record?.passed ?? []).filter((one) => one.why === why).reduce((sum, { count }) => sum + count, 0);
}
