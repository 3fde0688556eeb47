/**
 * A list with the files that it includes, fetched and looked at, before anything is changed.
 *
 * @import { Head } from '../../types.js'
 */

import { loadWasm } from '../../engine/wasm.js';
import { hashOf } from '../../shared/trust.js';
import { maxListBytes } from '../../wasm/detick.js';
import { examine } from './compiler.js';
import { fetchFile } from './fetching.js';
import { ListProblem } from './problem.js';

const DEEPEST = 4;
const MOST_FILES = 32;

/** What the engine says of a body that is no list -> its message. @type {Record<string, string>} */
const NO_LIST = {
  empty: 'listIsEmpty',
  html: 'listIsPage',
  binary: 'listIsNoText',
  'no-filters': 'listIsNoList',
};

/** @typedef {{ head: Head, bytes?: Uint8Array }} File one that has not changed has no bytes */

/**
 * @param {string} list its address
 * @param {Head[]} known its files as they are stored
 * @param {AbortSignal} signal
 * @param {(received: number) => void} progress called with the number of bytes received so far
 * @returns {Promise<File[]>} the list itself first
 * @throws {Error} if a file cannot be fetched or is not a list, or if the includes exceed the limits
 */
export async function gather(list, known, signal, progress) {
  /** @type {File[]} */
  const files = [];
  const waiting = [{ url: list, depth: 0 }];
  const seen = new Set([list]);
  let before = 0;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { url, depth } = next;
    const head = known.find((file) => file.url === url && file.list === list);
    const file = await gatherOne(url, { list, head, isIncluded: depth > 0 }, signal, (received) =>
      progress(before + received),
    );
    before += file.bytes?.length ?? 0;
    files.push(file);
    for (const included of includedBy(file.head)) {
      if (seen.has(included)) continue;
      if (depth === DEEPEST) throw new Error(`${url} is included ${DEEPEST} deep, and includes more.`);
      if (seen.size === MOST_FILES) throw new Error(`It includes more than ${MOST_FILES - 1} files.`);
      seen.add(included);
      waiting.push({ url: included, depth: depth + 1 });
    }
  }
  return files;
}

/**
 * @param {string} url
 * @param {{ list: string, head?: Head, isIncluded: boolean }} of as it is stored
 * @param {AbortSignal} signal
 * @param {(received: number) => void} progress
 * @returns {Promise<File>}
 */
async function gatherOne(url, { list, head: known, isIncluded }, signal, progress) {
  await loadWasm();
  const bytes = await fetchFile(url, { most: maxListBytes(), signal, progress });
  const hash = await hashOf(bytes);
  if (known?.hash === hash) return { head: known };
  const { code, facts } = await examine(bytes);
  // A part of a list may hold nothing but lines about hiding elements.
  const mayStay = code === undefined || (code === 'no-filters' && isIncluded);
  if (!facts || !mayStay) throw new ListProblem(NO_LIST[code ?? ''] ?? 'listIsNoList');
  return { bytes, head: { url, list, hash, facts } };
}

/**
 * Addresses of the files that a list includes. They must lie beside it or below: a list speaks for its own makers only.
 *
 * @param {Head} head
 */
export function includedBy({ url, facts }) {
  const folder = new URL('.', url).href;
  return facts.includes.flatMap(({ file }) => {
    const included = URL.canParse(file, url) ? new URL(file, url).href.replace(/#.*$/s, '') : '';
    return included.startsWith(folder) ? [included] : [];
  });
}
