// Runs every engine over the same lists and requests, each in a process of its own, and prints a Markdown table.
//
// Rounds are interleaved: a machine that slows down slows all of them down. Each figure is the median over the rounds.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './measure.js';

const ROOT = join(import.meta.dirname, '..');
const CORPORA = join(process.env.DETICK_SHARED ?? join(ROOT, '../shared'), 'corpora');
const ROUNDS = Number(process.env.DETICK_BENCH_ROUNDS ?? 3);
const ENGINES = ['detick', 'detick-explaining', 'ubo-core', 'ubo-core-wasm', 'adblock-rs', 'ghostery', 'tsurlfilter'];
const PLAN = {
  lists: ['easylist.txt', 'easyprivacy.txt'].map((name) => join(CORPORA, name)),
  inputs: join(CORPORA, 'requests.jsonl'),
  passes: 10,
  restores: 15,
};
const COLUMNS = [
  ['µs a request, in order', (result) => result.inOrder.median, 2],
  ['shuffled', (result) => result.shuffled.median, 2],
  ['first pass', (result) => result.firstPass, 2],
  ['p50', (result) => result.p50, 1],
  ['p99', (result) => result.p99, 1],
  ['load, ms', (result) => result.firstLoad, 0],
  ['restore, ms', (result) => result.restore?.median, 2],
  ['stored, MB', (result) => result.bytes && result.bytes / 1e6, 2],
  ['memory, MB', (result) => result.memory?.held, 1],
];

/** @param {string} engine @param {string} plan @returns {any} what it measured, or undefined where it cannot run here */
function measure(engine, plan) {
  const args = ['--expose-gc', join(import.meta.dirname, 'process.js'), engine, plan];
  try {
    return JSON.parse(
      execFileSync(process.execPath, args, { maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'pipe'] }).toString(),
    );
  } catch (error) {
    console.error(`${engine} does not run here: ${String(error).split('\n')[0]}`);
    return undefined;
  }
}

/** @param {any[][]} measured of each engine its rounds @returns {string} */
function table(measured) {
  const head = ['engine', ...COLUMNS.map(([title]) => title), 'agrees'];
  const decisions = measured.map(([first]) => first.decisions);
  const unanimous = [...decisions[0]].map((_, at) => isUnanimous(decisions.slice(2), at));
  const rows = measured.map((rounds, engine) => {
    const cells = COLUMNS.map(([, read, digits]) => cell(rounds.map(read), digits));
    const agrees = unanimous.filter((is, at) => is && stops(decisions[engine], at) === stops(decisions[2], at)).length;
    return [rounds[0].name, ...cells, `${agrees} of ${unanimous.filter(Boolean).length}`];
  });
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** @param {string[]} peers @param {number} at @returns {boolean} whether all other engines decide alike about a request */
function isUnanimous(peers, at) {
  return peers.every((peer) => stops(peer, at) === stops(peers[0] ?? '', at));
}

/** @param {string} decisions @param {number} at @returns {boolean} */
function stops(decisions, at) {
  return decisions[at] === '1';
}

/** @param {(number | undefined)[]} values @param {number} digits @returns {string} */
function cell(values, digits) {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? '–' : median(known).toFixed(digits);
}

if (!existsSync(CORPORA)) {
  console.error('There is no corpora folder: name the folder that holds it in DETICK_SHARED.');
  process.exit(1);
}
const plan = JSON.stringify(PLAN);
/** @type {Map<string, any[]>} */
const results = new Map(ENGINES.map((engine) => [engine, []]));
for (let round = 1; round <= ROUNDS; round++) {
  for (const [engine, rounds] of results) {
    console.error(`round ${round} of ${ROUNDS}: ${engine}`);
    const result = measure(engine, plan);
    if (result !== undefined) rounds.push(result);
  }
}
console.log(table([...results.values()].filter((rounds) => rounds.length > 0)));
