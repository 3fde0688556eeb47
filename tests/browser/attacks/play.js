/** Plays the vectors in a browser. */

import { ending, pageOf, vectorOf, witnessed } from './attacker.js';
import { ended, tabsOf } from './tabs.js';
import { PAGES, VECTORS } from './vectors.js';

/** @typedef {import('../../../harness/session.js').Session} Session */
/** @typedef {import('./attacker.js').Site} Site */
/** @typedef {import('./tabs.js').Tab} Tab */
/** @typedef {import('./tabs.js').Tabs} Tabs */

/** So many pages are played at once. */
const AT_ONCE = 3;

/** How long a page may take; what is not through by then is played once more, by itself, and may take as long. */
const WAIT_MS = 8_000;

/** How long something may be under way after what was waited for has arrived. */
const LATE_MS = 300;

/** How long something may be under way when the last page is through. */
const QUIET_MS = 1_500;

/** After this no page is begun: what was not played by then, the tests name. */
const MAX_MS = 200_000;

const POLL_MS = 40;

/**
 * Plays vectors, many at a time, and comes to an end whatever they do.
 *
 * @param {Session} session its browser is good for nothing else afterwards
 * @param {Site[]} sites what each is aimed at; the last is waited for
 * @param {(name: string) => boolean} works whether a vector is to be waited for: it is known to do something in this
 *   browser
 * @param {(name: string) => boolean} isWanted which pages are played
 * @returns {Promise<Record<Site, ReadonlySet<string>>>} the vectors that have reached each of the sites
 */
export async function playAll(session, sites, works, isWanted) {
  const reached = new Reached(session.world.log);
  const tabs = await tabsOf(session);
  const end = Date.now() + MAX_MS;
  const waitedFor = /** @type {Site} */ (sites.at(-1));

  /** @param {string} name of a page @returns {boolean} whether all of it has been played, everywhere */
  const isThrough = (name) => {
    const vectors = PAGES.get(name) ?? [];
    const isAlone = vectors.length === 1;
    return (
      vectors.every((vector) => !works(vector) || reached.at(waitedFor).has(vector)) &&
      (isAlone || sites.every((site) => reached.endings().has(ending(name, site))))
    );
  };

  /**
   * @param {Iterable<string>} names of pages, which others may be taking from too
   * @returns {Promise<string[]>} those that are not through
   */
  const play = async (names) => {
    const left = [];
    /** @type {[Site, Tab][]} */
    const windows = [];
    for (const site of sites) windows.push([site, await tabs.make()]);
    for (const name of names) {
      if (Date.now() > end) break;
      for (const [site, tab] of windows) {
        await tab.open(pageOf(site, name));
        await act(tab, VECTORS.get(name)?.act);
      }
      const last = Date.now() + WAIT_MS;
      while (Date.now() < last && !isThrough(name)) await wait(POLL_MS);
      await wait(LATE_MS);
      if (!isThrough(name)) left.push(name);
    }
    await Promise.all(windows.map(([, tab]) => tab.close()));
    return left;
  };

  const playEverything = async () => {
    const isLast = (/** @type {string} */ name) => VECTORS.get(name)?.last === true;
    const wanted = [...PAGES.keys()].filter(isWanted);
    const names = wanted.filter((name) => !isLast(name)).values();
    const left = await Promise.all(Array.from({ length: AT_ONCE }, () => play(names)));
    for (const name of [...left.flat(), ...wanted.filter(isLast)]) await play([name]);
  };
  await ended(playEverything(), MAX_MS + 2 * WAIT_MS); // whatever a browser does not answer
  await wait(QUIET_MS);
  await tabs.closeRest();
  return { tracker: reached.at('tracker'), control: reached.at('control') };
}

/** @param {Tab} tab @param {import('./vectors.js').Vector['act']} what */
async function act(tab, what) {
  if (what === undefined) return;
  await tab.loaded();
  if (what === 'click') {
    await tab.click();
  } else {
    await wait(LATE_MS);
    await tab.open('https://frames.example/elsewhere');
  }
}

/** What has arrived where, read once each from the log. */
class Reached {
  #log;
  #seen = { requests: 0, connections: 0 };
  /** @type {Record<Site, Set<string>>} */
  #at = { tracker: new Set(), control: new Set() };
  /** @type {Set<string>} */
  #endings = new Set();

  /** @param {import('../../../harness/world/log.js').Log} log */
  constructor(log) {
    this.#log = log;
  }

  /** @param {Site} site @returns {ReadonlySet<string>} the vectors that have reached it */
  at(site) {
    this.#read();
    return this.#at[site];
  }

  /** @returns {ReadonlySet<string>} the pages that have come to their end, as `ending` names them */
  endings() {
    this.#read();
    return this.#endings;
  }

  #read() {
    const [requests, connections] = [this.#log.all(), this.#log.connections()];
    for (const arrival of requests.slice(this.#seen.requests)) {
      this.#note(arrival.host, () => true);
      const end = witnessed(arrival);
      if (end !== undefined) this.#endings.add(end);
    }
    for (const host of connections.slice(this.#seen.connections))
      this.#note(host, (name) => VECTORS.get(name)?.connectionOnly === true);
    this.#seen = { requests: requests.length, connections: connections.length };
  }

  /** @param {string} host @param {(name: string) => boolean} counts */
  #note(host, counts) {
    for (const site of /** @type {const} */ (['tracker', 'control'])) {
      const name = vectorOf({ host }, site);
      if (name !== undefined && counts(name)) this.#at[site].add(name);
    }
  }
}

/** @param {number} ms */
function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
