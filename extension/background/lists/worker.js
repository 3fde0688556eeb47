/** Runs the slow work (work.js) in a thread of its own: one job in, one answer out. */

import { JOBS } from './work.js';

self.onmessage = async ({ data: { name, order } }) => {
  try {
    const job = /** @type {(order: unknown) => Promise<unknown>} */ (JOBS[/** @type {keyof typeof JOBS} */ (name)]);
    self.postMessage({ ok: true, value: await job(order) });
  } catch (error) {
    self.postMessage({ ok: false, error: error instanceof Error ? error.message : String(error) });
  }
};
