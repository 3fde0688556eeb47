/**
 * What lists leave on the disk, in IndexedDB; the background alone writes. One transaction changes all of it, or
 * nothing.
 *
 * | store | key | holds |
 * |---|---|---|
 * | heads | list and address of a file | what is known of the file: `Head` |
 * | texts | the same | its bytes |
 * | force | `meta` | which set is in force, and of which files it was made: `Meta` |
 * | force | `image`, `rules`, `reports` | that set for the engine, for the browser (JSON text), and for people |
 * | trust | `trust` | what of it a person trusts: `Trust`, in a transaction of its own |
 *
 * The image does not hold the text of these files: a line is read of its file when somebody is to be told of it
 * (`engine/lines.js`).
 *
 * @import { Head, ListFile, ListReport, Meta, Trust } from '../types.js'
 */

const NAME = 'lists';
const VERSION = 2;
const STORES = ['heads', 'texts', 'force'];
const TRUST = 'trust';

/**
 * A set of lists, compiled.
 *
 * @typedef {object} Force
 * @property {Meta} meta
 * @property {Uint8Array} image
 * @property {string} rules
 * @property {Record<string, ListReport[]>} reports by address of the list; of own lines by an empty one
 */

/** @type {Promise<IDBDatabase> | undefined} */
let opening;

/** @returns {Promise<IDBDatabase>} */
function open() {
  opening ??= opened().catch((error) => {
    opening = undefined; // the next call tries again
    throw error;
  });
  return opening;
}

/** @returns {Promise<IDBDatabase>} */
async function opened() {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const { result } = request;
    for (const store of [...STORES, TRUST])
      if (!result.objectStoreNames.contains(store)) result.createObjectStore(store);
  };
  const database = await done(request);
  const close = () => {
    opening = undefined;
    database.close();
  };
  database.onclose = close;
  database.onversionchange = close;
  return database;
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {string} store @param {string} key */
async function get(store, key) {
  const database = await open();
  return done(database.transaction(store).objectStore(store).get(key));
}

/** A disk that does not answer in this time is not waited for where requests or people are waiting. */
const DISK_MS = 1000;

/**
 * @template T
 * @param {Promise<T>} reading
 * @returns {Promise<T | undefined>} what is read; nothing if that takes too long
 * @throws {Error} if it cannot be read
 */
export function inTime(reading) {
  return Promise.race([reading, new Promise((resolve) => setTimeout(resolve, DISK_MS, undefined))]);
}

/** @returns {Promise<Head[]>} of all files */
export async function heads() {
  const database = await open();
  return done(database.transaction('heads').objectStore('heads').getAll());
}

/** @param {ListFile} file @returns {Promise<Uint8Array<ArrayBuffer> | undefined>} its bytes, as they are by now */
export const textOf = (file) => get('texts', keyOf(file));

/** A file may belong to several lists. @param {Pick<ListFile, 'list' | 'url'>} file */
const keyOf = ({ list, url }) => `${list} ${url}`;

/** @returns {Promise<Meta | undefined>} nothing while no list is in force */
export const meta = () => get('force', 'meta');

/** @returns {Promise<Pick<Force, 'meta' | 'image'> | undefined>} of one and the same set, if one is in force */
export async function compiled() {
  const database = await open();
  const force = database.transaction('force').objectStore('force');
  const [meta, image] = await Promise.all([done(force.get('meta')), done(force.get('image'))]);
  return meta && image && { meta, image };
}

/** @returns {Promise<string | undefined>} */
export const rules = () => get('force', 'rules');

/** @returns {Promise<Record<string, ListReport[]>>} what became of the lines of each list, by its address */
export const reports = async () => (await get('force', 'reports')) ?? {};

/**
 * Writes files, forgets others, and puts another set in force: all of that, or nothing.
 *
 * @param {object} change
 * @param {{ head: Head, bytes?: Uint8Array }[]} [change.files] without bytes: the text stays as it is
 * @param {Head[]} [change.gone] files
 * @param {Force | null} [change.force] nothing leaves the set as it is, `null` means that there is none
 */
export async function commit({ files = [], gone = [], force }) {
  const database = await open();
  const transaction = database.transaction(STORES, 'readwrite');
  const [heads, texts, inForce] = STORES.map((store) => transaction.objectStore(store));
  for (const { head, bytes } of files) {
    heads?.put(head, keyOf(head));
    if (bytes) texts?.put(bytes, keyOf(head));
  }
  for (const head of gone) {
    heads?.delete(keyOf(head));
    texts?.delete(keyOf(head));
  }
  if (force !== undefined) inForce?.clear();
  for (const [key, value] of Object.entries(force ?? {})) inForce?.put(value, key);
  await written(transaction);
}

/** @returns {Promise<unknown>} as it was stored; nothing before the first time */
export const trust = () => get(TRUST, TRUST);

/** @param {Trust} value @returns {Promise<void>} once it is on the disk */
export async function setTrust(value) {
  const database = await open();
  const transaction = database.transaction(TRUST, 'readwrite');
  transaction.objectStore(TRUST).put(value, TRUST);
  await written(transaction);
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function written(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => reject(transaction.error ?? new Error('The browser could not store the lists.'));
  });
}
