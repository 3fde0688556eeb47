/** What code under test waits for besides the browser: files, digests, modules. On a busy machine they are late. */

import './fake-browser.js'; // which has a `fetch` of its own, to be counted too

let waiting = 0;

/** @returns {boolean} whether it waits for any of it now */
export const isWaiting = () => waiting > 0;

/**
 * @template Self
 * @template {unknown[]} A
 * @template T
 * @param {(this: Self, ...values: A) => Promise<T>} call
 * @returns {(this: Self, ...values: A) => Promise<T>}
 */
function counted(call) {
  return function (...values) {
    waiting += 1;
    return call.apply(this, values).finally(() => {
      waiting -= 1;
    });
  };
}

globalThis.fetch = counted(globalThis.fetch);
Response.prototype.arrayBuffer = counted(Response.prototype.arrayBuffer);
crypto.subtle.digest = counted(crypto.subtle.digest.bind(crypto.subtle));
WebAssembly.instantiateStreaming = /** @type {typeof WebAssembly.instantiateStreaming} */ (
  counted(WebAssembly.instantiateStreaming)
);
