/**
 * Where lists are compiled. An event page decides about requests, which must not wait for that: it has a worker for the
 * long work, and lets it go with all its memory. A service worker has none, and needs none: there the browser's own
 * rules decide. It lives on, so the compiler's memory is emptied when there is no more work.
 *
 * @import { Finding, Order, Product } from './work.js'
 */

import { emptyCompiler } from '../../engine/compiler.js';
import { rulesFor } from '../../shared/browser.js';
import { JOBS } from './work.js';

/**
 * @param {Uint8Array} bytes of a file
 * @returns {Promise<Finding>} what it says of itself, or why it is no list
 */
export function examine(bytes) {
  return run('examine', { bytes, browser: rulesFor });
}

/**
 * @param {Pick<Order, 'parts' | 'budget'>} order
 * @returns {Promise<Product>}
 * @throws {Error} if a name comes twice, or the engine cannot be loaded
 */
export function compile(order) {
  return run('compile', { ...order, browser: rulesFor });
}

/**
 * @template {keyof typeof JOBS} Name
 * @param {Name} name
 * @param {Parameters<typeof JOBS[Name]>[0]} order
 * @returns {ReturnType<typeof JOBS[Name]>}
 */
function run(name, order) {
  const job = /** @type {(order: object) => Promise<unknown>} */ (JOBS[name]);
  const result = typeof Worker === 'undefined' ? here(() => job(order)) : elsewhere(name, order);
  return /** @type {ReturnType<typeof JOBS[Name]>} */ (result);
}

/** How many jobs are being done here. */
let busy = 0;

/** @param {() => Promise<unknown>} job */
async function here(job) {
  busy += 1;
  try {
    return await job();
  } finally {
    busy -= 1;
    if (busy === 0) await emptyCompiler();
  }
}

/** @param {string} name @param {object} order */
async function elsewhere(name, order) {
  const worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.ok ? resolve(data.value) : reject(new Error(data.error)));
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ name, order });
    });
  } finally {
    worker.terminate();
  }
}
