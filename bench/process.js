// One engine in a process of its own: `node --expose-gc process.js matching|links|rules ENGINE PLAN`, a result as JSON on stdout.

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

/** @import { LinkCleaner, Loaded, MatchingEngine, RuleConverter } from './types.js' */

/**
 * @typedef {object} Plan
 * @property {string[]} lists files
 * @property {string} [inputs] a file of requests or links, one JSON value a line
 * @property {number} passes how often all inputs are gone through
 * @property {number} restores how often the stored engine is restored
 */

const MEASURES = { matching: measureMatching, links: measureLinks, rules: measureRules };

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

/**
 * @param {LinkCleaner} cleaner
 * @param {Plan} plan
 */
async function measureLinks(cleaner, { lists, inputs, passes }) {
  const texts = lists.map(read);
  const rows = readRows(inputs);
  const links = rows.map(({ link }) => link);
  const before = process.cpuUsage();
  const clean = await cleaner.load(texts);
  const { user, system } = process.cpuUsage(before);
  let threw = 0;
  const attempt = (link) => {
    try {
      return clean(link);
    } catch {
      threw += 1; // counted: an extension would have to live with it
      return link;
    }
  };
  const firstPass = perInput(links, attempt);
  const all = repeat(passes, () => perInput(links, attempt));
  const single = bestOfFive(links, attempt);
  threw = 0;
  const cleaned = links.map(attempt);
  return {
    load: (user + system) / 1000,
    firstPass,
    all: summary(all),
    p50: quantile(single, 0.5),
    p99: quantile(single, 0.99),
    changed: cleaned.filter((clean, at) => clean !== links[at]).length,
    right: rows.filter(({ clean }, at) => clean !== undefined && clean === cleaned[at]).length,
    known: rows.filter(({ clean }) => clean !== undefined).length,
    threw,
  };
}

/**
 * @param {RuleConverter} converter
 * @param {Plan} plan
 */
async function measureRules(converter, { lists, passes }) {
  const [list] = lists.map(read);
  const times = [];
  let converted;
  for (let round = 0; round < passes; round++) {
    times.push(
      await timedAsync(async () => {
        converted = await converter.convert(list);
      }),
    );
  }
  const { json, rules, refused } = converted;
  return { first: times[0], ...summary(times), rules, refused, bytes: json.length };
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

const [kind, name, plan] = process.argv.slice(2);
const { default: engine } = await import(`./${kind}/${name}.js`);
// What a program prints while it works is none of our output.
for (const way of ['log', 'info', 'debug', 'warn']) console[way] = () => undefined;
await engine.prepare?.();
const result = await MEASURES[kind](engine, JSON.parse(plan));
process.stdout.write(JSON.stringify({ name: engine.name, ...result }));
