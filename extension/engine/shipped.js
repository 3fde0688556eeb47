/** What makes compiled lists unfit for use when it changes. */

import { api } from '../shared/browser.js';
import { hashOf } from '../shared/trust.js';
import { imageVersion } from '../wasm/detick.js';
import { loadWasm } from './wasm.js';

/** @returns {Promise<Uint8Array<ArrayBuffer>>} the engine's data as it ships */
export async function shippedImage() {
  const response = await fetch(api.runtime.getURL('rules/engine.bin'));
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * @param {Uint8Array<ArrayBuffer>} shipped
 * @returns {Promise<string>} names this Detick, its engine and its own lists
 */
export async function versionOf(shipped) {
  const [hash] = await Promise.all([hashOf(shipped), loadWasm()]);
  return `${api.runtime.getManifest().version} ${imageVersion()} ${hash}`;
}
