/**
 * One file over the network: without cookies, without a referrer, past the cache, and only as long and as slowly as a
 * list may be.
 *
 * It is asked for without conditions. An `ETag` or a `Last-Modified` of the server's own making, sent back days later,
 * would be as good as a cookie: servers would know the browser again. What has not changed is known by its hash instead
 * (lists/gather.js).
 */

import { ListProblem } from './problem.js';

/** A server that says nothing for so long has been waited for long enough. */
const SILENCE_MS = 20_000;
const LONGEST_MS = 180_000;
const MIB = 2 ** 20;

/**
 * @param {string} url https
 * @param {object} options
 * @param {number} options.most bytes
 * @param {AbortSignal} options.signal
 * @param {(received: number) => void} [options.progress] hears of every piece
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {ListProblem} if it cannot be had whole; the signal's reason if that is aborted
 */
export async function fetchFile(url, { most, signal, progress = () => undefined }) {
  const patience = new Patience(signal);
  try {
    const response = await fetch(url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: patience.signal,
    });
    patience.renew();
    requireGood(response);
    return await readAll(response, most, (received) => {
      patience.renew();
      progress(received);
    });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (patience.isLost) throw new ListProblem('listTooSlow');
    if (error instanceof ListProblem) throw error;
    throw new ListProblem('listUnreachable', new URL(url).hostname);
  } finally {
    patience.end();
  }
}

/** Gives up after a silence, or when it takes too long altogether. */
class Patience {
  #control = new AbortController();
  #whole = setTimeout(() => this.#lose(), LONGEST_MS);
  #silence = setTimeout(() => this.#lose(), SILENCE_MS);
  isLost = false;

  /** @param {AbortSignal} signal somebody else's */
  constructor(signal) {
    this.signal = AbortSignal.any([signal, this.#control.signal]);
  }

  #lose() {
    this.isLost = true;
    this.#control.abort();
  }

  renew() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lose(), SILENCE_MS);
  }

  end() {
    clearTimeout(this.#whole);
    clearTimeout(this.#silence);
  }
}

/** @param {Response} response @throws {ListProblem} */
function requireGood(response) {
  if (!response.url.startsWith('https:') && response.url !== '') throw new ListProblem('listNotHttps');
  if (response.ok) return;
  const problem = new ListProblem('listStatus', response.status);
  problem.retryAfterMs = 1000 * Number(response.headers.get('retry-after') ?? 0) || undefined;
  throw problem;
}

/**
 * The whole body. One that is too long is not read to its end, one that ends early is not taken.
 *
 * @param {Response} response
 * @param {number} most
 * @param {(received: number) => void} progress
 */
async function readAll(response, most, progress) {
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > most) throw new ListProblem('listTooLarge', most / MIB);
  /** @type {Uint8Array[]} */
  const pieces = [];
  let received = 0;
  for await (const piece of piecesOf(response)) {
    received += piece.length;
    if (received > most) throw new ListProblem('listTooLarge', most / MIB);
    pieces.push(piece);
    progress(received);
  }
  // Of a compressed body the length is another; browsers check that one themselves.
  if (received < announced && !response.headers.has('content-encoding')) throw new ListProblem('listCutShort');
  return joined(pieces, received);
}

/** @param {Response} response @returns {AsyncGenerator<Uint8Array>} */
async function* piecesOf(response) {
  const reader = response.body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) yield part.value;
  } finally {
    await reader?.cancel();
  }
}

/** @param {Uint8Array[]} pieces @param {number} length */
function joined(pieces, length) {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
