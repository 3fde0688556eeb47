// `npm run pass -- FILE…`: what the lists in these files have and ours lack, for a person to choose from.
//
// Takes lists of filters, hosts or domains, ClearURLs' data.json, Brave's clean-urls.json and debounce.json, and knows
// them by what is in them. `--sites` names parameters of all sites, not only of TikTok's family and of every site;
// `--json` is for programs. It changes nothing: see CONTRIBUTING.md, “Once a month”.

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hostOf } from '../extension/shared/site.js';
import { ANY_HOST } from './pass/example.mjs';
import { familyOf } from './pass/family.mjs';
import { readJson } from './pass/json.mjs';
import { readLines } from './pass/lists.mjs';
import { keepers, leavesParameter, leavesRedirector, letsPass, loadEngine, unwrappers } from './pass/ours.mjs';
import { ROOT } from './setup.mjs';

/** @import { Engine } from '../extension/types.js' */
/** @import { Family } from './pass/family.mjs' */
/** @import { Claim } from './pass/lists.mjs' */

/** The report's parts, in its order. */
const GROUPS = {
  hosts: 'Requests to TikTok and its sister companies that are stopped there and pass here',
  names: 'Requests to addresses that sound like theirs, and may be strangers’',
  family: 'Parameters of links to TikTok and its sister companies that stay here',
  everywhere: 'Parameters of links to every site that stay here',
  sites: 'Parameters of links to other sites that stay here',
  kept: 'Parameters that ours keep, and why',
  redirectors: 'Redirectors that are unwrapped there and not here',
  forms: 'Addresses of redirectors that are unwrapped there, while ours unwrap others of the same',
  untried: 'What no example could be made of',
  left: 'Left out on purpose, see data/left-out.txt',
};

/** Parts of which a report says how many there are. */
const COUNTED = ['sites', 'left'];

/**
 * @typedef {object} Row
 * @property {keyof typeof GROUPS} group
 * @property {string} what the host and path, the parameter and where, or the redirector
 * @property {string} [ours] what ours do about it
 * @property {string} [says] the line, where `what` does not say enough
 * @property {string[]} from `file:line` of each list that has it
 */
/** @typedef {{ file: string, kind: string, asked: number }} FileRead */
/** @typedef {{ files: FileRead[], unread: string[], rows: Row[] }} Report */

/**
 * Compares files with what Detick does.
 *
 * @param {string[]} paths
 * @returns {Promise<Report>} with a sentence for each file that is of no known kind or cannot be read
 */
export async function compare(paths) {
  const family = familyOf(readFileSync(join(ROOT, 'data/domains.txt'), 'utf8'));
  const judge = judgeOf(await loadEngine(), family);
  /** @type {Report} */
  const report = { files: [], unread: [], rows: [] };
  /** @type {Map<string, Row>} */
  const rows = new Map();
  for (const path of paths) {
    try {
      const { kind, claims } = readFile(path, family);
      report.files.push({ file: path, kind, asked: claims.length });
      for (const claim of claims) add(rows, judge(claim), claim.from);
    } catch (error) {
      report.unread.push(`${path}: ${error instanceof Error ? error.message : error}`);
    }
  }
  const isLeft = leftOut(readFileSync(join(ROOT, 'data/left-out.txt'), 'utf8'));
  report.rows = [...rows.values()].map((row) => (isLeft(row.what) ? { ...row, group: 'left' } : row));
  return report;
}

/**
 * @param {string} table `data/left-out.txt`
 * @returns {(what: string) => boolean} whether it has a row for what a report says
 * @throws {Error} with the first row that gives no reason
 */
