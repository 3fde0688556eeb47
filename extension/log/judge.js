/**
 * What Detick decided about a request, told from what the browser reports of it. The same engine, with the same
 * settings, explains here what it decided in the background, so the background need not be asked, nor run.
 *
 * @import { Engine, Outcome, RequestDetails, Verdict } from '../types.js'
 * @import { Circumstances } from '../engine/circumstances.js'
 * @import { Entry } from './entries.js'
 */

import { arrivalOf, askedBy, check, isRuleRedirect, isSurrogate, pageOf } from '../engine/explain.js';
import { BLOCKED_ERROR } from '../shared/browser.js';
import { isLockoutPage } from '../shared/level.js';
import { siteOf } from '../shared/site.js';
import * as settings from '../stored/settings.js';

/** The tab in which a request was made, as far as known. @typedef {{ url: string, isPrivate: boolean }} Tab */

/** `file`: what has the line's text, until that is read. @typedef {Omit<Entry, 'id'> & Pick<Verdict, 'file'>} Judged */

/**
 * @param {Engine} engine
 * @param {Circumstances} known
 * @param {RequestDetails} details of an event that tells the end of the matter: the request leaves, or does not
 * @param {Tab | undefined} tab
 * @returns {Judged | undefined} nothing for a mere step, such as a redirect to https
 */
export function judge(engine, known, details, tab) {
  const page = pageOf(details, () => tab?.url);
  const verdict = check(engine, known, details, page);
  const isPaused = settings.isPaused(known.settings, siteOf(page));
  const base = {
    time: details.timeStamp,
    tabId: details.tabId,
    site: siteOf(page),
    isPrivate: details.incognito ?? tab?.isPrivate ?? false,
    type: details.type,
    method: details.method,
    url: details.url,
    asker: askedBy(details),
  };
  if (details.redirectUrl) return redirected(engine, known, details, base, verdict);
  const outcome = details.error ? ended(details.error, verdict, isPaused) : sent(verdict, isPaused);
  return { ...base, outcome, ...(isAbout(verdict, outcome) && source(verdict)) };
}

/**
 * @param {Engine} engine
 * @param {Circumstances} known
 * @param {RequestDetails} details
 * @param {Omit<Entry, 'id' | 'outcome'>} base
 * @param {Verdict | undefined} verdict
 * @returns {Judged | undefined}
 */
function redirected(engine, known, details, base, verdict) {
  const reached = details.redirectUrl ?? '';
  if (isLockoutPage(reached)) return { ...base, outcome: 'blocked', ...source(verdict) };
  if (isSurrogate(reached, verdict)) return { ...base, outcome: 'stand-in', ...source(verdict) };
  const arrival = details.type === 'main_frame' ? arrivalOf(engine, known.settings, details) : undefined;
  if (!arrival || (reached !== arrival.url && !isRuleRedirect(details))) return undefined;
  const { url: cleanUrl, removed, unwrapped } = arrival;
  return { ...base, outcome: 'cleaned', cleanUrl, removed, unwrapped };
}

/** @param {string} error @param {Verdict | undefined} verdict @param {boolean} isPaused @returns {Outcome} */
function ended(error, verdict, isPaused) {
  const isOurs = error === BLOCKED_ERROR && !isPaused && verdict !== undefined && verdict.action !== 'allow';
  return isOurs ? 'blocked' : 'ended';
}

/** @param {Verdict | undefined} verdict @param {boolean} isPaused @returns {Outcome} */
function sent(verdict, isPaused) {
  if (verdict === undefined) return 'passed';
  if (verdict.action === 'allow') return 'allowed';
  return isPaused ? 'paused' : 'passed';
}

/**
 * Whether the line that the engine names had to do with the outcome.
 *
 * @param {Verdict | undefined} verdict
 * @param {Outcome} outcome
 */
function isAbout(verdict, outcome) {
  return verdict !== undefined && outcome !== 'passed' && outcome !== 'ended';
}

/** @param {Verdict | undefined} verdict @returns {Partial<Judged>} */
function source(verdict) {
  if (!verdict) return {};
  const { company, purpose, filter, list, line, file } = verdict;
  return { company, purpose, filter, list, line, ...(file && { file }) };
}
