// Runs a command for a person who waits: says what is going on, and shows the output only when it matters.

import { spawn } from 'node:child_process';

const TICK_MS = 10_000;
const SHOWN_CHARACTERS = 90;

/**
 * @typedef {object} Outcome
 * @property {boolean} ok whether the command ran and exited with 0
 * @property {string} output what it wrote to stdout and stderr, in order of arrival
 * @property {number} seconds how long it took
 */

/**
 * Runs a command quietly. Prints `title`, then every ten seconds the time and the command's latest line.
 * Never rejects: a program that does not exist is an outcome that is not ok.
 *
 * @param {string} title what the person waits for
 * @param {string[]} command the program and its arguments
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number}} [options] `env` is added to ours; after
 *   `timeoutMs` the command is ended
 * @returns {Promise<Outcome>} how it went
 */
export async function run(title, [program = '', ...args], { cwd, env = {}, timeoutMs } = {}) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  console.log(`${title} …`);
  let output = '';
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['inherit', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const ticker = setInterval(() => console.log(`${title}: ${seconds()} s so far; ${latestLine(output)}`), TICK_MS);
  // Not spawn's own timeout: it keeps Node waiting for a program that never started.
  const deadline = timeoutMs === undefined ? undefined : setTimeout(() => child.kill(), timeoutMs);
  const ok = await new Promise((resolve) => {
    child.on('close', (code) => resolve(code === 0));
    child.on('error', (error) => {
      output += `${program}: ${error.message}\n`;
      resolve(false);
    });
  });
  clearInterval(ticker);
  clearTimeout(deadline);
  return { ok, output, seconds: (Date.now() - started) / 1000 };
}

/**
 * @param {string} output
 * @returns {string} the last line that says something, cut to fit a terminal
 */
function latestLine(output) {
  const lines = output.slice(-2000).split(/[\r\n]+/);
  return (lines.findLast((line) => line.trim() !== '') ?? 'no output yet').trim().slice(0, SHOWN_CHARACTERS);
}
