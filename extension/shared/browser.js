/**
 * The differences between the browsers, in one place. Elsewhere ask what can be done, never which browser it is.
 *
 * Chromium defines `browser` as well in newer versions, so its presence tells nothing; the address of our own pages does.
 */

/** The extension API, promises in both browsers. */
export const api = /** @type {typeof chrome} */ (
  /** @type {{ browser?: typeof chrome }} */ (globalThis).browser ?? globalThis.chrome
);

const isGecko = api.runtime.getURL('').startsWith('moz-extension:');

/**
 * Whether a request can be decided live by a blocking webRequest listener. Where it cannot, static rules decide
 * and the engine explains.
 */
export const canBlock = isGecko;

/** Whether the background may use `navigator.clipboard`. A service worker has none; an event page does. */
export const canWriteClipboard = isGecko;

/** Whether the browser reports an image twice, once when it speculates and once when it loads. */
export const reportsImagesTwice = isGecko;

/**
 * Whether a page's first requests may come before its tab is said to have switched to it. Firefox says so before the
 * answer is even reported.
 */
export const switchesLate = !isGecko;

/** Whether suggestions in the address bar are XML. */
export const suggestsInXml = !isGecko;

/** The error that a request of ours ends with when a rule blocks it. */
export const BLOCKED_ERROR = isGecko ? 'NS_ERROR_ABORT' : 'net::ERR_BLOCKED_BY_CLIENT';

export const ALL_URLS = '<all_urls>';

/**
 * Whether the user lets Detick see all sites. Without it only plain blocking works: no counting, no stand-ins, no cleaning.
 *
 * @returns {Promise<boolean>}
 */
export function hasSiteAccess() {
  return api.permissions.contains({ origins: [ALL_URLS] });
}

/**
 * Whether an address is one of this extension's own pages. Chromium may address web-accessible files by a changing host.
 *
 * @param {string} url
 */
export function isOwnUrl(url) {
  return url.startsWith(api.runtime.getURL('')) || /^(?:chrome|moz)-extension:/.test(url);
}
