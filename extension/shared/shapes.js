/** What stored values, files and messages may look like: each check takes anything and says yes or no. */

/** @typedef {(value: unknown) => boolean} Check */

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @type {Check} */
export const isSwitch = (value) => typeof value === 'boolean';

/** @type {Check} */
export const isHost = (value) => typeof value === 'string' && value.length <= 253 && /^[^\s/?#@]+$/.test(value);

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
export const listOf =
  (holds, most = Number.POSITIVE_INFINITY) =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(holds);

/** @param {number} longest UTF-16 units @returns {Check} */
export const textUpTo = (longest) => (value) => typeof value === 'string' && value.length <= longest;
