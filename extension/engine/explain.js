/**
 * What the browser tells of a request, as the engine takes it, and what the engine says of it: the background and the
 * log ask the same.
 *
 * @import { Engine, RequestDetails, Settings, Verdict } from '../types.js'
 * @import { Circumstances } from './circumstances.js'
 */

import { isOwnUrl, reportsImagesTwice } from '../shared/browser.js';
import { siteOf } from '../shared/site.js';
import * as settings from '../stored/settings.js';
import { listsOff } from './circumstances.js';
import { cleanWith } from './links.js';

const TWICE_WITHIN_MS = 2000;

/** @param {Engine} engine @param {Circumstances} known @param {RequestDetails} details @param {string} page */
export function check(engine, known, details, page) {
  const asker = askedBy(details);
  const off = listsOff(engine, known, details, asker, page);
  return engine.check(details.url, asker, details.type, details.method, off);
}

/** The address of the document that made the request; empty if the user did. @param {RequestDetails} details */
export function askedBy(details) {
  const url = details.originUrl ?? details.documentUrl ?? details.initiator ?? '';
  return /^https?:/.test(url) ? url : '';
}

/**
 * The address of the page that the request was made for: of the frame at the top.
 *
 * @param {RequestDetails} details
 * @param {(tabId: number) => string | undefined} shownIn what a tab shows, as far as known: where the browser does not
 *   name the page
 * @returns {string}
 */
export function pageOf(details, shownIn) {
  if (details.type === 'main_frame' && !isLoadedAhead(details)) return details.url;
  const top = details.frameAncestors?.at(-1)?.url ?? details.documentUrl;
  return top ?? shownIn(details.tabId) ?? askedBy(details);
}

/**
 * Whether a page has another page loaded ahead, which the tab does not go to: Chromium names the document that asks for
 * it, and none for a navigation.
 *
 * @param {RequestDetails} details
 */
export function isLoadedAhead({ type, documentId }) {
  return type === 'main_frame' && documentId !== undefined;
}

/**
 * Whether a request was led to its surrogate: to our file, or to an address that holds it.
 *
 * @param {string} reached
 * @param {Verdict | undefined} verdict
 */
export function isSurrogate(reached, verdict) {
  if (verdict?.surrogate === undefined) return false;
  return reached.endsWith(`/surrogates/${verdict.surrogate}`) || reached.startsWith('data:');
}

/** Whether a redirect was made inside the browser, not by a server. @param {RequestDetails} details */
export function isRuleRedirect(details) {
  return isOwnUrl(details.redirectUrl ?? '') || / 307 Internal Redirect$/.test(details.statusLine ?? '');
}

/** Images seen lately, `tab url` -> ms. @type {Map<string, number>} */
const images = new Map();

/** The next page of a tab may ask for the same image: that is another request. @param {number} tabId */
export function forgetImages(tabId) {
  for (const key of images.keys()) if (key.startsWith(`${tabId} `)) images.delete(key);
}

/**
 * Whether this is the second report of one image (or a connection made ahead of a request, which is none).
 *
 * @param {RequestDetails} details
 */
export function isRepeat(details) {
  if (details.type === 'speculative') return true;
  if (!reportsImagesTwice || !/^image/.test(details.type)) return false;
  for (const [key, ms] of images) if (details.timeStamp - ms > TWICE_WITHIN_MS) images.delete(key);
  const key = `${details.tabId} ${details.url}`;
  const repeats = images.has(key);
  images.set(key, details.timeStamp);
  return repeats;
}

/**
 * What cleaning does to a navigation; nothing where the user wants links left alone, or where a form is sent.
 *
 * @param {Engine} engine
 * @param {Settings} chosen
 * @param {RequestDetails} details
 */
export function arrivalOf(engine, chosen, details) {
  if (details.method !== 'GET' || !chosen.cleanOpened) return undefined;
  const cleaned = cleanWith(engine, chosen, details.url, 'navigation');
  if (cleaned.url === details.url) return undefined;
  const fromPaused = settings.isPaused(chosen, siteOf(askedBy(details)));
  if (fromPaused && cleaned.unwrapped.length > 0) return undefined;
  return { from: details.url, ...cleaned };
}