export function leftOut(table) {
  const rows = table.split('\n').filter((row) => row.trim() !== '' && !row.startsWith('#'));
  const bare = rows.find((row) => !/^\S.* \| \S/.test(row));
  if (bare !== undefined) throw new Error(`data/left-out.txt says of “${bare}” no reason.`);
  const forms = rows.map((row) => {
    const [what = ''] = row.split(' | ');
    const parts = what.split('*').map((part) => part.replace(/[.?+^$(){}[\]\\|/]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`);
  });
  return (what) => forms.some((form) => form.test(what));
}

/**
 * @param {string} path
 * @param {Family} family
 * @throws {Error} if it cannot be read, or is of no known kind
 */
function readFile(path, family) {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const isJson = /^\s*[[{]/.test(text) && !/^\s*\[(?:Adblock|uBlock)/i.test(text);
  const read = isJson ? readJson(text, basename(path)) : readLines(text, basename(path), family.isIn);
  if (!read) throw new Error('neither a list of filters, hosts or domains, nor a JSON file of ClearURLs’ or Brave’s');
  return read;
}

/** @param {Map<string, Row>} rows @param {Omit<Row, 'from'> | undefined} row @param {string} from */
function add(rows, row, from) {
  if (!row) return;
  const key = `${row.group} ${row.what}`;
  const there = rows.get(key);
  if (!there) rows.set(key, { ...row, from: [from] });
  else if (!there.from.includes(from)) there.from.push(from);
}

/**
 * @param {Engine} engine
 * @param {Family} family
 * @returns {(claim: Claim) => Omit<Row, 'from'> | undefined} what to report of a claim, if anything
 */
function judgeOf(engine, family) {
  const [kept, known] = [keepers(), unwrappers()];
  return (claim) => {
    const [link] = claim.links;
    if (!link) return { group: 'untried', what: claim.says };
    const host = hostOf(link);
    if (claim.kind === 'request') {
      const isOwn = family.has(host);
      if (!isOwn && !family.soundsLike(link)) return undefined;
      const ours = letsPass(engine, claim);
      const what = link.replace('https://', '').replace(/\/$/, '');
      return ours ? { group: isOwn ? 'hosts' : 'names', what, ours, says: claim.says } : undefined;
    }
    if (claim.kind === 'redirector') {
      if (!leavesRedirector(engine, claim)) return undefined;
      const ours = known.find(({ holds }) => holds(link, ''))?.why;
      return { group: ours ? 'forms' : 'redirectors', what: link, ours, says: claim.says };
    }
    if (!leavesParameter(engine, claim)) return undefined;
    const what = link === `https://${ANY_HOST}/` ? `${claim.name}` : `${claim.name} in ${link}`;
    const why = kept.find(({ holds }) => holds(link, claim.name ?? ''))?.why;
    if (why) return { group: 'kept', what, ours: why };
    const group = family.has(host) ? 'family' : host === ANY_HOST ? 'everywhere' : 'sites';
    return { group, what, says: claim.says };
  };
}

/**
 * The report for people.
 *
 * @param {Report} report
 * @param {{ sites: boolean }} options whether parameters of other sites are named, not only counted
 */
export function written({ files, unread, rows }, { sites }) {
  const parts = Object.entries(GROUPS).map(([group, title]) => {
    const found = folded(rows.filter((row) => row.group === group)).sort((a, b) => a.what.localeCompare(b.what));
    const isNamed = !COUNTED.includes(group) || (sites && group === 'sites');
    const hint = group === 'sites' && !sites ? ' (--sites names them)' : '';
    return [`${title}: ${found.length}${hint}`, ...(isNamed ? found.map(line) : [])];
  });
  const read = files.map(({ file, kind, asked }) => `${file}: ${kind}, ${asked} lines or rules that could concern us`);
  const failed = unread.length > 0 ? [['Not read', ...unread.map((sentence) => `  ${sentence}`)]] : [];
  return `${[read, ...failed, ...parts].map((part) => part.join('\n')).join('\n\n')}\n`;
}

/**
 * Rows of one line that is about many hosts, as one row.
 *
 * @param {Row[]} rows
 * @returns {Row[]}
 */
function folded(rows) {
  /** @type {Map<string, Row[]>} */
  const lines = new Map();
  for (const row of rows) {
    const key = `${row.what.split(' in ')[0]} ${row.from.join(' ')}`;
    lines.set(key, [...(lines.get(key) ?? []), row]);
  }
  return [...lines.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    return more.length === 0 ? first : { ...first, what: `${first.what} and ${more.length} more` };
  });
}

/** @param {Row} row */
function line({ what, ours, says, from }) {
  const [shown, line] = [ours ? `ours: ${ours}` : '', says && !says.includes(what) ? shortened(says) : ''];
  return [`  ${shortened(what)}`, from.join(', '), shown, line].filter(Boolean).join('\n      ');
}

/** @param {string} text */
function shortened(text) {
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

if (process.argv[1] === import.meta.filename) {
  const words = process.argv.slice(2);
  const paths = words.filter((word) => !word.startsWith('--'));
  if (paths.length === 0) console.log('npm run pass -- [--sites] [--json] FILE…');
  else {
    const report = await compare(paths);
    const text = words.includes('--json') ? `${JSON.stringify(report, undefined, 2)}\n` : undefined;
    process.stdout.write(text ?? written(report, { sites: words.includes('--sites') }));
  }
}
