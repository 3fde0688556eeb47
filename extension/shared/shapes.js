/** What stored values, files and messages may look like: each check takes anything and says yes or no. */

/**
 * `entries` gives those of a list that hold, where not all do.
 *
 * @typedef {((value: unknown) => boolean) & { entries?: (value: unknown) => unknown[] | undefined }} Check
 */

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @type {Check} */
export const isSwitch = (value) => typeof value === 'boolean';

/**
 * A host in the one form that browsers take in rules, which is the one that they give themselves: one that is not makes
 * Firefox refuse the rule with all the others that it names. Of `*` not all browsers say that it is no host.
 *
 * @type {Check}
 */
export const isHost = (value) =>
  typeof value === 'string' && value.length <= 253 && !value.includes('*') && hostIn(`https://${value}/`) === value;

/** @param {string} url @returns {string | undefined} */
function hostIn(url) {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** Of things, of milliseconds, of bytes. @type {Check} */
export const isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

/** @type {Check} */
export const isText = (value) => typeof value === 'string';

/** @param {string[]} words @returns {Check} */
export const oneOf =
  (...words) =>
  (value) =>
    words.includes(/** @type {string} */ (value));

/** @param {Check} holds @param {number} [most] entries @returns {Check} */
export function listOf(holds, most = Number.POSITIVE_INFINITY) {
  /** @type {Check} */
  const isList = (value) => Array.isArray(value) && value.length <= most && value.every((entry) => holds(entry));
  isList.entries = (value) => (Array.isArray(value) ? value.filter((entry) => holds(entry)).slice(0, most) : undefined);
  return isList;
}

/** @param {number} longest UTF-16 units @returns {Check} */
export const textUpTo = (longest) => (value) => typeof value === 'string' && value.length <= longest;
