/** Plays the vectors in a browser. */

import { until } from '../browser/shared.js';
import { pageOf, vectorOf } from './attacker.js';
import { PAGES, VECTORS } from './vectors.js';

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('./attacker.js').Site} Site */

/** So many pages are played at once. */
const AT_ONCE = 2;

/** How long a vector may take where it works. */
const WAIT_MS = 20_000;

/** How long something may be under way after what was waited for has arrived. */
const LATE_MS = 300;

/** And at the very end. */
const QUIET_MS = 1_500;

/**
 * Plays all vectors.
 *
 * @param {Session} session
 * @param {Site[]} sites what each is aimed at; the last is waited for
 * @param {(name: string) => boolean} works whether a vector is known to do anything in this browser
 */
export async function playAll(session, sites, works) {
  const isClicked = (/** @type {string} */ name) => VECTORS.get(name)?.act === 'click';
  const names = [...PAGES.keys()];
  const unclicked = names.filter((name) => !isClicked(name)).values();
  await Promise.all(Array.from({ length: AT_ONCE }, () => playEach(session, sites, unclicked, works)));
  // A click needs the browser's attention.
  await playEach(session, sites, names.filter(isClicked).values(), works);
  await wait(QUIET_MS);
}

/**
 * Plays pages, one after another.
 *
 * @param {Session} session
 * @param {Site[]} sites
 * @param {Iterable<string>} names of the pages, which others may be taking from too
 * @param {(name: string) => boolean} works
 */
async function playEach(session, sites, names, works) {
  /** @type {[Site, Page][]} each in a window of its own: some things wait until they are seen */
  const windows = [];
  for (const site of sites) windows.push([site, await session.browser.puppeteer.newPage({ type: 'window' })]);
  for (const name of names) {
    for (const [site, page] of windows) await open(page, site, name);
    await allArrived(session, /** @type {Site} */ (sites.at(-1)), (PAGES.get(name) ?? []).filter(works));
    if (VECTORS.get(name)?.act === 'click')
      await closeOthers(
        session,
        windows.map(([, page]) => page),
      );
  }
  for (const [, page] of windows) await settled(page.close());
}

/**
 * @param {Session} session
 * @param {Site} site
 * @returns {Set<string>} the vectors that have reached it
 */
export function arrivedAt({ world }, site) {
  const connected = world.log
    .connections()
    .filter((host) => VECTORS.get(vectorOf({ host }, site) ?? '')?.connectionOnly);
  const hosts = [...world.log.all().map(({ host }) => host), ...connected];
  return new Set(hosts.flatMap((host) => vectorOf({ host }, site) ?? []));
}

/**
 * Waits, but not for ever: what is missing, the test tells.
 *
 * @param {Session} session
 * @param {Site} site
 * @param {string[]} vectors
 */
async function allArrived(session, site, vectors) {
  const hasArrived = async () => {
    const arrived = arrivedAt(session, site);
    return vectors.every((name) => arrived.has(name));
  };
  await until('vectors', hasArrived, WAIT_MS).catch(() => undefined);
  await wait(LATE_MS);
}

/**
 * @param {Page} page
 * @param {Site} site
 * @param {string} name
 */
async function open(page, site, name) {
  // Some pages leave before they have loaded.
  await settled(page.goto(pageOf(site, name), { waitUntil: 'domcontentloaded' }));
  const act = VECTORS.get(name)?.act;
  if (act === 'leave') {
    await wait(LATE_MS);
    await settled(page.goto('https://frames.example/elsewhere'));
  }
  if (act === 'click') {
    await page.bringToFront();
    await settled(page.click('#go'));
  }
}

/** @param {Session} session @param {Page[]} kept all others are closed, above all pop-ups */
async function closeOthers({ browser }, kept) {
  for (const page of await browser.puppeteer.pages()) {
    if (!kept.includes(page)) await settled(page.close());
  }
}

/** @param {Promise<unknown>} work @returns {Promise<unknown>} once it has come to an end, whichever, or takes too long */
function settled(work) {
  return Promise.race([work.catch(() => undefined), wait(WAIT_MS)]);
}

/** @param {number} ms */
function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
