/**
 * Requests to TikTok and its sister companies that leave, though Detick would have stopped them: the person paused it,
 * wrote a line of their own, or let embedded videos load. The popup says so before anything else.
 *
 * @import { Engine, Passed, RequestDetails, Verdict } from '../../types.js'
 * @import { Circumstances } from '../../engine/circumstances.js'
 */

import { circumstances } from '../../engine/circumstances.js';
import { engine } from '../../engine/engine.js';
import { check, pageOf } from '../../engine/explain.js';
import { api, isOwnUrl } from '../../shared/browser.js';
import { familyOf, SISTERS, TIKTOK } from '../../shared/families.js';
import { isPlayer } from '../../shared/player.js';
import { hostOf, siteOf } from '../../shared/site.js';
import { text } from '../../shared/text.js';
import * as settings from '../../stored/settings.js';
import * as counts from './counts.js';
import * as recent from './recent.js';
import * as visits from './visits.js';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  const urls = [...TIKTOK, ...SISTERS].map((domain) => `*://*.${domain}/*`);
  const noteAny = /** @type {(details: unknown) => undefined} */ (/** @type {unknown} */ (note));
  api.webRequest.onSendHeaders.addListener(noteAny, { urls }); // what rules stop never gets that far
}

/** @param {RequestDetails} details */
async function note(details) {
  if (details.documentLifecycle === 'prerender' || isOwnUrl(details.originUrl ?? '')) return;
  const [ready, known] = await Promise.all([engine(), circumstances()]);
  const page = pageOf(details, visits.pageUrl);
  const passed = whyPassed(ready, known, details, page);
  if (!passed) return;
  counts.pass(details.tabId, { ...passed, host: hostOf(details.url) }, page);
  const verdict = check(ready, known, details, page);
  if (verdict && passed.why !== 'video') recent.note(details, passed.why, verdict, page);
}

/**
 * @param {Engine} engine
 * @param {Circumstances} known
 * @param {RequestDetails} details of a request that leaves
 * @param {string} page whose it is
 * @returns {Pick<Passed, 'why' | 'filter'> | undefined} nothing where Detick would not have stopped it
 */
export function whyPassed(engine, known, details, page) {
  if (details.type === 'main_frame') return undefined; // that is the page that somebody asked for
  const verdict = check(engine, known, details, page);
  if (settings.isPaused(known.settings, siteOf(page)))
    return stops(verdict) ? { why: 'paused', filter: '' } : undefined;
  if (verdict?.action === 'allow')
    return verdict.list === text('ownLinesName') ? { why: 'allowed', filter: verdict.filter } : undefined;
  return isVideo(engine, known, details, page) ? { why: 'video', filter: '' } : undefined;
}

/** @param {Verdict | undefined} verdict */
function stops(verdict) {
  return verdict?.action === 'block' || verdict?.action === 'redirect';
}

/**
 * Whether a request loads an embedded video that would else wait for a click.
 *
 * @param {Engine} engine
 * @param {Circumstances} known
 * @param {RequestDetails} details
 * @param {string} page
 */
function isVideo(engine, known, details, page) {
  if (familyOf(siteOf(page))) return false;
  if (isPlayer(details.url)) return details.type === 'sub_frame';
  const asking = { ...known, settings: { ...known.settings, embeds: /** @type {const} */ ('ask') } };
  return known.settings.embeds === 'load' && stops(check(engine, asking, details, page));
}
