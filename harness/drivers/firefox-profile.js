/**
 * A profile in which Firefox ran once and did nothing. What it writes at its first start (compiled scripts of its own,
 * empty databases) is most of the work of a start; here it is done once for all starts of one Firefox.
 */

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const KEPT = join(import.meta.dirname, '../../.cache/firefox');

/** What belongs to the one run: its lock, its tabs, its pages, and what it was told about them. */
const OF_THE_RUN = /^(lock|\.parentlock|sessionstore|sessionCheckpoints|cache2|downloads|crashes|minidumps|user\.js)/;

/**
 * Fills an empty profile with what a first start leaves behind, without that run's preferences.
 *
 * @param {string} program the path of Firefox
 * @param {string} profile an empty folder
 * @param {(profile: string) => Promise<import('puppeteer-core').Browser>} start starts Firefox, and nothing in it
 */
export async function fillProfile(program, profile, start) {
  const { mtimeMs, size } = statSync(realpathSync(program));
  const template = join(KEPT, `${Math.round(mtimeMs)}-${size}`);
  if (!existsSync(template)) await makeTemplate(template, start);
  cpSync(template, profile, { recursive: true });
}

/**
 * @param {string} template
 * @param {(profile: string) => Promise<import('puppeteer-core').Browser>} start
 */
async function makeTemplate(template, start) {
  mkdirSync(KEPT, { recursive: true });
  const own = mkdtempSync(`${template}-`);
  try {
    await (await start(own)).close();
    forgetPreferences(own);
    for (const name of readdirSync(own).filter((file) => OF_THE_RUN.test(file)))
      rmSync(join(own, name), { recursive: true, force: true });
    renameSync(own, template);
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    if (!existsSync(template)) throw error; // another process has made it meanwhile
  }
}

/** Each start says its own, and what it does not say shall be the browser's. @param {string} profile */
function forgetPreferences(profile) {
  const [kept, told] = ['prefs.js', 'user.js'].map((file) => readFileSync(join(profile, file), 'utf8').split('\n'));
  const nameOf = (/** @type {string} */ line) => /^user_pref\("([^"]+)"/.exec(line)?.[1];
  const names = new Set(told?.map(nameOf));
  const rest = kept?.filter((line) => nameOf(line) === undefined || !names.has(nameOf(line))) ?? [];
  writeFileSync(join(profile, 'prefs.js'), rest.join('\n'));
}
