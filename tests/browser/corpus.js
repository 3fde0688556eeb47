/** The engine on the command line, and real lists and requests to ask it about, where the corpora folder is present. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { RUN_DETICK } from '../../harness/native.js';

/** @typedef {import('../../harness/rules.js').Asked} Asked */

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(process.env.DETICK_SHARED ?? join(ROOT, '../shared'), 'corpora');
const LISTS = [join(FOLDER, 'easyprivacy.txt'), join(ROOT, 'filters/tiktok.txt')];

/** Every so-many-th request is asked about: 14,000 of 28,000. */
const STEP = 2;

/** @returns {Asked[] | undefined} nothing where there is no corpora folder */
export function corpus() {
  const file = join(FOLDER, 'requests.jsonl');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.filter((_, index) => index % STEP === 0).map((line) => JSON.parse(line));
}

/**
 * @param {'chromium' | 'firefox'} browser
 * @returns {Promise<chrome.declarativeNetRequest.Rule[]>} the lists as rules
 */
export async function compiled(browser) {
  const out = mkdtempSync(join(tmpdir(), 'detick-rules-'));
  try {
    await detick(['compile', ...LISTS, '--browser', browser, '--out', out]);
    return ['block', 'surrogates', 'data-surrogates'].flatMap((name) =>
      JSON.parse(readFileSync(join(out, `${name}.json`), 'utf8')),
    );
  } finally {
    rmSync(out, { recursive: true });
  }
}

/**
 * @param {Asked[]} requests
 * @param {'chromium' | 'firefox'} browser
 * @returns {Promise<string[]>} what the engine decides there
 */
export async function decisions(requests, browser) {
  const lists = LISTS.flatMap((list) => ['--list', list]);
  const answers = await detick(
    ['check', '--batch', '--browser', browser, ...lists],
    requests.map((row) => JSON.stringify(row)).join('\n'),
  );
  return answers
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).action);
}

/**
 * Runs the command line.
 *
 * @param {string[]} args
 * @param {string} [input]
 * @returns {Promise<string>} what it prints
 * @throws {Error} if it fails
 */
async function detick(args, input = '') {
  const child = spawn('cargo', [...RUN_DETICK, ...args], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  child.stdin.end(input);
  const printed = await text(child.stdout);
  const [code] = await ended;
  if (code !== 0) throw new Error(`detick ${args[0]} ended with ${code}`);
  return printed;
}
