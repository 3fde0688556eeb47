/**
 * What the log holds, in memory alone: the last few thousand requests, gone when the page is closed.
 *
 * @import { Logged, Outcome, Recent } from '../types.js'
 */

/** A request that is held: `id` is another for each. @typedef {Logged & { id: number }} Entry */

/** @typedef {'stopped' | 'through' | 'cleaned' | 'rest'} Group */

/** Which outcomes people look for together. @type {Record<Outcome, Group>} */
const GROUP_OF = {
  blocked: 'stopped',
  'stand-in': 'stopped',
  allowed: 'through',
  paused: 'through',
  cleaned: 'cleaned',
  passed: 'rest',
  ended: 'rest',
};

/** @typedef {{ text: string, tabId: number | undefined, group: Group | 'any' }} Filter */

/** @typedef {Record<Group | 'any', number>} Numbers */

/** How many requests are held. */
export const MOST = 5000;

const LONGEST_URL = 2000;

export class Entries {
  /** From before the log was opened, oldest first. @type {Entry[]} */
  #earlier = [];
  /** Oldest first. @type {Entry[]} */
  #all = [];
  #last = 0;
  /** Names of earlier ones that were taken. @type {Set<string>} */
  #taken = new Set();

  /**
   * @param {Omit<Entry, 'id'>} entry
   * @returns {Entry} as it is held
   */
  add(entry) {
    const held = this.#held(entry);
    this.#all.push(held);
    if (this.#all.length > MOST) this.#all.shift();
    return held;
  }

  /**
   * Adds what was kept from before; each request once, though it is told of again.
   *
   * @param {readonly Recent[]} kept oldest first
   */
  addEarlier(kept) {
    for (const { from, ...recent } of kept) {
      const name = `${recent.time} ${recent.tabId} ${recent.url}`;
      if (this.#taken.has(name)) continue;
      this.#taken.add(name);
      const asker = from && `https://${from}/`;
      this.#earlier.push(this.#held({ ...recent, asker, isPrivate: false, isEarlier: true }));
    }
  }

  /** @param {Omit<Entry, 'id'>} entry @returns {Entry} */
  #held(entry) {
    this.#last += 1;
    return { ...entry, url: entry.url.slice(0, LONGEST_URL), id: this.#last };
  }

  clear() {
    this.#earlier = [];
    this.#all = [];
  }

  /** @returns {readonly Entry[]} oldest first */
  get all() {
    return [...this.#earlier, ...this.#all];
  }

  /**
   * @param {Filter} filter
   * @returns {{ found: Entry[], numbers: Numbers }} what it finds, newest first, and how much it would find in each group
   */
  matching(filter) {
    const near = this.all.filter((entry) => matches(entry, { ...filter, group: 'any' }));
    const numbers = { any: near.length, stopped: 0, through: 0, cleaned: 0, rest: 0 };
    for (const entry of near) numbers[groupOf(entry)] += 1;
    return { found: near.filter((entry) => isIn(entry, filter.group)).reverse(), numbers };
  }

  /** @returns {Map<number, string>} the tabs in which requests were made, and the site that each showed last */
  tabs() {
    return new Map(this.all.map(({ tabId, site }) => [tabId, site]));
  }
}

/** @param {Pick<Entry, 'outcome'>} entry @returns {Group} */
const groupOf = ({ outcome }) => GROUP_OF[outcome];

/** @param {Pick<Entry, 'outcome'>} entry */
export const isStopped = (entry) => groupOf(entry) === 'stopped';

/** @param {Entry} entry @param {Filter['group']} group */
const isIn = (entry, group) => group === 'any' || groupOf(entry) === group;

/** @param {Entry} entry @param {Filter} filter */
export function matches(entry, { text, tabId, group }) {
  if ((tabId !== undefined && entry.tabId !== tabId) || !isIn(entry, group)) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => saidOf(entry).includes(word));
}

/** What is searched of an entry, which never changes. @type {WeakMap<Entry, string>} */
const said = new WeakMap();

/** @param {Entry} entry */
function saidOf(entry) {
  const known =
    said.get(entry) ?? `${entry.url} ${entry.company} ${entry.type} ${entry.filter} ${entry.list}`.toLowerCase();
  said.set(entry, known);
  return known;
}
