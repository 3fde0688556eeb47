/**
 * The differences between the browsers, in one place. Elsewhere ask what can be done, never which browser it is.
 *
 * Chromium defines `browser` as well in newer versions, so its presence tells nothing; the address of our own pages
 * does.
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

/**
 * Whether a rule may lead a request to an address that holds the answer, as a page can read where an answer came from.
 */
export const answersByData = !isGecko;

/** Whose rules lists are compiled to, as the compiler calls it. @type {'chromium' | 'firefox'} */
export const rulesFor = isGecko ? 'firefox' : 'chromium';

/** Whether the background may use `navigator.clipboard`. A service worker has none; an event page does. */
export const canWriteClipboard = isGecko;

/** Whether the browser reports an image twice, once when it speculates and once when it loads. */
export const reportsImagesTwice = isGecko;

/**
 * Whether a page's first requests may come before its tab is said to have switched to it. Firefox says so before the
 * answer is even reported.
 */
export const switchesLate = !isGecko;

/** Whether a page may not use what a `Permissions-Policy` header denies it. */
export const heedsPermissionsPolicy = !isGecko;

/**
 * Every cookie of a domain and of what is below it, in one cookie store, also of hosts that are written with a dot at
 * their end, and also what the domain's own pages keep partitioned.
 *
 * @param {string} domain
 * @param {string} storeId
 * @returns {Promise<chrome.cookies.Cookie[]>}
 * @throws {Error} if there is no such store any more
 */
export async function cookiesOf(domain, storeId) {
  const jars = [domain, `${domain}.`].flatMap((name) => [
    api.cookies.getAll({ ...everyPartition, domain: name, storeId }),
    ...(isGecko ? [] : [partitionOf(`https://${name}`, { domain: name, storeId })]),
  ]);
  return (await Promise.all(jars)).flat();
}

/**
 * Every cookie of a cookie store. Chromium tells of partitioned ones only by the site on whose pages they are kept.
 *
 * @param {string} storeId
 * @param {string[]} pages addresses of pages on such sites
 * @returns {Promise<chrome.cookies.Cookie[]>}
 */
export async function everyCookie(storeId, pages) {
  const origins = isGecko ? [] : [...new Set(pages.map((page) => new URL(page).origin))];
  const jars = [api.cookies.getAll({ ...everyPartition, storeId })];
  return (await Promise.all([...jars, ...origins.map((origin) => partitionOf(origin, { storeId }))])).flat();
}

/**
 * Asks for all cookies, however the browser isolates sites. Firefox keeps embeds' cookies apart, and lists them only if
 * asked to. Chromium 156 may not be asked: it crashes as soon as one cookie belongs to a credentialless frame.
 */
const everyPartition = /** @type {chrome.cookies.GetAllDetails} */ (
  isGecko ? { partitionKey: {}, firstPartyDomain: null } : {}
);

/**
 * What is kept partitioned on the pages of one site.
 *
 * @param {string} topLevelSite
 * @param {chrome.cookies.GetAllDetails} which
 */
function partitionOf(topLevelSite, which) {
  return api.cookies.getAll({ ...which, partitionKey: { topLevelSite } });
}

/** The cookie store of ordinary windows, and outside of containers. */
export const ORDINARY_STORE = isGecko ? 'firefox-default' : '0';

/**
 * The cookie stores that can be looked into. Browsers list those in which a tab is open: while they start that can be
 * none, and the ordinary one is there all the same.
 *
 * @returns {Promise<string[]>} their ids
 */
export async function cookieStores() {
  const open = await api.cookies.getAllCookieStores();
  return [...new Set([ORDINARY_STORE, ...open.map(({ id }) => id)])];
}

/**
 * The cookie store of a tab: Firefox has one for each container and one for private windows, Chromium one for those.
 *
 * @param {{ cookieStoreId?: string, incognito?: boolean }} tab
 * @returns {string} its id
 */
export function storeOfTab({ cookieStoreId, incognito }) {
  return cookieStoreId ?? (incognito ? '1' : ORDINARY_STORE);
}

/**
 * Deletes what pages of some hosts have stored besides cookies, in one cookie store. Chromium cannot reach into private
 * windows, which take everything with them when they are closed.
 *
 * @param {string[]} hosts
 * @param {string} store
 * @param {boolean} isAlone whether no other store has anything worth keeping: Firefox knows no service workers of one
 *   store
 */
export async function removeStored(hosts, store, isAlone) {
  if (!api.browsingData) return; // some browsers of phones let extensions delete cookies only
  const names = hosts.flatMap((host) => [host, `${host}.`]); // the same pages, and to a browser another origin
  const remove = (/** @type {object} */ where, /** @type {string[]} */ kinds) =>
    api.browsingData.remove(where, Object.fromEntries(kinds.map((kind) => [kind, true])));
  if (isGecko) {
    await remove({ hostnames: names, cookieStoreId: store }, ['indexedDB', 'localStorage']);
    if (isAlone) await remove({ hostnames: names }, ['serviceWorkers']);
  } else if (store === ORDINARY_STORE) {
    const origins = names.map((host) => `https://${host}`);
    await remove({ origins }, ['cacheStorage', 'fileSystems', 'indexedDB', 'localStorage', 'serviceWorkers']);
  }
}

/**
 * Whether this is a phone: one browser window, which extensions are told nothing of; no toolbar, menus or keys; the
 * popup a page that fills the screen, and not a window that grows with what it shows. Content scripts cannot ask.
 */
export const isPhone = api.windows === undefined;

/**
 * The browser's page about this extension, where people let it into private windows. Firefox opens its own for nobody.
 */
export const extensionPage = isGecko ? undefined : `chrome://extensions/?id=${api.runtime?.id}`;

/** Whether suggestions in the address bar are XML. */
export const suggestsInXml = !isGecko;

/** Whether a tab shows a page of the browser's in place of one that is blocked. Firefox leaves it where it was. */
export const showsBlocked = !isGecko;

/** The error that a request of ours ends with when a rule blocks it. */
export const BLOCKED_ERROR = isGecko ? 'NS_ERROR_ABORT' : 'net::ERR_BLOCKED_BY_CLIENT';

export const ALL_URLS = '<all_urls>';

/**
 * Whether the user lets Detick see all sites. Without it only plain blocking works: no counting, no surrogates, no
 * cleaning.
 *
 * @returns {Promise<boolean>}
 */
export function hasSiteAccess() {
  return api.permissions.contains({ origins: [ALL_URLS] });
}

/**
 * Whether an address is one of this extension's own pages. Chromium may address web-accessible files by a changing
 * host.
 *
 * @param {string} url
 */
export function isOwnUrl(url) {
  return url.startsWith(api.runtime.getURL('')) || /^(?:chrome|moz)-extension:/.test(url);
}
