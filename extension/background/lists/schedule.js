/** When a list is asked for again. Times are ms since 1970, `random` is from 0 to 1. */

const HOUR_MS = 3_600_000;
const USUAL_HOURS = 96;
const FIRST_RETRY_MS = HOUR_MS / 12;
const LAST_RETRY_MS = 24 * HOUR_MS;

/**
 * After a success: when the list says that it expires, and up to a tenth later, so that not everybody comes at once.
 *
 * @param {number} now
 * @param {number | undefined} expiresHours
 * @param {number} random
 */
export function dueAfterSuccess(now, expiresHours = USUAL_HOURS, random = Math.random()) {
  return now + Math.round(expiresHours * HOUR_MS * (1 + random / 10));
}

/**
 * After a failure: five minutes, then twice as long each time, a day at most; a quarter more or less.
 *
 * @param {number} now
 * @param {number} failures in a row, this one included
 * @param {number} [retryAfterMs] what the server asked for
 * @param {number} [random]
 */
export function dueAfterFailure(now, failures, retryAfterMs = 0, random = Math.random()) {
  const waitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20));
  return now + Math.round(Math.max(waitMs * (0.75 + random / 2), Math.min(retryAfterMs, LAST_RETRY_MS)));
}
