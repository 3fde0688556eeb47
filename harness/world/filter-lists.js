/**
 * A server of filter lists: lists.example answers whatever a spec has put there, and a few kinds of trouble.
 *
 * @typedef {import('./reply.js').Reply} Reply
 * @typedef {import('./log.js').Arrival} Arrival
 */

import { Readable } from 'node:stream';
import { answer } from './hosts.js';
import { content, dot, notFound } from './reply.js';

export const LISTS_HOST = 'lists.example';

/** A machine in somebody's own rooms. */
const OWN_HOST = 'nas.lan';

/** Hosts that only a list would block: a picture from any of them arrives unless it is stopped. */
const PICTURES = /\.pictures\.example$/;

/** @typedef {(request: Arrival) => Reply} Handler */

/** What lies where. */
export class ListServer {
  /** path -> what is answered there @type {Map<string, Handler>} */
  #files = new Map();

  /** Answers for the world; for its `startWorld`. */
  respond = (/** @type {Arrival} */ request, /** @type {import('./log.js').Log} */ log) => {
    if (request.host === LISTS_HOST || request.host === OWN_HOST)
      return this.#files.get(request.path)?.(request) ?? notFound();
    return PICTURES.test(request.host) ? dot() : answer(request, log);
  };

  /**
   * @param {string} path
   * @param {string} text
   * @returns {string} the address
   */
  put(path, text) {
    const marks = { etag: '"user-4711"', 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' };
    return this.serve(path, () => content('text/plain', text, marks));
  }

  /**
   * @param {string} path
   * @param {Handler} handler
   * @returns {string} the address
   */
  serve(path, handler) {
    this.#files.set(path, handler);
    return `https://${LISTS_HOST}${path}`;
  }
}

/** A page where a list should be. */
export const aPage = () => content('text/html', '<!doctype html><title>Gone</title><p>This list has moved.');

/** Bytes that mean nothing. */
export const garbage = () =>
  content('text/plain', Buffer.from(Array.from({ length: 50_000 }, (_, at) => (at * 7919) % 253)));

/** A list that ends in the middle of a line, though its length was announced. */
export const cutShort = () =>
  content('text/plain', failing('||other.pictures.example^\n||ano'), { 'content-length': '5000' });

/** Two hundred million bytes. */
export const enormous = () => content('text/plain', Readable.from(lines(200_000_000)));

/** A list that begins and then says no more. */
export const stalled = () => content('text/plain', new Readable({ read: once('||other.pictures.example^\n') }));

/** @param {string} text */
function failing(text) {
  const stream = new Readable({ read: once(text) });
  setTimeout(() => stream.destroy(new Error('cut short')), 50);
  return stream;
}

/** @param {string} text @returns {(this: Readable) => void} gives it, and then nothing */
function once(text) {
  let isGiven = false;
  return function () {
    if (!isGiven) this.push(text);
    isGiven = true;
  };
}

/** @param {number} bytes */
function* lines(bytes) {
  const piece = '||never.pictures.example^\n'.repeat(10_000);
  for (let sent = 0; sent < bytes; sent += piece.length) yield piece;
}
