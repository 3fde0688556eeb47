/**
 * How many requests were stopped on each day; sole writer of storage.local `totals`.
 *
 * @import { Totals } from '../../types.js'
 */

import { makeQueue } from '../../shared/queue.js';
import * as keys from '../../stored/keys.js';

const DAYS_KEPT = 60;

/** Stopped requests that are not written yet, by day. @type {Map<string, number>} */
const unsaved = new Map();

/** Counts one stopped request. @param {Date} when */
export function add(when) {
  const day = localDay(when);
  unsaved.set(day, (unsaved.get(day) ?? 0) + 1);
}

const queued = makeQueue();

/**
 * Adds the unsaved numbers to the stored totals, one write after the other. What cannot be written stays for the next
 * time.
 *
 * @returns {Promise<void>}
 */
export function save() {
  return queued(saveNow).catch((error) => console.error('Detick: the totals could not be written.', error));
}

async function saveNow() {
  if (unsaved.size === 0) return;
  const added = new Map(unsaved);
  await keys.change('totals', (totals) => withDays(totals, added));
  for (const [day, number] of added) {
    const left = (unsaved.get(day) ?? 0) - number;
    if (left > 0) unsaved.set(day, left);
    else unsaved.delete(day);
  }
}

/**
 * @param {Totals | undefined} totals
 * @param {Map<string, number>} added
 * @returns {Totals} with the numbers added and days that are too old dropped.
 */
export function withDays(totals, added) {
  const days = { ...totals?.days };
  let all = totals?.all ?? 0;
  for (const [day, number] of added) {
    days[day] = (days[day] ?? 0) + number;
    all += number;
  }
  const recent = Object.entries(days)
    .sort(([one], [other]) => one.localeCompare(other))
    .slice(-DAYS_KEPT);
  return { since: totals?.since ?? localDay(new Date()), all, days: Object.fromEntries(recent) };
}

/** @param {Date} date @returns {string} YYYY-MM-DD where the user is. */
export function localDay(date) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
