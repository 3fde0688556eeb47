/** Addresses and the sites they belong to. */

/**
 * The host of a web address, without `www.`; empty for anything that is not http(s).
 *
 * @param {string | undefined} url
 */
export function siteOf(url) {
  return hostOf(url).replace(/^www\./, '');
}

/**
 * The host of a web address, without the dot that may end it; empty for anything that is not http(s).
 *
 * @param {string | undefined} url
 */
export function hostOf(url) {
  if (!url || !/^https?:/i.test(url)) return '';
  return URL.canParse(url) ? withoutDot(new URL(url).hostname) : '';
}

/**
 * The address of the page at the top of the tab that a script of ours speaks from, as the browser names it.
 *
 * @param {chrome.runtime.MessageSender} sender
 * @returns {string | undefined}
 */
export function topOf({ url, frameId, tab }) {
  return frameId === undefined || frameId === 0 ? url : (tab?.url ?? url);
}

/**
 * The site that somebody means: a host, or any address of it.
 *
 * @param {string} typed
 * @returns {string} empty if it is neither.
 */
export function typedSite(typed) {
  const words = typed.trim();
  const site = siteOf(/^[a-z]+:\/\//i.test(words) ? words : `https://${words}`);
  return /^[\w.:[\]-]+$/.test(site) ? site : ''; // Chromium makes a host of words with spaces between them
}

/**
 * Whether `host` is `site` or below it. `tiktok.com.` is the same host as `tiktok.com`, though browsers keep them
 * apart.
 *
 * @param {string} host
 * @param {string} site
 */
export function isWithin(host, site) {
  const name = withoutDot(host);
  return name === site || name.endsWith(`.${site}`);
}

/** @param {string} host */
function withoutDot(host) {
  return host.replace(/\.$/, '');
}
