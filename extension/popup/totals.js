/**
 * Thirty days at a glance.
 *
 * @import { Totals } from '../types.js'
 */

import { h } from 'preact';
import { language, plural, text } from '../shared/text.js';

const DAYS = 30;
const DAY_MS = 86_400_000;
const HEIGHT = 28;
const STEP = 4;

/**
 * @param {Totals | undefined} totals
 * @param {number} nowMs
 */
export function totalsSection(totals, nowMs) {
  const days = lastDays(totals?.days ?? {}, nowMs);
  const sum = days.reduce((total, day) => total + day.count, 0);
  if (sum === 0) return undefined;
  const all = totals?.all ?? sum;
  return h(
    'section',
    { class: 'totals' },
    h(
      'p',
      {},
      plural('stoppedSince', all, sinceWhen(totals, nowMs)),
      all > sum && [h('br', {}), plural('inDays', sum, DAYS)], // in the first days it would be the same number
    ),
    chart(days),
    table(days),
  );
}

/** @param {Totals | undefined} totals @param {number} nowMs */
function sinceWhen(totals, nowMs) {
  const since = totals ? new Date(`${totals.since}T12:00`) : new Date(nowMs);
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(since);
}

/**
 * @param {Record<string, number>} counts by local date, YYYY-MM-DD
 * @param {number} nowMs
 * @returns {{ day: Date, count: number }[]} oldest first, days without anything included.
 */
export function lastDays(counts, nowMs) {
  return Array.from({ length: DAYS }, (_, index) => {
    const day = new Date(nowMs - (DAYS - 1 - index) * DAY_MS);
    return { day, count: counts[isoDay(day)] ?? 0 };
  });
}

/** @param {Date} date */
function isoDay(date) {
  return new Intl.DateTimeFormat('sv', { dateStyle: 'short' }).format(date);
}

/** @param {{ count: number }[]} days */
function chart(days) {
  const most = Math.max(...days.map((day) => day.count));
  const bars = days.map(({ count }, index) => {
    const height = count === 0 ? 1 : Math.max(3, Math.round((count / most) * HEIGHT));
    return h('rect', { x: index * STEP, y: HEIGHT - height, width: STEP - 1, height, rx: 1 });
  });
  const width = DAYS * STEP;
  return h(
    'svg',
    { class: 'chart', viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, 'aria-hidden': 'true' },
    bars,
  );
}

/** The chart's numbers as a table, for screen readers. @param {{ day: Date, count: number }[]} days */
function table(days) {
  const format = new Intl.DateTimeFormat(language(), { dateStyle: 'medium' });
  const rows = days.filter((day) => day.count > 0);
  return h(
    'div',
    { class: 'hidden-text' },
    h(
      'table',
      {},
      h('caption', {}, text('stoppedByDay')),
      rows.map(({ day, count }) =>
        h(
          'tr',
          { key: isoDay(day) },
          h('th', { scope: 'row' }, format.format(day)),
          h('td', {}, count.toLocaleString(language())),
        ),
      ),
    ),
  );
}
