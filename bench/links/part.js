// Links: how soon each engine cleans them, and how well.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CORPORA, listFiles, requestFile } from '../lib/data.js';
import { fetchClearUrls } from '../lib/fetch.js';
import { readRows } from '../lib/inputs.js';
import { inRounds } from '../lib/rounds.js';
import { tableOf } from '../lib/table.js';
import { adGuardLinks, clearUrlsLinks, ownLinks } from './labelled.js';

/** @import { Column } from '../lib/table.js' */
/** @import { CleaningFigures, CleaningPlan, RequestRow } from '../types.js' */

const BASELINE = 'ubo-core';
const ENGINES = ['detick', 'detick-adguard', BASELINE, 'tidy-url', 'clearurls', 'tsurlfilter'];
/** Addresses of pages as recorded: most have nothing to clean. */
const REAL = 2000;

/** @param {number} rounds @returns {string} Markdown */
export function report(rounds) {
  const list = listFiles(['adguard-url-tracking.txt']);
  const rules = fetchClearUrls();
  const requests = requestFile();
  const sets = {
    own: ownLinks(join(CORPORA, 'hard-links.json')),
    adGuard: adGuardLinks(list.files[0] ?? ''),
    clearUrls: clearUrlsLinks(rules.file),
    real: realLinks(readRows(requests.file)),
  };
  const results = measure({ list: list.files[0] ?? '', clearUrls: rules.file }, sets, rounds);
  return [
    '## Links',
    `Rules: Detick's own; ${list.says}; ClearURLs' (${rules.from}). Links: ${sets.own.length} cases of Detick's, ${sets.adGuard.length} ` +
      `made from AdGuard's list, ${sets.clearUrls.length} made from ClearURLs' rules, ${sets.real.length} addresses of requests, ` +
      `${requests.says}.`,
    tableOf([...results.values()], speedColumns(results)),
    tableOf([...results.values()], SCORES),
  ].join('\n\n');
}

/**
 * @param {{ list: string, clearUrls: string }} rules files
 * @param {object} sets
 * @param {number} rounds
 * @returns {Map<string, CleaningFigures[]>}
 */
function measure(rules, sets, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'detick-bench-'));
  const links = join(folder, 'links.json');
  try {
    writeFileSync(links, JSON.stringify(sets));
    return inRounds({ part: 'links', engines: ENGINES, rounds }, (_, run) =>
      run('cleaned', /** @satisfies {CleaningPlan} */ ({ ...rules, links, passes: 3, loops: 10 })),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {RequestRow[]} rows @returns {string[]} */
function realLinks(rows) {
  const links = [...new Set(rows.filter(({ type }) => type === 'sub_frame').map(({ url }) => url))];
  return links.filter((link) => /^https?:/.test(link)).slice(0, REAL);
}

/** @param {Map<string, CleaningFigures[]>} results @returns {Column<CleaningFigures>[]} */
function speedColumns(results) {
  const baseline = results.get(BASELINE) ?? [];
  const times = (/** @type {number} */ value, /** @type {number | undefined} */ base) => base && value / base;
  return [
    ['all links, µs', ({ all }) => all, 2],
    ['× ubo-core', ({ all }, round) => times(all, baseline[round]?.all), 2],
    ['addresses of requests, µs', ({ real }) => real, 2],
    ['× ubo-core', ({ real }, round) => times(real, baseline[round]?.real), 2],
    ['first pass, µs', ({ firstPass }) => firstPass, 2],
    ['p50, µs', ({ p50 }) => p50, 1],
    ['p99, µs', ({ p99 }) => p99, 1],
    ['load, ms', ({ load }) => load, 0],
  ];
}

/** @type {Column<CleaningFigures>[]} */
const SCORES = [
  ["Detick's cases: recall", ({ own }) => percent(own.recall)],
  ['precision', ({ own }) => percent(own.precision)],
  ["AdGuard's parameters: recall", ({ adGuard }) => percent(adGuard.recall)],
  ['precision', ({ adGuard }) => percent(adGuard.precision)],
  ["ClearURLs' parameters: recall", ({ clearUrls }) => percent(clearUrls.recall)],
  ['precision', ({ clearUrls }) => percent(clearUrls.precision)],
  ['rewritten', ({ own, adGuard, clearUrls }) => own.spoilt + adGuard.spoilt + clearUrls.spoilt],
  ['threw', ({ own, adGuard, clearUrls }) => own.threw + adGuard.threw + clearUrls.threw],
];

/** @param {number | null} share JSON has no NaN: nothing went @returns {string} */
function percent(share) {
  return share === null ? '–' : `${(share * 100).toFixed(1)} %`;
}
