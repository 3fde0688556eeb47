/**
 * The last requests of open tabs that Detick stopped, or let through because of the person's own choice: a log that is
 * opened later begins with them. Sole writer of storage.session `recent`.
 *
 * In memory alone: storage.session is never on a disk, and outlives a background that sleeps, which a variable does
 * not. Addresses come without their queries, and nothing is kept of private windows. All other requests show up only in
 * a log that is open: seeing each of them here would wake the background for each.
 *
 * @import { Recent, RequestDetails, Verdict } from '../../types.js'
 */

import { askedBy } from '../../engine/explain.js';
import { quoted } from '../../engine/lines.js';
import { api } from '../../shared/browser.js';
import { hostOf, siteOf } from '../../shared/site.js';
import * as keys from '../../stored/keys.js';

/** How many are kept of each tab, and of all. */
export const MOST_OF_TAB = 100;
export const MOST = 500;

const URL_LENGTH = 300;

/** How long requests are gathered before they are written. */
const GATHER_MS = 500;

/** Not written yet; `file` has the line's text. @type {(Recent & Pick<Verdict, 'file'>)[]} */
let fresh = [];

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.tabs.onRemoved.addListener(writeSoon);
}

/**
 * Remembers a request.
 *
 * @param {RequestDetails} details
 * @param {Recent['outcome']} outcome
 * @param {Verdict} verdict whose line decided
 * @param {string} page The page it was made for, as far as known.
 */
export function note(details, outcome, verdict, page) {
  const { timeStamp, tabId, type, method, url } = details;
  if (tabId < 0) return;
  const { company, purpose, filter, list, line, file } = verdict;
  fresh.push({
    time: Math.round(timeStamp),
    tabId,
    site: siteOf(page),
    from: hostOf(askedBy(details)),
    type,
    method,
    url: url.replace(/[?#].*$/s, '').slice(0, URL_LENGTH),
    outcome,
    ...(company && { company }),
    ...(purpose && { purpose }),
    filter,
    list,
    line,
    ...(file && { file }),
  });
  if (fresh.length > MOST) fresh.shift();
  writeSoon();
}

function writeSoon() {
  timer ??= setTimeout(() => flush().catch(complain), GATHER_MS);
}

/** Writes what is fresh, and forgets what was kept of tabs that are gone. */
export async function flush() {
  clearTimeout(timer);
  timer = undefined;
  const gathered = fresh;
  fresh = [];
  const [tabs, added] = await Promise.all([api.tabs.query({}), Promise.all(gathered.map(quoted))]);
  const open = new Set(tabs.filter(({ incognito }) => !incognito).map(({ id }) => id));
  await keys.change('recent', (before) => {
    if (!before && added.length === 0) return before;
    return latest([...(before ?? []), ...added].filter(({ tabId }) => open.has(tabId)));
  });
}

/** @param {Recent[]} all oldest first @returns {Recent[]} as many of them as are kept */
function latest(all) {
  /** @type {Map<number, number>} */
  const numbers = new Map();
  const kept = all.toReversed().filter(({ tabId }) => {
    const number = (numbers.get(tabId) ?? 0) + 1;
    numbers.set(tabId, number);
    return number <= MOST_OF_TAB;
  });
  return kept.slice(0, MOST).reverse();
}

/** @param {unknown} error */
function complain(error) {
  console.error('Detick: the last requests were not kept for the log.', error);
}
