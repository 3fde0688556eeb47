/**
 * One request: where the browser lets us, decide it; elsewhere see what the rules did and let the same engine explain.
 *
 * @import { BlockingResponse, Engine, Messages, RequestDetails, Verdict } from '../../types.js'
 * @import { Circumstances } from '../../engine/circumstances.js'
 */

import { circumstances, circumstancesNow } from '../../engine/circumstances.js';
import { engine, engineNow } from '../../engine/engine.js';
import {
  check,
  forgetImages,
  isLoadedAhead,
  isRepeat,
  isRuleRedirect,
  isSurrogate,
  pageOf,
} from '../../engine/explain.js';
import { ALL_URLS, api, BLOCKED_ERROR, canBlock, isOwnUrl, switchesLate } from '../../shared/browser.js';
import { isLockoutPage } from '../../shared/level.js';
import { hostOf, siteOf } from '../../shared/site.js';
import * as settings from '../../stored/settings.js';
import * as counts from './counts.js';
import * as learned from './learned.js';
import { cleanNavigation, followChain, hideReferrer, seeCleaned } from './navigations.js';
import * as recent from './recent.js';
import { tell } from './told-pages.js';
import * as visits from './visits.js';

const URL_LENGTH = 300;

/** What scripts send bodies by. */
const REPORT_TYPES = ['beacon', 'ping', 'xmlhttprequest'];

/** Stands where a line of a list would, for what no line can tell. @type {Verdict} */
const BY_BODY = { action: 'block', company: 'TikTok', purpose: 'pixel', filter: '', list: '', line: 0 };

/** Starts listening, and gets ready. To be called synchronously when the background starts. */
export function watch() {
  prepare();
  const everything = { urls: [ALL_URLS] };
  if (switchesLate) api.webRequest.onResponseStarted.addListener(begin, { ...everything, types: ['main_frame'] });
  if (canBlock) {
    const decideAny = /** @type {(details: unknown) => undefined} */ (/** @type {unknown} */ (decide));
    api.webRequest.onBeforeRequest.addListener(decideAny, everything, ['blocking']);
    const decideBodyAny = /** @type {(details: unknown) => undefined} */ (/** @type {unknown} */ (decideBody));
    const reports = { ...everything, types: /** @type {'ping'[]} */ (/** @type {unknown} */ (REPORT_TYPES)) };
    api.webRequest.onBeforeRequest.addListener(decideBodyAny, reports, ['blocking', 'requestBody']);
    const hideAny = /** @type {(details: unknown) => undefined} */ (/** @type {unknown} */ (hideReferrer));
    const pages = { ...everything, types: /** @type {'main_frame'[]} */ (['main_frame']) };
    api.webRequest.onBeforeSendHeaders.addListener(hideAny, pages, ['blocking', 'requestHeaders']);
  } else {
    api.webRequest.onErrorOccurred.addListener(observe, everything);
    api.webRequest.onBeforeRedirect.addListener(observe, everything);
  }
}

/** Backgrounds mostly wake for a request: what its verdict needs is read while the browser is still delivering it. */
function prepare() {
  for (const needed of [engine(), circumstances()]) needed.catch(() => undefined); // the request asks again, and complains
}

/** @param {RequestDetails} details */
function begin(details) {
  // A page of ours that stands in for another has been begun under the address that was asked for.
  if (details.documentLifecycle === 'prerender' || isLoadedAhead(details) || isOwnUrl(details.url)) return;
  visits.begin(details.tabId, details.url);
}

/**
 * Answers a blocking listener. It waits only when the background has just woken; if the engine cannot be had, the
 * request goes on to the static rules.
 *
 * @param {RequestDetails} details
 * @returns {BlockingResponse | Promise<BlockingResponse>}
 */
export function decide(details) {
  if (details.type === 'main_frame') visits.ask(details);
  const [ready, known] = [engineNow(), circumstancesNow()];
  if (ready && known) return decideWith(ready, known, details);
  return Promise.all([engine(), circumstances()])
    .then(([engine, known]) => decideWith(engine, known, details))
    .catch((error) => {
      console.error('Detick: a request was left to the static rules.', error);
      return {};
    });
}

/**
 * @param {Engine} engine
 * @param {Circumstances} known
 * @param {RequestDetails} details
 * @returns {BlockingResponse}
 */
export function decideWith(engine, known, details) {
  const page = pageOf(details, visits.pageUrl);
  if (details.type === 'main_frame') forgetImages(details.tabId);
  if (settings.isPaused(known.settings, siteOf(page)) || isOwnQuestion(details)) return {};
  const verdict = check(engine, known, details, page);
  if (verdict?.action === 'block' || verdict?.action === 'redirect') {
    if (!isRepeat(details)) record(details, verdict, page);
    return verdict.surrogate ? { redirectUrl: surrogateUrl(verdict.surrogate) } : { cancel: true };
  }
  return details.type === 'main_frame' ? cleanNavigation(engine, known.settings, details) : {};
}

/**
 * Stops what is a report of the pixel's by its body, wherever it is sent: a site may lead it through an address of its
 * own that tells nothing.
 *
 * @param {RequestDetails} details
 * @returns {BlockingResponse | Promise<BlockingResponse>}
 */
