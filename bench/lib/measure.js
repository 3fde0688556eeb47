// Time and memory of this process.

import { quantile } from 'simple-statistics';

/**
 * @template T
 * @param {() => Promise<T> | T} work
 * @returns {Promise<{ value: T, milliseconds: number }>} what it gave, and its time on the processor, of all threads:
 *   other programs may be busy too
 */
export async function timed(work) {
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, milliseconds: (user + system) / 1000 };
}

/**
 * @param {unknown[]} inputs
 * @param {number} loops how often to go through all of them; 28,000 quick calls last too short to be timed once
 * @param {(input: any) => number} work its answers are added up, so that no compiler can leave it out
 * @returns {Promise<number>} microseconds for each input
 */
export async function perInput(inputs, loops, work) {
  let sum = 0;
  const { milliseconds } = await timed(() => {
    for (let loop = 0; loop < loops; loop++) {
      for (const input of inputs) sum += work(input);
    }
  });
  if (Number.isNaN(sum)) throw new Error('An answer was no number.');
  return (milliseconds * 1000) / (inputs.length * loops);
}

/** What lasts this long is measured well enough. */
const ENOUGH_MICROSECONDS = 1_000_000;

/**
 * @param {number} loop how long one takes, in microseconds
 * @param {number} most
 * @returns {number} how many loops make a measurement: slow engines need fewer
 */
export function loopsFor(loop, most) {
  return Math.min(most, Math.ceil(ENOUGH_MICROSECONDS / loop));
}

/**
 * @param {unknown[]} inputs
 * @param {(input: any) => unknown} work
 * @returns {{ p50: number, p99: number }} microseconds by the clock, of each input the best of five: single calls are
 *   too short for the processor's account
 */
export function percentiles(inputs, work) {
  const best = inputs.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < 5; round++) {
    inputs.forEach((input, at) => {
      const before = performance.now();
      work(input);
      best[at] = Math.min(best[at] ?? 0, (performance.now() - before) * 1000);
    });
  }
  return { p50: quantile(best, 0.5), p99: quantile(best, 0.99) };
}

/**
 * @param {number} times
 * @param {() => Promise<number>} work
 * @returns {Promise<number[]>} what it gave each time, one after the other
 */
export async function repeat(times, work) {
  const results = [];
  for (let time = 0; time < times; time++) results.push(await work());
  return results;
}

/**
 * @returns {{ held: number, resident: number }} megabytes: what JavaScript and its buffers hold, and the whole process
 */
export function memory() {
  // Twice: what the first run finds dead may hold what the second one frees.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: (heapUsed + external) / 1e6, resident: rss / 1e6 };
}

/**
 * Shuffles, in the same order in every run and for every engine.
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
    [copy[at], copy[other]] = [/** @type {T} */ (copy[other]), /** @type {T} */ (copy[at])];
  }
  return copy;
}
