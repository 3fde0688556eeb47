/**
 * One navigation: what cleaning its address leads to, and what rules made of it on its way.
 *
 * @import { BlockingResponse, Engine, RequestDetails, Settings } from '../../types.js'
 */

import { arrivalOf, isLoadedAhead } from '../../engine/explain.js';
import { isOwnUrl } from '../../shared/browser.js';
import { leaveAlone } from '../rules/passes.js';
import { comesBack } from './breaker.js';
import * as counts from './counts.js';
import * as visits from './visits.js';

const MOST_UNWRAPPED = 100;

/**
 * Sends a navigation to its clean address, unless it comes from there.
 *
 * @param {Engine} engine
 * @param {Settings} chosen
 * @param {RequestDetails} details
 * @returns {BlockingResponse}
 */
export function cleanNavigation(engine, chosen, details) {
  const arrival = arrivalOf(engine, chosen, details);
  if (!arrival || comesBack(details.tabId, arrival.url, chainOf(details.requestId, arrival.url)) !== 'no') return {};
  visits.comesBy(details.tabId, arrival); // not shown yet: the browser waits for this answer
  if (arrival.unwrapped.length > 0) noteUnwrapped(details.requestId);
  return { redirectUrl: arrival.url };
}

/** Requests that were on their way to a redirector, the latest last. @type {Set<string>} */
const unwrapped = new Set();

/** @param {string} requestId */
function noteUnwrapped(requestId) {
  unwrapped.add(requestId);
  for (const oldest of unwrapped) {
    if (unwrapped.size <= MOST_UNWRAPPED) break;
    unwrapped.delete(oldest);
  }
}

/**
 * A redirector may be there to keep from the destination where its readers come from: what it would not have told is
 * not told either. In Firefox that is the header alone: scripts of the destination still read `document.referrer`,
 * which does not follow it (seen in 153).
 *
 * @param {Pick<RequestDetails, 'requestId'> & { requestHeaders?: { name: string }[] }} details
 * @returns {{ requestHeaders?: { name: string }[] }}
 */
export function hideReferrer({ requestId, requestHeaders }) {
  if (!unwrapped.has(requestId)) return {};
  return { requestHeaders: requestHeaders?.filter(({ name }) => name.toLowerCase() !== 'referer') };
}

/**
 * A rule cleaned a navigation, or sent it to the page that unwraps: remember what went. Rules can say less than the
 * engine, so what is still there did not go.
 *
 * @param {Engine} engine
 * @param {Settings} chosen
 * @param {RequestDetails} details
 */
export function seeCleaned(engine, chosen, details) {
  const arrival = arrivalOf(engine, chosen, details);
  const reached = details.redirectUrl ?? '';
  if (!arrival) return;
  if (isOwnUrl(reached)) return counts.addArrival(details.tabId, arrival, details.timeStamp);
  const removed = arrival.removed.filter((one) => !hasParameter(reached, one.name));
  if (removed.length === 0) return;
  counts.addArrival(details.tabId, { from: details.url, url: reached, removed, unwrapped: [] }, details.timeStamp);
}

/** @param {string} url @param {string} name */
function hasParameter(url, name) {
  return url.split(/[?&#]/).some((part) => part === name || part.startsWith(`${name}=`));
}

/** Where the navigation of each tab was sent last. @type {Map<number, { requestId: string, url: string }>} */
const sent = new Map();

/**
 * Sees rules clean a navigation. Where a server has sent it to an address that a rule cleans, Chromium (156) tells only
 * of the server; then the navigation shows up elsewhere than it was sent to.
 *
 * @param {RequestDetails} details of a redirect, or of the end
 * @param {boolean} byRule
 */
export function followChain(details, byRule) {
  const { tabId, requestId, redirectUrl } = details;
  const last = sent.get(tabId);
  const url = withoutFragment(details.url);
  if (last?.requestId === requestId && last.url !== url) breakCircle({ ...details, url: last.url }, url);
  sent.delete(tabId);
  if (!redirectUrl) return;
  sent.set(tabId, { requestId, url: withoutFragment(redirectUrl) });
  if (byRule) breakCircle(details, redirectUrl);
}

/** @param {string} url */
function withoutFragment(url) {
  return url.replace(/#.*$/s, '');
}

/**
 * A rule cleaned a navigation. What comes back has to be let pass by another rule, and soon: browsers follow twenty
 * redirects.
 *
 * @param {RequestDetails} details
 * @param {string} reached
 */
function breakCircle(details, reached) {
  const { tabId, requestId, url, documentLifecycle } = details;
  if (documentLifecycle === 'prerender' || isLoadedAhead(details) || isOwnUrl(reached)) return;
  const back = comesBack(tabId, reached, chainOf(requestId, reached));
  if (back === 'no') return;
  leaveAlone(url, back === 'always' ? undefined : tabId).catch((error) =>
    console.error('Detick: an address that insists is cleaned all the same.', error),
  );
}

/** A request that is led from server to server keeps its number. @param {string} requestId @param {string} clean */
function chainOf(requestId, clean) {
  return `${requestId} ${clean.replace(/[?#].*$/s, '')}`;
}
