/**
 * The WebAssembly engine, restored once per life of a page or worker: from what the person's lists were compiled to,
 * else from the file that the build compiled.
 *
 * @import { Engine, Meta } from '../types.js'
 */

import { rulesFor } from '../shared/browser.js';
import * as keys from '../stored/keys.js';
import * as store from '../stored/list-files.js';
import { Engine as WasmEngine } from '../wasm/detick.js';
import { located } from './lines.js';
import { quickCheck } from './quick-check.js';
import { quickClean } from './quick-clean.js';
import { shippedImage, versionOf } from './shipped.js';
import { loadWasm } from './wasm.js';

/** @type {Promise<Engine> | undefined} */
let restoring;

/** @type {Engine | undefined} */
let restored;

/** Whether the person's lists should be in the engine and are not. */
let fellBack = false;

/**
 * The engine; the first call restores it, later ones share that. A failure is not remembered: the next call tries
 * again.
 *
 * @returns {Promise<Engine>}
 * @throws {Error} if a file of the extension is missing or damaged.
 */
export function engine() {
  restoring ??= restore().catch((error) => {
    restoring = undefined;
    throw error;
  });
  return restoring;
}

/** The engine if it is there already: a request that need not wait should not. */
export function engineNow() {
  return restored;
}

/** @type {() => unknown} */
let tellIncomplete = () => undefined;

/**
 * Calls `react` whenever the person's lists had to be left out of a restored engine.
 *
 * @param {() => unknown} react
 */
export function onIncomplete(react) {
  tellIncomplete = react;
}

/**
 * Switches to other lists. Callers that hold the previous engine may keep using it.
 *
 * @param {Compiled | undefined} lists `undefined` for Detick's own
 * @returns {Promise<void>} once requests are decided by the new one
 * @throws {Error} if the image is damaged; then the old engine stays
 */
export async function change(lists) {
  await restoring?.catch(() => undefined); // its error is reported to its caller; we only wait so that it cannot overwrite our result
  const next = await (lists ? restoreFrom(lists.image, lists.meta.files) : restoreFrom(await shippedImage()));
  fellBack = false;
  restored = next;
  restoring = Promise.resolve(next);
}

/** @returns {Promise<Engine>} */
async function restore() {
  const [shipped, listed] = await Promise.all([shippedImage(), listedImage(), loadWasm()]);
  const next = (listed && (await restoreListed(listed, shipped))) ?? (await restoreFrom(shipped));
  restored = next;
  if (fellBack) tellIncomplete();
  return next;
}

/** What lists were compiled to. @typedef {{ meta: Meta, image: Uint8Array }} Compiled */

/** @returns {Promise<Compiled | undefined>} if there are any and the disk gives it */
async function listedImage() {
  if (!(await keys.get('listSet'))?.key) return undefined;
  fellBack = true; // until it is seen to be sound
  try {
    return await store.inTime(store.compiled()); // Detick's own lists protect at once
  } catch (error) {
    console.warn('Detick: the lists cannot be read from the disk.', error);
    return undefined;
  }
}

/**
 * @param {Compiled} listed
 * @param {Uint8Array<ArrayBuffer>} shipped
 * @returns {Promise<Engine | undefined>} nothing if it was made by another Detick, or is damaged
 */
async function restoreListed({ meta, image }, shipped) {
  if (meta.version !== (await versionOf(shipped))) return undefined;
  try {
    const engine = await restoreFrom(image, meta.files);
    fellBack = false;
    return engine;
  } catch (error) {
    console.warn('Detick: what the lists were compiled to cannot be read and is made again.', error);
    return undefined;
  }
}

/**
 * @param {Uint8Array} image
 * @param {Meta['files']} [files] that have the text of its lists, where it has none itself
 * @returns {Promise<Engine>}
 */
async function restoreFrom(image, files) {
  const { memory } = await loadWasm();
  const engine = WasmEngine.restore(image, rulesFor);
  return Object.assign(engine, {
    check: quickCheck(engine, memory, (verdict) => located(verdict, files?.get(verdict.list))),
    clean: quickClean(engine, memory),
  });
}
