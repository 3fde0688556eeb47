// Which permissions browsers ask people about: adding one to a released extension disables it until each person has
// agreed.

/**
 * @typedef {object} Asked what a person was asked to allow
 * @property {string[]} permissions
 * @property {string[]} hosts patterns of `host_permissions` and of content scripts
 */

/**
 * Permissions without a question in either browser, as far as we have looked them up: Chrome's list of permissions, and
 * `ExtensionPermissionMessages.sys.mjs` of Firefox.
 */
const SILENT = new Set([
  'activeTab',
  'alarms',
  'contextMenus',
  'cookies',
  'menus',
  'offscreen',
  'scripting',
  'storage',
  'unlimitedStorage',
  'webRequest',
  'webRequestBlocking',
]);

/** Keys of a manifest that browsers ask about too. */
const ASKING_KEYS = ['chrome_settings_overrides', 'chrome_url_overrides', 'devtools_page'];

/**
 * @param {Record<string, any>} manifest
 * @returns {Asked}
 */
export function askedBy(manifest) {
  const scripts = /** @type {{matches: string[]}[]} */ (manifest.content_scripts ?? []);
  const hosts = [...(manifest.host_permissions ?? []), ...scripts.flatMap(({ matches }) => matches)];
  const keys = ASKING_KEYS.filter((key) => Object.hasOwn(manifest, key));
  return { permissions: [...(manifest.permissions ?? []), ...keys].sort(), hosts: [...new Set(hosts)].sort() };
}

/**
 * What an update would make browsers ask everybody who has the extension. Optional permissions are not among it: those
 * are asked for when they are needed.
 *
 * @param {Asked} before as released
 * @param {Asked} after
 * @returns {string[]} the names of permissions and hosts
 */
export function askedAgain(before, after) {
  const permissions = after.permissions.filter((name) => !SILENT.has(name) && !before.permissions.includes(name));
  const covered = (/** @type {string} */ host) => before.hosts.includes('<all_urls>') || before.hosts.includes(host);
  return [...permissions, ...after.hosts.filter((host) => !covered(host))];
}
