// The lists and requests that are measured with: from the corpora folder where there is one, else from what packages
// ship.

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, fetchList } from './fetch.js';
import { inventRequests } from './invent.js';

const ROOT = join(import.meta.dirname, '../..');
/** Where recorded data is, on machines that have it. */
export const CORPORA = join(process.env.DETICK_SHARED ?? join(ROOT, '../shared'), 'corpora');

/** The lists that most blockers start with. */
export const EASY = ['easylist.txt', 'easyprivacy.txt'];

/** Nine that many people use. */
export const NINE = [
  ...EASY,
  'ubo-filters.txt',
  'ubo-privacy.txt',
  'ubo-badware.txt',
  'adguard-base.txt',
  'adguard-tracking.txt',
  'adguard-social.txt',
  'adguard-url-tracking.txt',
];

/** What packages ship that has many filters: close to half a million. */
export const MANY = [
  ...NINE,
  'phishing.txt',
  'adguard-chinese.txt',
  'dandelion-anti-malware.txt',
  'adguard-french.txt',
  'adguard-russian.txt',
  'urlhaus.txt',
  'indianlist.txt',
];

/**
 * @param {string[]} names
 * @returns {{ files: string[], says: string }} `says` names the lists and where they come from
 * @throws {Error} when one cannot be had, saying what to do
 */
export function listFiles(names) {
  const found = names.map(findList);
  const says = found.map(({ name, from }) => `${name} (${from})`).join(', ');
  return { files: found.map(({ file }) => file), says };
}

/** @param {string} name @returns {{ name: string, file: string, from: string }} */
function findList(name) {
  const file = join(CORPORA, name);
  if (existsSync(file)) return { name, file, from: 'corpora folder' };
  const fetched = fetchList(name);
  if (fetched === undefined) throw new Error(`No package is known to have ${name}.`);
  return { name, ...fetched };
}

/** @returns {{ file: string, says: string }} one request a line, as JSON */
export function requestFile() {
  const recorded = join(CORPORA, 'requests.jsonl');
  if (existsSync(recorded)) return { file: recorded, says: 'recorded (corpora folder)' };
  const invented = join(CACHE, 'requests.jsonl');
  if (!existsSync(invented)) {
    const rows = inventRequests(listFiles(EASY).files);
    writeFileSync(invented, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }
  return { file: invented, says: 'invented from the patterns of EasyList and EasyPrivacy, for want of recorded ones' };
}
