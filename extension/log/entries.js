/**
 * What the log holds, in memory alone: the last few thousand requests, gone when the page is closed.
 *
 * @import { Removed } from '../types.js'
 */

/**
 * What became of a request.
 *
 * - `blocked`, `stand-in`: stopped, by a line of a list
 * - `cleaned`: sent on to its clean address
 * - `allowed`: a line of a list says that it may pass
 * - `paused`: it would have been stopped, but Detick rests on the site
 * - `passed`: no line is about it
 * - `ended`: it did not leave, but not through Detick: the page, the browser or another extension
 *
 * @typedef {'blocked' | 'stand-in' | 'cleaned' | 'allowed' | 'paused' | 'passed' | 'ended'} Outcome
 */

/** @type {readonly Outcome[]} */
export const OUTCOMES = ['blocked', 'stand-in', 'cleaned', 'allowed', 'paused', 'passed', 'ended'];

/**
 * @typedef {object} Entry
 * @property {number} id rises by one
 * @property {number} time ms since 1970
 * @property {number} tabId -1 for what belongs to no tab
 * @property {string} site of the page that the request was made for
 * @property {boolean} isPrivate
 * @property {string} type as webRequest names it
 * @property {string} method
 * @property {string} url
 * @property {string} asker the address, or origin, of the document that made the request; empty if the user did
 * @property {Outcome} outcome
 * @property {string} [company]
 * @property {string} [purpose]
 * @property {string} [filter] the line that decided
 * @property {string} [list]
 * @property {number} [line]
 * @property {string} [cleanUrl]
 * @property {Removed[]} [removed]
 * @property {string[]} [unwrapped]
 */

/** @typedef {{ text: string, tabId: number | undefined, outcome: Outcome | 'any' | 'stopped' }} Filter */

/** How many requests are held. */
export const MOST = 5000;

const LONGEST_URL = 2000;

export class Entries {
  /** Oldest first. @type {Entry[]} */
  #all = [];
  #last = 0;

  /**
   * @param {Omit<Entry, 'id'>} entry
   * @returns {Entry} as it is held
   */
  add(entry) {
    this.#last += 1;
    const held = { ...entry, url: entry.url.slice(0, LONGEST_URL), id: this.#last };
    this.#all.push(held);
    if (this.#all.length > MOST) this.#all.shift();
    return held;
  }

  clear() {
    this.#all = [];
  }

  get size() {
    return this.#all.length;
  }

  /** @returns {readonly Entry[]} oldest first */
  get all() {
    return this.#all;
  }

  /** @param {Filter} filter @returns {Entry[]} newest first */
  matching(filter) {
    return this.#all.filter((entry) => matches(entry, filter)).reverse();
  }

  /** @returns {Map<number, string>} the tabs in which requests were made, and the site that each showed last */
  tabs() {
    return new Map(this.#all.map(({ tabId, site }) => [tabId, site]));
  }
}

/** @param {Pick<Entry, 'outcome'>} entry */
export const isStopped = ({ outcome }) => outcome === 'blocked' || outcome === 'stand-in';

/** @param {Entry} entry @param {Filter} filter */
export function matches(entry, { text, tabId, outcome }) {
  if (tabId !== undefined && entry.tabId !== tabId) return false;
  if (outcome === 'stopped' ? !isStopped(entry) : outcome !== 'any' && entry.outcome !== outcome) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const said = [entry.url, entry.company, entry.type, entry.filter, entry.list].join(' ').toLowerCase();
  return words.every((word) => said.includes(word));
}

/**
 * One entry a line, oldest first. What happened in private windows is left out: a file outlives them.
 *
 * @param {readonly Entry[]} entries
 * @returns {string} JSON lines
 */
export function toLines(entries) {
  const lines = entries
    .filter((entry) => !entry.isPrivate)
    .map(({ id: _, isPrivate: __, time, ...rest }) => JSON.stringify({ time: new Date(time).toISOString(), ...rest }));
  return lines.map((line) => `${line}\n`).join('');
}
