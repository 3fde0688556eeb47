/** Waiting in tests: for what must come about, never for a time. */

const POLL_MS = 25;

/**
 * Asks again and again until the answer is something.
 *
 * @template T
 * @param {string} what is awaited, for the error
 * @param {() => Promise<T | undefined | false>} ask
 * @param {number} [timeoutMs]
 * @returns {Promise<T>}
 * @throws {Error} if there is no answer in time
 */
export async function until(what, ask, timeoutMs = 15_000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
