/**
 * Readings of something that changes while it is read: the one that began last counts, whichever ends last.
 */

/**
 * @template T
 * @param {() => Promise<T>} read
 * @returns {() => Promise<T | undefined>} reads; nothing if a reading that began later has ended before
 */
export function latest(read) {
  let begun = 0;
  let told = 0;
  return async () => {
    begun += 1;
    const turn = begun;
    const value = await read();
    if (turn < told) return undefined;
    told = turn;
    return value;
  };
}
