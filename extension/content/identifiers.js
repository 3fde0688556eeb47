/**
 * What TikTok's pixel, and shops' plug-ins for it, leave in a page, as far as only a script there can see it:
 * identifiers in what the page stores are deleted, and what the surrogate for the pixel says is passed on. Cookies are
 * the background's.
 */

import { api } from '../shared/browser.js';
import { gather } from './gathering.js';
import { ask } from './here.js';

/**
 * What identifiers are called, or begin with where a number follows: a page makes up the rest, so these alone are told.
 */
const STEMS = [
  'tt_sessionId',
  'tt_appInfo',
  'tt_adInfo',
  'tt_pixel_session_index',
  'tt_pixel_event_has_reported_map',
  'tt_pixel_is_enrich_ipv6_triggered',
  'tt_test_id',
  '_ttp',
  '_ttclid',
  'tiktok_ttclid',
  'ttclid',
];
const LONGER = 'tt_pixel_is_enrich_ipv6_triggered';
/** What is told first is told at once: a page that goes on in the next moment may take the rest with it. */
const TELL_EVERY_MS = 300;
/**
 * Nothing tells a script of ours that a page has stored something. So it looks when a page was read, pressed or left,
 * and now and then.
 */
const MOMENTS = ['load', 'click', 'visibilitychange', 'pagehide'];
const LATER_MS = [1000, 5000, 30_000];
/** A page can play the surrogate: what is told of it stays small. */
const MOST_REPORTS = 50;
const LONGEST_REPORT = 16_000;
const MOST_IN_ALL = 500;

/** Reports not yet told, each once: those that the page made, and what the pixel would have gathered besides. */
const reports = /** @type {Set<string>} */ (new Set());
const gathered = /** @type {Set<string>} */ (new Set());
let heard = 0;
/** When what the page made was told last, ms since 1970. */
let toldMs = 0;
/** A page that is left runs no timer any more, but its own scripts may still say something. */
let isLeaving = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let telling;
/** When that timer runs out, ms since 1970. */
let dueMs = 0;

/** Hears, and deletes, from now on. @param {string} site that the page is of */
export function watch(site) {
  document.fonts.addEventListener('told', listen, { once: true });
  addEventListener('pagehide', ({ isTrusted }) => {
    isLeaving = isTrusted;
    if (isTrusted) tell();
  });
  for (const type of MOMENTS)
    addEventListener(
      type,
      (event) => {
        if (event.isTrusted) forget(site); // a page can make up as many as it likes
      },
      { capture: true, passive: true },
    );
  addEventListener('pageshow', () => {
    isLeaving = false;
  });
  for (const later of LATER_MS) setTimeout(() => forget(site), later);
  forget(site);
}

/**
 * The surrogate in the page's own world hands over a node, before any script of the page: it tells there what it hears,
 * where no page listens. Where it does not run, a page may hand over a node of its own, and then tell of itself what it
 * could as well tell the pixel.
 *
 * @param {Event} handed
 */
function listen(handed) {
  const node = handed instanceof MouseEvent ? handed.relatedTarget : null;
  const on = (/** @type {string} */ type, /** @type {(report: string) => void} */ heed) =>
    node?.addEventListener(type, (event) => {
      const detail = event instanceof CustomEvent ? event.detail : undefined;
      if (typeof detail === 'string') heed(detail);
    });
  on('told', hear);
  on('gathered', (found) => keep(gathered, found));
}

/** @param {string} report JSON of the surrogate's, or whatever a page that plays it makes up */
function hear(report) {
  if (heard === 0) gather((found) => keep(gathered, found));
  keep(reports, report);
}

/** @param {Set<string>} kept @param {string} report */
function keep(kept, report) {
  if (report.length > LONGEST_REPORT || kept.size >= MOST_REPORTS || heard >= MOST_IN_ALL) return;
  heard += 1;
  kept.add(report);
  if (isLeaving) tell();
  // What was gathered can wait, and holds back nothing that the page says itself.
  else if (kept === gathered) tellBy(Date.now() + TELL_EVERY_MS);
  else tellBy(Math.max(Date.now(), toldMs + TELL_EVERY_MS));
}

/**
 * Tells at the end of the page's own task, or sets the timer, unless it runs out sooner: by the time a timer runs, a
 * page that goes on may be gone.
 *
 * @param {number} ms since 1970
 */
function tellBy(ms) {
  if (ms <= Date.now()) return queueMicrotask(tell);
  if (telling !== undefined && dueMs <= ms) return;
  clearTimeout(telling);
  dueMs = ms;
  telling = setTimeout(tell, ms - Date.now());
}

function tell() {
  clearTimeout(telling);
  telling = undefined;
  if (reports.size + gathered.size === 0) return;
  if (reports.size > 0) toldMs = Date.now();
  const payload = { reports: [...reports], gathered: [...gathered] };
  api.runtime.sendMessage({ name: 'pixelReports', payload });
  reports.clear();
  gathered.clear();
}

/** @param {string} site */
async function forget(site) {
  if (stored().length === 0) return; // and the background is not asked
  const here = await ask();
  const found = stored(); // another event may have deleted them meanwhile
  if (found.length === 0 || here === undefined || here.paused) return;
  for (const { storage, name } of found) storage.removeItem(name);
  const stems = new Set(found.map(({ name }) => stemOf(name)));
  api.runtime.sendMessage({ name: 'storedIdentifiers', payload: { site, names: [...stems] } });
}

function stored() {
  return [...storedIn(() => sessionStorage), ...storedIn(() => localStorage)];
}

/** @param {() => Storage} storageOf @returns {{ storage: Storage, name: string }[]} */
function storedIn(storageOf) {
  try {
    const storage = storageOf();
    const names = Object.keys(storage).filter((name) => stemOf(name) !== undefined);
    return names.map((name) => ({ storage, name }));
  } catch {
    return []; // Sandboxed frames have no storage.
  }
}

/** @param {string} name @returns {string | undefined} nothing for what is no identifier of the pixel's */
function stemOf(name) {
  return name.startsWith(LONGER) ? LONGER : STEMS.find((stem) => stem === name);
}
