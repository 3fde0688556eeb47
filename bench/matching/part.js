// Requests: how soon each engine decides about them, and how soon it is there.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listFiles, requestFile } from '../lib/data.js';
import { NATIVE } from '../lib/native.js';
import { figuresOf, inRounds } from '../lib/rounds.js';
import { tableOf } from '../lib/table.js';

/** @import { Column } from '../lib/table.js' */
/** @import { MatchingFigures, MatchingPlan } from '../types.js' */

/**
 * @typedef {MatchingFigures & { later?: { held: number, resident: number } }} Figures `later`: memory once it was only
 *   restored
 */

export const BASELINE = 'ubo-core';
const ENGINES = [
  'detick',
  'detick-explaining',
  'detick-native',
  BASELINE,
  'ubo-core-wasm',
  'adblock-rs',
  'ghostery',
  'tsurlfilter',
];

/**
 * @param {object} job
 * @param {string[]} job.lists files
 * @param {string} job.requests file
 * @param {number} job.rounds
 * @param {string[]} [job.engines]
 * @param {Partial<MatchingPlan>} [job.effort] less than usual, for a quick look
 * @returns {Map<string, Figures[]>}
 */
export function measureMatching({ lists, requests, rounds, engines = ENGINES, effort = {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'detick-bench-'));
  try {
    return inRounds({ part: 'matching', engines, rounds }, (engine, run) => {
      const saved = join(folder, engine);
      /** @type {MatchingPlan} */
      const plan = { lists, requests, passes: 3, loops: 10, restores: 15, saved, ...effort };
      if (engine === 'detick-native') return figuresOf(NATIVE, ['matching', JSON.stringify(plan)]);
      const figures = run('loaded', plan);
      return { ...figures, later: figures.bytes && run('restored', plan).memory };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {Map<string, Figures[]>} results
 * @returns {string} two tables: how engines decide, and how they load
 */
export function matchingTables(results) {
  const engines = [...results.values()];
  return [tableOf(engines, decidingColumns(results)), '', tableOf(engines, LOADING)].join('\n');
}

/** @type {Column<Figures>[]} */
const LOADING = [
  ['load, ms', ({ load }) => load, 0],
  ['restore and decide once, ms', ({ restore }) => restore, 2],
  ['stored, MB', ({ bytes }) => bytes && bytes / 1e6, 2],
  ['held after loading, MB', ({ memory }) => memory?.held, 1],
  ['held after restoring, MB', ({ later }) => later?.held, 1],
  ['resident after restoring, MB', ({ later }) => later?.resident, 1],
];

/** @param {Map<string, Figures[]>} results @returns {Column<Figures>[]} */
function decidingColumns(results) {
  const baseline = results.get(BASELINE) ?? [];
  const { unanimous, agreeing } = agreement(results);
  return [
    ['in order, µs', ({ inOrder }) => inOrder, 2],
    ['× ubo-core', ({ inOrder }, round) => ratio(inOrder, baseline[round]?.inOrder), 2],
    ['shuffled, µs', ({ shuffled }) => shuffled, 2],
    ['× ubo-core', ({ shuffled }, round) => ratio(shuffled, baseline[round]?.shuffled), 2],
    ['first pass, µs', ({ firstPass }) => firstPass, 2],
    ['p50, µs', ({ p50 }) => p50, 1],
    ['p99, µs', ({ p99 }) => p99, 1],
    ['agrees', ({ decisions }) => `${agreeing(decisions)} of ${unanimous}`],
  ];
}

/** @param {number} value @param {number | undefined} base of the same round @returns {number | undefined} */
function ratio(value, base) {
  return base === undefined ? undefined : value / base;
}

/**
 * Who is right is not for us to say: what counts are the decisions on which all other projects' engines agree.
 *
 * @param {Map<string, Figures[]>} results
 * @returns {{ unanimous: number, agreeing: (decisions: string) => number }}
 */
function agreement(results) {
  const peers = [...results]
    .filter(([engine]) => !engine.startsWith('detick'))
    .map(([, [first]]) => first?.decisions ?? '');
  const [first = '', ...others] = peers;
  const agreed = [...first]
    .map((_, at) => at)
    .filter((at) => others.every((other) => stops(other, at) === stops(first, at)));
  return {
    unanimous: agreed.length,
    agreeing: (decisions) => agreed.filter((at) => stops(decisions, at) === stops(first, at)).length,
  };
}

/** @param {string} decisions @param {number} at @returns {boolean} */
function stops(decisions, at) {
  return decisions[at] === '1';
}

/** @param {number} rounds @returns {Promise<string>} Markdown */
export async function report(rounds) {
  const [data, requests] = await Promise.all([listFiles(['easylist.txt', 'easyprivacy.txt']), requestFile()]);
  const results = measureMatching({ lists: data.files, requests: requests.file, rounds });
  return [`## Requests`, `Lists: ${data.says}. Requests: ${requests.says}.`, matchingTables(results)].join('\n\n');
}
