/**
 * Runs first in a background that is measured, and notes when it came how far. Only the bench's copy of the extension
 * has this file: see `marked.js`. Times are in ms since the worker or event page began to exist.
 */

import { api } from '../../extension/shared/browser.js';
import { Engine } from '../../extension/wasm/detick.js';

/** The extension itself leaves this key alone. */
const KEY = 'benchMarks';

/** Told only when the first work is done, so that telling is not part of it. */
const TELL_AFTER_MS = 400;

/** @type {Record<string, number>} */
const marks = { origin: performance.timeOrigin, loaded: performance.now() };

/** @param {string} name of what is reached for the first time now */
function reach(name) {
  marks[name] ??= performance.now();
}

/** @typedef {(...values: unknown[]) => unknown} Method */

/**
 * @param {object} owner
 * @param {string} name of its method
 * @param {(result: unknown) => void} after called when the method, or what it promised, is done
 */
function follow(owner, name, after) {
  const methods = /** @type {Record<string, Method>} */ (owner);
  const method = methods[name];
  methods[name] = function (...values) {
    const result = method?.apply(this, values);
    if (result instanceof Promise) result.then(after);
    else after(result);
    return result;
  };
}

/** There is a verdict: what was noted is told. */
function tell() {
  if (marks.verdict !== undefined) return;
  reach('verdict');
  setTimeout(() => {
    marks.wasmBytes = memory?.buffer.byteLength ?? 0;
    api.storage.local.set({ [KEY]: marks });
  }, TELL_AFTER_MS);
}

/** @type {WebAssembly.Memory | undefined} */
let memory;

for (const way of ['instantiateStreaming', 'instantiate']) {
  follow(WebAssembly, way, (made) => {
    reach('compiled');
    const { instance } = /** @type {WebAssembly.WebAssemblyInstantiatedSource} */ (made);
    memory = /** @type {WebAssembly.Memory} */ (instance.exports.memory);
  });
}
follow(Response.prototype, 'arrayBuffer', () => reach('read'));
follow(Engine, 'restore', () => reach('restored'));
follow(Engine.prototype, 'decide', (answer) => (answer === 0 ? tell() : undefined));
follow(Engine.prototype, 'explain', tell);

// A listener more would be another event to Chromium, and perhaps not the one that wakes: the extension's own are gone
// along with.
for (const event of [api.webRequest.onBeforeRequest, api.webRequest.onErrorOccurred]) {
  const listening = /** @type {{ addListener: Method }} */ (/** @type {unknown} */ (event));
  const addListener = listening.addListener.bind(event);
  listening.addListener = (listener, ...how) => addListener(heard(/** @type {Method} */ (listener)), ...how);
}

/** @param {Method} listener @returns {Method} */
function heard(listener) {
  return (details) => {
    reach('heard');
    marks.event ??= /** @type {{ timeStamp: number }} */ (details).timeStamp;
    return listener(details);
  };
}

// The background's own modules run after this one; a task of its own comes after them.
queueMicrotask(() => reach('run'));
