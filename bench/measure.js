// Time and memory of this process, and what is made of many measurements.

/**
 * @param {() => unknown} work
 * @returns {number} milliseconds on the processor, of all threads: other programs may be busy too
 */
export function timed(work) {
  const before = process.cpuUsage();
  work();
  return since(before);
}

/**
 * @param {() => Promise<unknown> | unknown} work
 * @returns {Promise<number>} as `timed`
 */
export async function timedAsync(work) {
  const before = process.cpuUsage();
  await work();
  return since(before);
}

/** @param {NodeJS.CpuUsage} before @returns {number} milliseconds on the processor since then */
function since(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** @returns {number} megabytes that JavaScript, its buffers and native code hold */
export function heldMegabytes() {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

/** @returns {number} megabytes of this process that are in memory */
export function residentMegabytes() {
  return process.memoryUsage.rss() / 1e6;
}

/** @param {number[]} values @returns {number} */
export function median(values) {
  return quantile(values, 0.5);
}

/** @param {number[]} values @param {number} share @returns {number} the value that this share of all is not above */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/**
 * The same order in every run and for every engine.
 *
 * @template T
 * @param {T[]} list
 * @returns {T[]}
 */
export function shuffled(list) {
  const copy = [...list];
  let seed = 1;
  for (let at = copy.length - 1; at > 0; at--) {
    seed = (seed * 48271) % 2147483647;
    const other = seed % (at + 1);
    [copy[at], copy[other]] = [copy[other], copy[at]];
  }
  return copy;
}

/**
 * @template T
 * @param {T[]} inputs
 * @param {(input: T) => unknown} work
 * @returns {number[]} for each input the best of five, in microseconds by the clock: single calls are too short for the processor's account
 */
export function bestOfFive(inputs, work) {
  const best = inputs.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < 5; round++) {
    inputs.forEach((input, at) => {
      const before = performance.now();
      work(input);
      best[at] = Math.min(best[at], (performance.now() - before) * 1000);
    });
  }
  return best;
}
