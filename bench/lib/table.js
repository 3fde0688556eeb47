// Figures of several rounds as a Markdown table: a row for each engine, in each cell the median over the rounds.

import { markdownTable } from 'markdown-table';
import { median } from 'simple-statistics';

/**
 * @template Figures
 * @typedef {[title: string, read: (figures: Figures, round: number) => number | string | undefined, digits?: number]} Column
 */

/**
 * @template {{ name: string }} Figures
 * @param {Figures[][]} engines of each its rounds
 * @param {Column<Figures>[]} columns
 * @returns {string}
 */
export function tableOf(engines, columns) {
  const head = ['engine', ...columns.map(([title]) => title)];
  const rows = engines.map((rounds) => [
    rounds[0]?.name ?? '',
    ...columns.map(([, read, digits]) => cell(rounds.map(read), digits)),
  ]);
  return markdownTable([head, ...rows], { align: head.map((_, at) => (at === 0 ? 'l' : 'r')) });
}

/** @param {(number | string | undefined)[]} values of the rounds @param {number} [digits] @returns {string} */
function cell(values, digits = 0) {
  const known = values.filter((value) => value !== undefined);
  const numbers = known.filter((value) => typeof value === 'number');
  if (numbers.length > 0) return median(numbers).toFixed(digits);
  return String(known[0] ?? '–');
}
