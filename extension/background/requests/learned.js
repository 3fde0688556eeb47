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
 * @import { Engine, Fact, Messages, RequestDetails } from '../../types.js'
 */

import { engine } from '../../engine/engine.js';
import { api } from '../../shared/browser.js';
import { TIKTOK } from '../../shared/families.js';
import { hostOf, isWithin, siteOf } from '../../shared/site.js';
import * as settings from '../../stored/settings.js';
import * as counts from './counts.js';

/** Where the pixel would have sent its reports. */
const REPORTED_TO = 'https://analytics.tiktok.com/api/v2/pixel';

/** Where a site's own address may take them: by what filters/tiktok.txt stops on any host. */
const ANYWHERE = ['*://*/*/api/v2/pixel*', '*://*/api/v2/pixel/*', '*://*/*analytics_message=*'];

/** As long as reports are read: `MAX_BODY` in src/payload.rs. */
const LONGEST_BODY = 64 << 10;

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
  const urls = [...TIKTOK.map((domain) => `*://*.${domain}/*`), ...ANYWHERE];
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
  const facts = ready.learned(addressOf(details.url), await unpacked(bodyOf(details)));
  if (facts.length > 0) join(details.requestId, { facts });
}

/**
 * The address that a report is read by: behind a site's own one stands the pixel's, and what it says is in its query.
 *
 * @param {string} url
 */
function addressOf(url) {
  const isTikToks = TIKTOK.some((domain) => isWithin(hostOf(url), domain));
  return isTikToks ? url : REPORTED_TO + (/\?[^#]*/.exec(url)?.[0] ?? '');
}

/**
 * A report that was stopped for what it says: that is told at once.
 *
 * @param {Engine} ready
 * @param {RequestDetails} details
 * @param {Uint8Array} body unpacked
 * @param {string} page whose it was
 */
export function learnFrom(ready, { tabId }, body, page) {
  counts.learn(tabId, ready.learned(REPORTED_TO, body), page);
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
export async function pixelReports({ reports, gathered }, sender) {
  const { tab, frameId, url = '', origin = '' } = sender;
  if (tab?.id === undefined) throw new Error('Only a page can have called the pixel.');
  const site = siteOf(url) || siteOf(origin); // a frame without an address of its own is of whoever made it
  // The tab may show the next page already, while its last one says what it says last.
  if (frameId !== 0 && site !== siteOf(tab.url ?? url)) return;
  const [ready, chosen] = await Promise.all([engine(), settings.load()]);
  if (settings.isPaused(chosen, site)) return;
  const read = (/** @type {string} */ report) => ready.learned(REPORTED_TO, new TextEncoder().encode(report));
  const also = gathered.flatMap(read).map((fact) => ({ ...fact, gathered: /** @type {const} */ (true) }));
  const facts = [...reports.flatMap(read), ...also];
  if (facts.length > 0) counts.learnOf({ tabId: tab.id, url, documentId: sender.documentId }, facts);
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
 * Whether a body may be a report, by its first byte: an object in JSON, or something that was packed.
 *
 * @param {Uint8Array} body
 */
export function mayBeReport(body) {
  return body.length <= LONGEST_BODY && (body[0] === 0x7b || isPacked(body));
}

/** @param {Uint8Array} body @returns {boolean} by gzip */
export function isPacked(body) {
  return body[0] === 0x1f && body[1] === 0x8b;
}

/**
 * A body as it was before it was packed by gzip; of one that is longer than any report, or broken, what came so far.
 *
 * @param {Uint8Array} body
 * @returns {Promise<Uint8Array>} the same if it is not packed
 */
export async function unpacked(body) {
  if (!isPacked(body)) return body;
  const parts = [];
  let length = 0;
  const reader = new Blob([new Uint8Array(body)]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (let part = await reader.read(); !part.done && length <= LONGEST_BODY; part = await reader.read()) {
      parts.push(part.value);
      length += part.value.length;
    }
  } catch {
    // It only looked packed, or was cut.
  }
  reader.cancel().catch(() => undefined);
  return joined(parts);
}

/**
 * The body of a request in bytes: as it was given, or, where the browser has taken a form apart, put together again.
 *
 * @param {RequestDetails} details
 * @returns {Uint8Array} empty if there is none, none that browsers tell, or one that is longer than any report
 */
export function bodyOf({ requestBody }) {
  if (requestBody?.formData) {
    const pairs = Object.entries(requestBody.formData).flatMap(([name, values]) =>
      values.map((value) => [name, String(value)]),
    );
    return new TextEncoder().encode(String(new URLSearchParams(pairs)));
  }
  const parts = (requestBody?.raw ?? []).flatMap(({ bytes }) => (bytes ? [new Uint8Array(bytes)] : []));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return length > LONGEST_BODY ? new Uint8Array() : joined(parts); // an upload of a gigabyte is not copied
}

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
