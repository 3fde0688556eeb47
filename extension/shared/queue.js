/** Work that has to be done one piece after the other. */

/**
 * A queue: each piece of work begins when the one before it has ended, well or badly.
 *
 * @returns {<T>(work: () => Promise<T>) => Promise<T>} adds a piece of work; what becomes of it is its caller's to hear
 */
export function makeQueue() {
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
