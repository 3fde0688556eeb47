// How time and memory grow with the number of filters, as a table and a plot.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markdownTable } from 'markdown-table';
import { median } from 'simple-statistics';
import { listFiles, MANY, requestFile } from '../lib/data.js';
import { readText } from '../lib/inputs.js';
import { shuffled } from '../lib/measure.js';
import { BASELINE, measureMatching } from '../matching/part.js';
import { plot } from './plot.js';

/** @import { Figures } from '../matching/part.js' */

const PLOT = join(import.meta.dirname, '../../docs/growth.svg');
const SIZES = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 500_000];
const ENGINES = ['detick', BASELINE];
const NO_NETWORK_FILTER = /^\s*$|^!|^\[|#[@?$%]*#/;

/** @type {{ title: string, digits: number, of: (figures: Figures) => number | undefined }[]} */
const FIGURES = [
  { title: 'µs a request, shuffled', digits: 2, of: ({ shuffled }) => shuffled },
  { title: 'load, ms', digits: 0, of: ({ load }) => load },
  { title: 'held after restoring, MB', digits: 1, of: ({ later }) => later?.held },
  { title: 'stored, MB', digits: 2, of: ({ bytes }) => bytes && bytes / 1e6 },
];

/** @typedef {{ size: number, values: Record<string, number[]> }} Step of each engine the figures, in their order */

/** @param {number} rounds @returns {string} Markdown; the plot is written beside the documents */
export function report(rounds) {
  const { files, says } = listFiles(MANY);
  const all = shuffled([...new Set(files.flatMap((file) => readText(file).split('\n')))]);
  const filters = all.filter((line) => !NO_NETWORK_FILTER.test(line));
  // As many as there are, if that is less than half a million.
  const sizes = [...new Set(SIZES.map((size) => Math.min(size, filters.length)))];
  const steps = sizes.map((size) => measureStep(filters.slice(0, size), rounds));
  const charts = FIGURES.map(({ title }, at) => ({
    title,
    lines: ENGINES.map((name) => ({
      name,
      points: steps.map(({ size, values }) => ({ x: size, y: values[name]?.[at] ?? 0 })),
    })),
  }));
  writeFileSync(PLOT, plot(charts));
  return `## Growth\n\nFilters at random out of ${says}; ${filters.length} in all.\n\n${table(steps)}`;
}

/** @param {string[]} filters @param {number} rounds @returns {Step} */
function measureStep(filters, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'detick-bench-'));
  try {
    const list = join(folder, 'list.txt');
    writeFileSync(list, filters.join('\n'));
    console.error(`${filters.length} filters`);
    const effort = { passes: 1, restores: 3 };
    const results = measureMatching({ lists: [list], requests: requestFile().file, rounds, engines: ENGINES, effort });
    const ofEngine = (/** @type {string} */ engine) =>
      FIGURES.map(({ of }) => median((results.get(engine) ?? []).map((figures) => of(figures) ?? 0)));
    return { size: filters.length, values: Object.fromEntries(ENGINES.map((engine) => [engine, ofEngine(engine)])) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {Step[]} steps @returns {string} */
function table(steps) {
  const head = ['filters', ...FIGURES.flatMap(({ title }) => ENGINES.map((engine) => `${engine}: ${title}`))];
  const rows = steps.map(({ size, values }) => [
    size.toLocaleString('en'),
    ...FIGURES.flatMap(({ digits }, at) => ENGINES.map((engine) => values[engine]?.[at]?.toFixed(digits) ?? '–')),
  ]);
  return markdownTable([head, ...rows], { align: head.map(() => 'r') });
}
