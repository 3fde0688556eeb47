// One engine in a process of its own: `node --expose-gc process.js ENGINE PLAN`, a result as JSON on stdout.

import { readFileSync } from 'node:fs';
import {
  bestOfFive,
  heldMegabytes,
  median,
  quantile,
  residentMegabytes,
  shuffled,
  timed,
  timedAsync,
} from './measure.js';

/** @import { Loaded, MatchingEngine } from './types.js' */

/**
 * @typedef {object} Plan
 * @property {string[]} lists files
 * @property {string} inputs a file of requests, one JSON value a line
 * @property {number} passes how often all inputs are gone through
 * @property {number} restores how often the stored engine is restored
 */

/**
 * @param {MatchingEngine} engine
 * @param {Plan} plan
 */
async function measureMatching(engine, { lists, inputs, passes, restores }) {
  const texts = lists.map(read);
  const rows = readRows(inputs);
  const mixed = shuffled(rows);
  const [held, resident] = [heldMegabytes(), residentMegabytes()];
  /** @type {Loaded | undefined} */
  let loaded;
  const firstLoad = await timedAsync(async () => {
    loaded = await engine.load(texts);
  });
  if (loaded === undefined) throw new Error(`${engine.name} loaded nothing.`);
  const { decide, save, restore } = loaded;
  const ask = ({ url, sourceUrl, type }) => decide(url, sourceUrl, type);
  const memory = { held: heldMegabytes() - held, resident: residentMegabytes() - resident };
  const firstPass = perInput(rows, ask);
  const inOrder = repeat(passes, () => perInput(rows, ask));
  const inDisorder = repeat(passes, () => perInput(mixed, ask));
  const single = bestOfFive(rows, ask);
  const decisions = rows.map(ask);
  const saved = await save?.();
  const restoring = [];
  for (let round = 0; saved !== undefined && restore !== undefined && round < restores; round++) {
    restoring.push(await timedAsync(() => restore(saved)));
  }
  return {
    firstLoad,
    memory,
    firstPass,
    inOrder: summary(inOrder),
    shuffled: summary(inDisorder),
    p50: quantile(single, 0.5),
    p99: quantile(single, 0.99),
    bytes: saved?.length,
    restore:
      restoring.length > 0
        ? { first: restoring[0], best: Math.min(...restoring), median: median(restoring) }
        : undefined,
    decisions: decisions.join(''),
  };
}

/** @param {unknown[]} inputs @param {(input: any) => unknown} work @returns {number} microseconds for each */
function perInput(inputs, work) {
  return (timed(() => inputs.forEach(work)) * 1000) / inputs.length;
}

/** @param {number} times @param {() => number} work @returns {number[]} */
function repeat(times, work) {
  return Array.from({ length: times }, work);
}

/** @param {number[]} values */
function summary(values) {
  return { median: median(values), best: Math.min(...values) };
}

/** @param {string} file @returns {string} */
function read(file) {
  // Some lists come with Windows' line ends, which not every engine takes.
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}

/** @param {string} file @returns {any[]} */
function readRows(file) {
  return read(file)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const [name, plan] = process.argv.slice(2);
const { default: engine } = await import(`./matching/${name}.js`);
// What a program prints while it works is none of our output.
for (const way of ['log', 'info', 'debug', 'warn']) console[way] = () => undefined;
await engine.prepare?.();
const result = await measureMatching(engine, JSON.parse(plan));
process.stdout.write(JSON.stringify({ name: engine.name, ...result }));
