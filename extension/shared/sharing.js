/**
 * One question to the browser for all who ask it in the same turn: when a background starts, a dozen modules want the
 * settings before any of them gets an answer.
 */

/**
 * @template T
 * @param {() => Promise<T>} read
 * @returns {() => Promise<T>} reads, or shares what was asked for in the same turn. No later: what has been written
 *   meanwhile must be seen by whoever asks then. All get the same value, which none may change.
 */
export function sharing(read) {
  /** @type {Promise<T> | undefined} */
  let reading;
  return () => {
    if (reading === undefined) {
      reading = read();
      queueMicrotask(() => {
        reading = undefined;
      });
    }
    return reading;
  };
}
