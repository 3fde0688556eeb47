/**
 * Filter lists that a person has subscribed to, as part of the settings.
 *
 * @import { Settings, Subscription } from '../types.js'
 */

/** More would not fit into a browser's rules in any case. */
export const MOST_LISTS = 50;

/**
 * @param {unknown} value
 * @returns {value is string} whether this is the address of a list, in the one form that is stored
 */
export function isListUrl(value) {
  return typeof value === 'string' && value.length <= 2000 && listUrl(value) === value;
}

/**
 * The address of a list as it is stored.
 *
 * @param {string} typed
 * @returns {string | undefined} nothing if it is no https address
 */
export function listUrl(typed) {
  const address = URL.canParse(typed.trim()) ? new URL(typed.trim()) : undefined;
  if (address?.protocol !== 'https:' || address.username !== '' || address.password !== '') return undefined;
  address.hash = '';
  return address.href;
}

/**
 * @param {Settings} settings
 * @param {string} url
 * @param {Partial<Subscription>} change
 * @returns {Settings} with the list changed; added, at the end and switched on, if it was not there
 */
export function withList(settings, url, change = {}) {
  const isThere = settings.lists.some((list) => list.url === url);
  const lists = isThere ? settings.lists : [...settings.lists, { url, on: true, trusted: false }];
  return { ...settings, lists: lists.map((list) => (list.url === url ? { ...list, ...change } : list)) };
}

/**
 * @param {Settings} settings
 * @param {string} url
 * @returns {Settings} without the list
 */
export function withoutList(settings, url) {
  return { ...settings, lists: settings.lists.filter((list) => list.url !== url) };
}
