/**
 * Short links: their path is the tracker, so only asking their host tells where they lead. Asked for by the user alone:
 * one request without cookies and referrer, nothing followed, the destination never contacted. Sole writer of
 * storage.session `expanded`.
 *
 * @import { Expanded } from '../../types.js'
 */

import { cleanLink } from '../../engine/links.js';
import { api } from '../../shared/browser.js';
import { isShortLink, SHORT_HOSTS } from '../../shared/short-links.js';
import { hostOf } from '../../shared/site.js';
import * as keys from '../../stored/keys.js';
import { isPrivate } from '../rules/private.js';

const TIMEOUT_MS = 10_000;
const HEADERS_LATE_MS = 500;
const REMEMBERED = 100;

/**
 * Requests of ours under way: what the host says is read from its headers.
 *
 * @type {Map<string, (location: string) => void>}
 */
const waiting = new Map();

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  const urls = [...SHORT_HOSTS.map((host) => `*://${host}/*`), '*://*.tiktok.com/t/*'];
  api.webRequest.onHeadersReceived.addListener(seeLocation, { urls, types: ['xmlhttprequest'] }, ['responseHeaders']);
}

/**
 * Where a short link leads, cleaned. TikTok sees the IP address and the code.
 *
 * @param {{ url: string }} short
 * @returns {Promise<Expanded>}
 * @throws {Error} if this is no short link, or its host does not answer with a place to go that is on the web.
 */
export async function expand({ url }) {
  if (!isShortLink(url)) throw new Error('This is not a short link.');
  const known = (await keys.get('expanded')) ?? {};
  const location = known[url] ?? (await locationOf(url));
  if (isPrivate(location)) throw new Error('The short link leads to an address that only this machine can reach.');
  const entries = Object.entries({ ...known, [url]: location }).slice(-REMEMBERED);
  await keys.put('expanded', Object.fromEntries(entries));
  const { url: clean, removed } = await cleanLink(location);
  return { url: clean, removed };
}

/** @param {string} url */
async function locationOf(url) {
  const asked = new URL(url.replace(/^http:/i, 'https:').replace(/#.*$/s, '')).href;
  /** @type {Promise<string>} */
  const told = new Promise((tell) => waiting.set(asked, tell));
  try {
    await fetch(asked, {
      redirect: 'manual',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return await Promise.race([told, settled()]);
  } catch (error) {
    if (error instanceof NoLocation) throw error;
    throw new Error(`${hostOf(asked)} did not answer.`, { cause: error });
  } finally {
    waiting.delete(asked);
  }
}

class NoLocation extends Error {}

/** The event about the headers may arrive a little after the answer itself (Firefox). @returns {Promise<never>} */
async function settled() {
  await new Promise((done) => setTimeout(done, HEADERS_LATE_MS));
  throw new NoLocation('The short link leads nowhere: it may have expired.');
}

/** @param {{ url: string, tabId: number, responseHeaders?: { name: string, value?: string }[] }} details */
function seeLocation({ url, tabId, responseHeaders }) {
  if (tabId !== api.tabs.TAB_ID_NONE) return undefined;
  const location = responseHeaders?.find((header) => header.name.toLowerCase() === 'location')?.value;
  const absolute = location && URL.canParse(location, url) ? new URL(location, url).href : '';
  if (/^https?:/.test(absolute)) waiting.get(url)?.(absolute);
  return undefined;
}