export function decideBody(details) {
  const body = learned.bodyOf(details);
  if (!learned.mayBeReport(body)) return {};
  const [ready, known] = [engineNow(), circumstancesNow()];
  if (ready && known && !learned.isPacked(body)) return decideBodyWith(ready, known, details, body);
  return Promise.all([engine(), circumstances(), learned.unpacked(body)])
    .then(([engine, known, body]) => decideBodyWith(engine, known, details, body))
    .catch((error) => {
      console.error('Detick: the body of a request was not looked into.', error);
      return {};
    });
}

/**
 * @param {Engine} engine
 * @param {Circumstances} known
 * @param {RequestDetails} details
 * @param {Uint8Array} body unpacked
 * @returns {BlockingResponse}
 */
export function decideBodyWith(engine, known, details, body) {
  const page = pageOf(details, visits.pageUrl);
  if (settings.isPaused(known.settings, siteOf(page)) || isOwnQuestion(details) || !engine.isReport(body)) return {};
  const verdict = check(engine, known, details, page);
  if (verdict) return {}; // a line stops it, or lets it through
  record(details, BY_BODY, page);
  learned.learnFrom(engine, details, body, page);
  return { cancel: true };
}

/**
 * Sees what the rules did to a request. Other extensions cause the same events: only what the engine confirms is
 * counted.
 *
 * @param {RequestDetails} details
 */
export async function observe(details) {
  const byRule = details.redirectUrl ? isRuleRedirect(details) : details.error === BLOCKED_ERROR;
  if (details.type === 'main_frame') followChain(details, byRule);
  if (!byRule) return;
  const [ready, known] = await Promise.all([engine(), circumstances()]);
  observeWith(ready, known, details);
}

/**
 * @param {Engine} engine
 * @param {Circumstances} known
 * @param {RequestDetails} details
 */
export function observeWith(engine, known, details) {
  const page = pageOf(details, visits.pageUrl);
  const reached = details.redirectUrl ?? '';
  if (details.documentLifecycle === 'prerender' || settings.isPaused(known.settings, siteOf(page))) return;
  if (details.type === 'main_frame' && reached && !isLockoutPage(reached))
    return isLoadedAhead(details) ? undefined : seeCleaned(engine, known.settings, details);
  const verdict = check(engine, known, details, page);
  if (verdict?.action !== 'block' && verdict?.action !== 'redirect') return;
  const stoodIn = isSurrogate(reached, verdict);
  if (reached && !stoodIn && !isLockoutPage(reached)) return;
  record(details, stoodIn ? verdict : { ...verdict, surrogate: undefined }, page);
}

/**
 * What the policy of a player's page refused never became a request; what the engine would have stopped of it is
 * counted like one.
 *
 * @param {Messages['refusedByPolicy'][0]} payload
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<undefined>}
 * @throws {Error} if it is not a tab that tells
 */
export async function refusedByPolicy({ refused }, { tab, frameId = 0, url: asker = '' }) {
  if (tab?.id === undefined) throw new Error('Only a player in a tab is refused anything.');
  const [ready, known] = await Promise.all([engine(), circumstances()]);
  const page = tab.url ?? visits.pageUrl(tab.id) ?? '';
  if (settings.isPaused(known.settings, siteOf(page))) return;
  for (const { url, by } of refused) {
    const type = REFUSED[by.replace(/-(?:elem|attr)$/, '')] ?? 'other';
    const told = { requestId: '', tabId: tab.id, frameId, timeStamp: Date.now(), method: 'GET', type, url };
    const details = /** @type {RequestDetails} */ ({ ...told, originUrl: asker, documentUrl: asker });
    const verdict = check(ready, known, details, page);
    if (verdict?.action === 'block') record(details, verdict, page);
  }
}

/** Kinds of requests, by what a policy says of them. @type {Record<string, string>} */
const REFUSED = {
  'connect-src': 'xmlhttprequest',
  'font-src': 'font',
  'frame-src': 'sub_frame',
  'img-src': 'image',
  'media-src': 'media',
  'script-src': 'script',
  'style-src': 'stylesheet',
};

/** Asking a short host where its link leads: the user asked for that. @param {RequestDetails} details */
function isOwnQuestion({ originUrl }) {
  return originUrl?.startsWith(api.runtime.getURL('')) ?? false;
}

/** @param {RequestDetails} details @param {Verdict} verdict @param {string} page */
function record(details, verdict, page) {
  const host = hostOf(details.url);
  const isNext = details.type === 'main_frame' && !isLoadedAhead(details);
  if (isNext && !visits.isAbout(details.tabId, page)) visits.begin(details.tabId, page);
  counts.add(
    details.tabId,
    {
      url: shortUrl(details.url),
      host,
      type: details.type,
      action: verdict.surrogate ? 'stand-in' : 'blocked',
      company: verdict.company ?? host,
      purpose: verdict.purpose ?? '',
      filter: verdict.filter,
      list: verdict.list,
      line: verdict.line,
      ...(verdict.file && { file: verdict.file }),
    },
    page,
  );
  learned.stopped(details, page);
  recent.note(details, verdict.surrogate ? 'stand-in' : 'blocked', verdict, page);
  tell(details, verdict);
}

/** What is shown needs no query, which may hold what a tracker wanted to know. @param {string} url */
function shortUrl(url) {
  return url.replace(/[?#].*$/s, '').slice(0, URL_LENGTH);
}

/** @param {string} name */
function surrogateUrl(name) {
  return api.runtime.getURL(`surrogates/${name}`);
}
