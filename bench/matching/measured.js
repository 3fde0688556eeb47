// What is measured of an engine that decides about requests.

import { readFileSync, writeFileSync } from 'node:fs';
import { median } from 'simple-statistics';
import { readRows, readText } from '../lib/inputs.js';
import { loopsFor, memory, percentiles, perInput, repeat, shuffled, timed } from '../lib/measure.js';

/** @import { MatchingEngine, MatchingFigures, MatchingPlan, RequestRow } from '../types.js' */

/**
 * Lists as text to an engine, and all that is asked of it then.
 *
 * @param {MatchingEngine} engine
 * @param {MatchingPlan} plan
 * @returns {Promise<Omit<MatchingFigures, 'name'>>}
 */
export async function loaded(engine, { lists, requests, passes, loops, restores, saved }) {
  const texts = lists.map(readText);
  /** @type {RequestRow[]} */
  const rows = readRows(requests);
  const before = memory();
  const load = await timed(() => engine.load(texts));
  const growth = grownFrom(before);
  const { decide, save, aside = 0 } = load.value;
  const ask = (/** @type {RequestRow} */ { url, sourceUrl, type }) => decide(url, sourceUrl, type);
  const firstPass = await perInput(rows, 1, ask);
  const enough = loopsFor(firstPass * rows.length, loops);
  const inOrder = await repeat(passes, () => perInput(rows, enough, ask));
  const mixed = shuffled(rows);
  const disorder = await repeat(passes, () => perInput(mixed, enough, ask));
  const single = percentiles(rows, ask);
  const decisions = rows.map(ask).join('');
  const stored = await save?.();
  if (stored !== undefined) writeFileSync(saved, stored);
  return {
    load: load.milliseconds - aside,
    firstPass,
    inOrder: median(inOrder),
    shuffled: median(disorder),
    ...single,
    bytes: stored === undefined ? undefined : Buffer.byteLength(stored),
    restore: await timeToFirstDecision(engine, stored, restores, rows),
    memory: growth,
    decisions,
  };
}

/**
 * What an engine decides, and nothing about how soon.
 *
 * @param {MatchingEngine} engine
 * @param {{ lists: string[], requests: string }} plan files
 * @returns {Promise<{ decisions: string }>} one digit a request
 */
export async function decided(engine, { lists, requests }) {
  const { decide } = await engine.load(lists.map(readText));
  const rows = /** @type {RequestRow[]} */ (readRows(requests));
  return { decisions: rows.map(({ url, sourceUrl, type }) => decide(url, sourceUrl, type)).join('') };
}

/**
 * Some engines read what they restore only when it is asked for, so a decision belongs to it.
 *
 * @param {MatchingEngine} engine
 * @param {Uint8Array | string | undefined} stored
 * @param {number} times
 * @param {RequestRow[]} rows
 * @returns {Promise<number | undefined>} milliseconds, the median
 */
async function timeToFirstDecision({ restore }, stored, times, [row]) {
  if (restore === undefined || stored === undefined || row === undefined) return undefined;
  return median(
    await repeat(times, async () => {
      const { value, milliseconds } = await timed(async () => {
        const matcher = await restore(stored);
        matcher.decide(row.url, row.sourceUrl, row.type);
        return matcher;
      });
      value.free?.();
      return milliseconds;
    }),
  );
}

/**
 * What an extension's background holds on the days after: it restores what was stored, and decides.
 *
 * @param {MatchingEngine} engine
 * @param {MatchingPlan} plan
 * @returns {Promise<{ memory?: { held: number, resident: number } }>} nothing for an engine that cannot be restored
 */
export async function restored(engine, { requests, saved }) {
  const { restore, storesText } = engine;
  if (restore === undefined) return {};
  const rows = readRows(requests);
  const before = memory();
  const matcher = await restore(storesText ? readFileSync(saved, 'utf8') : readFileSync(saved));
  await perInput(rows, 1, ({ url, sourceUrl, type }) => matcher.decide(url, sourceUrl, type));
  return { memory: grownFrom(before) };
}

/**
 * @param {{ held: number, resident: number }} before
 * @returns {{ held: number, resident: number }} megabytes more than that
 */
function grownFrom(before) {
  const { held, resident } = memory();
  return { held: held - before.held, resident: resident - before.resident };
}
