// Runs engines over the same inputs, each in a process of its own.
//
// Rounds are interleaved: a machine that slows down slows all of them down.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PROCESS = join(import.meta.dirname, '../process.js');
/** What the slowest engine needs for the largest lists, and as much again. */
const LONGEST_MS = 20 * 60_000;

/**
 * @template Figures
 * @param {object} job
 * @param {string} job.part the folder of the engines
 * @param {string[]} job.engines
 * @param {number} job.rounds
 * @param {(engine: string, run: (what: string, plan: unknown) => any) => Figures} measure what is measured of one
 *   engine in one round; `run` calls a function of the part's `measured.js` in a new process
 * @returns {Map<string, Figures[]>} of each engine that runs here, its rounds
 */
export function inRounds({ part, engines, rounds }, measure) {
  /** @type {Map<string, Figures[]>} */
  const results = new Map();
  const running = new Set(engines);
  for (let round = 1; round <= rounds; round++) {
    for (const engine of running) {
      console.error(`${part}, round ${round} of ${rounds}: ${engine}`);
      try {
        const figures = measure(engine, (what, plan) => inProcess(part, what, engine, plan));
        results.set(engine, [...(results.get(engine) ?? []), figures]);
      } catch (error) {
        console.error(`${engine} does not run here and is left out: ${error instanceof Error ? error.message : error}`);
        running.delete(engine);
        results.delete(engine);
      }
    }
  }
  return results;
}

/** @param {string} part @param {string} what @param {string} engine @param {unknown} plan @returns {any} its figures */
function inProcess(part, what, engine, plan) {
  const args = ['--expose-gc', PROCESS, part, what, engine, JSON.stringify(plan)];
  return figuresOf(process.execPath, args);
}

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {any} what it printed
 * @throws {Error} saying how it ended
 */
export function figuresOf(program, args) {
  const { status, signal, error, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: LONGEST_MS,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`it ended with ${signal ?? status}.\n${stderr.trimEnd().slice(-1500)}`);
  return JSON.parse(stdout);
}
