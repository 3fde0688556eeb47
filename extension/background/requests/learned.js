/**
 * What TikTok's pixel would have learned of a page, had its reports not been stopped.
 *
 * A report is read when its request starts, and the verdict on that request arrives separately (in Firefox in either
 * order): the two are joined by request id. The report itself is never kept, and what was read is dropped with the
 * tab's page.
 *
 * Where the surrogate answers there is no report. It tells the one that the pixel would have sent, and that is read by
 * the same reader.
 *
 * @import { Fact, Messages, RequestDetails } from '../../types.js'
 */

import { engine } from '../../engine/engine.js';
import { api } from '../../shared/browser.js';
import { TIKTOK } from '../../shared/families.js';
import { siteOf } from '../../shared/site.js';
import * as counts from './counts.js';

/** Where the pixel would have sent its reports. */
const REPORTED_TO = 'https://analytics.tiktok.com/api/v2/pixel';

/** Reports that wait: some are let through, and of those the other half never comes. */
const WAITING = 200;

/**
 * @typedef {object} Half One half of what is to be known of a report.
 * @property {Fact[]} [facts] what it says
 * @property {{ tabId: number, page: string }} [stopped] where it was stopped
 */

/** By request. @type {Map<string, Half>} */
const halves = new Map();

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  const urls = TIKTOK.map((domain) => `*://*.${domain}/*`);
  const readAny = /** @type {(details: unknown) => undefined} */ (/** @type {unknown} */ (read));
  api.webRequest.onBeforeRequest.addListener(readAny, { urls }, ['requestBody']);
}

/**
 * A request was stopped.
 *
 * @param {RequestDetails} details
 * @param {string} page whose it was
 */
export function stopped({ requestId, tabId }, page) {
  join(requestId, { stopped: { tabId, page } });
}

/** @param {RequestDetails} details */
async function read(details) {
  const ready = await engine();
  const facts = ready.learned(details.url, bodyOf(details));
  if (facts.length > 0) join(details.requestId, { facts });
}

/**
 * The surrogate in a page took calls: what the pixel would have reported of them. Only frames of the page's own site
 * speak for it.
 *
 * @param {Messages['pixelReports'][0]} payload
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<undefined>}
 * @throws {Error} if it is not a tab that tells
 */
export async function pixelReports({ reports }, sender) {
  const { tab, url = '' } = sender;
  if (tab?.id === undefined) throw new Error('Only a page can have called the pixel.');
  if (siteOf(url) !== siteOf(tab.url ?? url)) return;
  const ready = await engine();
  const facts = reports.flatMap((report) => ready.learned(REPORTED_TO, new TextEncoder().encode(report)));
  if (facts.length > 0) counts.learn(tab.id, facts, url);
}

/** @param {string} requestId @param {Half} half */
function join(requestId, half) {
  const { facts, stopped } = { ...halves.get(requestId), ...half };
  halves.delete(requestId);
  if (facts && stopped) return counts.learn(stopped.tabId, facts, stopped.page);
  halves.set(requestId, half);
  for (const oldest of halves.keys()) {
    if (halves.size <= WAITING) break;
    halves.delete(oldest);
  }
}

/**
 * The body of a request in bytes: as it was given, or, where the browser has taken a form apart, put together again.
 *
 * @param {RequestDetails} details
 * @returns {Uint8Array} empty if there is none, or none that browsers tell.
 */
export function bodyOf({ requestBody }) {
  if (requestBody?.formData) {
    const pairs = Object.entries(requestBody.formData).flatMap(([name, values]) =>
      values.map((value) => [name, String(value)]),
    );
    return new TextEncoder().encode(String(new URLSearchParams(pairs)));
  }
  const parts = (requestBody?.raw ?? []).flatMap(({ bytes }) => (bytes ? [new Uint8Array(bytes)] : []));
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
