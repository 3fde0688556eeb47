// What `detick export` writes, read by the engines that it is for: they must stop what Detick stops, and nothing else.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EASY, listFiles, requestFile } from '../lib/data.js';
import { inRounds } from '../lib/rounds.js';
import { tableOf } from '../lib/table.js';

/** @import { RequestRow } from '../types.js' */

const ROOT = join(import.meta.dirname, '../..');
const DETICK = process.env.DETICK ?? join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'release/detick');
const OURS = [join(ROOT, 'filters/tiktok.txt')];

/**
 * @typedef {{ format: string, engine: string, pages: boolean }} Reader `pages`: whether it is asked about pages, too
 */

/** @type {Reader[]} lists of hosts cannot tell pages from what is in them */
const READERS = [
  { format: 'ublock', engine: 'ubo-core', pages: true },
  { format: 'adguard', engine: 'tsurlfilter', pages: true },
  { format: 'ghostery', engine: 'ghostery', pages: true },
  { format: 'hosts', engine: 'ubo-core', pages: false },
  { format: 'domains', engine: 'ubo-core', pages: false },
];

/** Who asks, what for and where: each known host is asked for in all ways. */
const PAGES = ['https://shop.example/', 'https://www.tiktok.com/', 'https://www.capcut.com/'];
const KINDS = ['script', 'xmlhttprequest', 'image', 'ping', 'sub_frame', 'main_frame'];
const PATHS = ['/', '/api/v2/pixel?event=x', '/monitor_web/settings/browser-settings?bid=1', '/v1/user/webid'];

/**
 * @typedef {object} Agreement
 * @property {string} name
 * @property {number} stopped by Detick
 * @property {number} both
 * @property {number} extra there only
 * @property {number} ours of these, what the engine does not stop with the lines as they were
 * @property {string} examples
 */

/** @returns {string} Markdown */
export function report() {
  const folder = mkdtempSync(join(tmpdir(), 'detick-export-'));
  try {
    const recorded = requestFile();
    const requests = join(folder, 'requests.jsonl');
    writeFileSync(requests, `${readFileSync(recorded.file, 'utf8').trimEnd()}\n${knownRequests()}`);
    const tables = [
      ['Our own list', OURS],
      ['EasyList and EasyPrivacy', listFiles(EASY).files],
    ].map(([title, lists]) => tableFor(folder, String(title), /** @type {string[]} */ (lists), requests));
    return [`## Lists for other blockers`, `Requests: ${recorded.says}, and known hosts.`, ...tables].join('\n\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns {string} requests to each known host, one a line */
function knownRequests() {
  const hosts = readFileSync(join(ROOT, 'data/known-hosts.txt'), 'utf8').split('\n');
  const known = hosts.filter((host) => host !== '' && !host.startsWith('#'));
  const asked = known.flatMap((host) =>
    PATHS.flatMap((path) =>
      PAGES.flatMap((sourceUrl) => KINDS.map((type) => ({ url: `https://${host}${path}`, sourceUrl, type }))),
    ),
  );
  return asked.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** @param {string} folder @param {string} title @param {string[]} lists @param {string} requests @returns {string} */
function tableFor(folder, title, lists, requests) {
  const rows = readFileSync(requests, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const ours = decisionsOf(lists, requests);
  const results = READERS.map((reader) => [agreement(folder, reader, lists, requests, rows, ours)]);
  const table = tableOf(results, [
    ['stopped by Detick', ({ stopped }) => stopped],
    ['there too', ({ both }) => both],
    ['share', ({ both, stopped }) => `${((100 * both) / stopped).toFixed(2)} %`],
    ['there only', ({ extra }) => extra],
    ['and not by the lines as they were', ({ ours }) => ours],
  ]);
  const examples = results.map(
    ([{ name, examples } = { name: '', examples: '' }]) => examples && `${name}:\n\n${examples}`,
  );
  return [`### ${title}`, table, ...examples.filter(Boolean)].join('\n\n');
}

/** @param {string[]} args @param {string} [input] @returns {string} what the command line prints */
function detick(args, input) {
  const { status, stdout, stderr, error } = spawnSync(DETICK, args, { input, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (error !== undefined) throw error;
  if (status !== 0 && status !== 1) throw new Error(stderr.trimEnd().slice(-500));
  return stdout;
}

/** @param {string[]} lists @param {string} requests @returns {boolean[]} whether each request is stopped */
function decisionsOf(lists, requests) {
  const args = ['check', '--batch', ...lists.flatMap((list) => ['--list', list])];
  const lines = detick(args, readFileSync(requests, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => ['block', 'redirect'].includes(JSON.parse(line).action));
}

/**
 * @param {string} engine
 * @param {string[]} lists
 * @param {string} requests
 * @returns {{ name: string, decisions: string }}
 */
function decisionsThere(engine, lists, requests) {
  const results = inRounds({ part: 'matching', engines: [engine], rounds: 1 }, (_, run) =>
    run('decided', { lists, requests }),
  );
  const [theirs] = results.get(engine) ?? [];
  if (theirs === undefined) throw new Error(`${engine} does not run here.`);
  return theirs;
}

/**
 * @param {string} folder
 * @param {Reader} reader
 * @param {string[]} lists
 * @param {string} requests
 * @param {RequestRow[]} rows
 * @param {boolean[]} ours
 * @returns {Agreement}
 */
function agreement(folder, { format, engine, pages }, lists, requests, rows, ours) {
  const file = join(folder, `${format}.txt`);
  detick(['export', '--format', format, '--out', file, ...lists.flatMap((list) => ['--list', list])]);
  const theirs = decisionsThere(engine, [file], requests);
  // An engine that reads a line otherwise than Detick does so in any list: no fault of what is written.
  const original = decisionsThere(engine, lists, requests);
  const asked = rows.map((row, at) => ({
    ...row,
    here: ours[at],
    there: theirs.decisions[at] === '1',
    before: original.decisions[at] === '1',
  }));
  const meant = asked.filter(({ type }) => pages || type !== 'main_frame');
  const missed = meant.filter(({ here, there }) => here && !there);
  const extra = meant.filter(({ here, there }) => !here && there);
  const both = meant.filter(({ here, there }) => here && there).length;
  const examples = [...missed.slice(0, 3), ...extra.filter(({ before }) => !before).slice(0, 3)].map(
    ({ here, type, url, sourceUrl }) =>
      `- ${here ? 'missed' : 'there only'}: ${type} ${url.slice(0, 120)} from ${sourceUrl.slice(0, 60)}`,
  );
  return {
    name: `${format}, read by ${theirs.name}`,
    stopped: meant.filter(({ here }) => here).length,
    both,
    extra: extra.length,
    ours: extra.filter(({ before }) => !before).length,
    examples: examples.join('\n'),
  };
}
