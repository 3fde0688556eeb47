/** Plays the vectors in a browser. */

import { pageOf, vectorOf } from './attacker.js';
import { tabsOf } from './tabs.js';
import { PAGES, VECTORS } from './vectors.js';

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('./attacker.js').Site} Site */
/** @typedef {import('./tabs.js').Tab} Tab */
/** @typedef {import('./tabs.js').Tabs} Tabs */

/** So many pages are played at once. */
const AT_ONCE = 3;

/** How long a page may take in which not all vectors work. */
const WAIT_MS = 20_000;

/** How long something may be under way after what was waited for has arrived. */
const LATE_MS = 300;

/** And at the very end. */
const QUIET_MS = 1_500;

/** After this no page is begun: what was not played by then, the tests name. */
const MAX_MS = 120_000;

const POLL_MS = 40;

/**
 * Plays vectors, many at a time, and comes to an end whatever they do.
 *
 * @param {Session} session its browser is good for nothing else afterwards
 * @param {Site[]} sites what each is aimed at; the last is waited for
 * @param {(name: string) => boolean} works whether a vector is to be waited for: it is known to do something in this browser
 * @param {(name: string) => boolean} isWanted which pages are played
 * @returns {Promise<Record<Site, ReadonlySet<string>>>} the vectors that have reached each of the sites
 */
export async function playAll(session, sites, works, isWanted) {
  const reached = new Reached(session.world.log);
  const tabs = await tabsOf(session);
  const pages = [...PAGES].filter(([name]) => isWanted(name)).values();
  const end = Date.now() + MAX_MS;
  const waitedFor = /** @type {Site} */ (sites.at(-1));

  const playSome = async () => {
    /** @type {[Site, Tab][]} */
    const windows = [];
    for (const site of sites) windows.push([site, await tabs.make()]);
    for (const [name, vectors] of pages) {
      if (Date.now() > end) break;
      for (const [site, tab] of windows) {
        await tab.open(pageOf(site, name));
        await act(tab, VECTORS.get(name)?.act);
      }
      await haveArrived(vectors.filter(works));
    }
    await Promise.all(windows.map(([, tab]) => tab.close()));
  };

  /** @param {string[]} vectors */
  const haveArrived = async (vectors) => {
    const last = Date.now() + WAIT_MS;
    while (Date.now() < last && !vectors.every((vector) => reached.at(waitedFor).has(vector))) await wait(POLL_MS);
    await wait(LATE_MS);
  };
  const all = Promise.all(Array.from({ length: AT_ONCE }, playSome));
  await Promise.race([all, wait(MAX_MS + WAIT_MS)]); // whatever a browser does not answer
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

  /** @param {import('../world/log.js').Log} log */
  constructor(log) {
    this.#log = log;
  }

  /** @param {Site} site @returns {ReadonlySet<string>} the vectors that have reached it */
  at(site) {
    const [requests, connections] = [this.#log.all(), this.#log.connections()];
    for (const { host } of requests.slice(this.#seen.requests)) this.#note(host, () => true);
    for (const host of connections.slice(this.#seen.connections))
      this.#note(host, (name) => VECTORS.get(name)?.connectionOnly === true);
    this.#seen = { requests: requests.length, connections: connections.length };
    return this.#at[site];
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
