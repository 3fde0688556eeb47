// `npm run test:reproducible`: the packages are the same bytes on a second run, and when a reviewer builds them: from
// the archive of the source, in a folder of its own, with nothing compiled before, by the very commands of
// docs/store/reviewers.md.
//
// Takes as long as a first build, and needs the network or a full cache of npm and cargo. DETICK_FOLDER names another
// place to build in.

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './command.mjs';
import { ROOT } from './setup.mjs';

/** @param {string} title @param {string[]} command @param {string} cwd @returns {Promise<string>} what it printed */
async function must(title, command, cwd) {
  const { ok, output, seconds } = await run(title, command, {
    cwd,
    // As on the machine of somebody else: nothing that this one has set for itself.
    env: { CARGO_TARGET_DIR: undefined, RUSTFLAGS: undefined, CARGO_ENCODED_RUSTFLAGS: undefined },
  });
  if (!ok) throw new Error(`${output.slice(-4000)}\n${title}: failed`);
  console.log(`${title}: done in ${seconds.toFixed(0)} s`);
  return output;
}

/** @param {string} root @returns {Record<string, string>} the packages there, file name -> SHA-256 */
function digests(root) {
  const names = readdirSync(join(root, 'dist')).filter((name) => /^detick-(chrome|firefox)-/.test(name));
  const digest = (/** @type {string} */ name) =>
    createHash('sha256')
      .update(readFileSync(join(root, 'dist', name)))
      .digest('hex');
  return Object.fromEntries(names.sort().map((name) => [name, digest(name)]));
}

/** @returns {string[]} the commands that reviewers are told to run */
function commands() {
  const [, building = ''] = readFileSync(join(ROOT, 'docs/store/reviewers.md'), 'utf8').split('## Building it');
  return [...building.matchAll(/^ {4}(\S.*)$/gm)].map(([, line = '']) => line);
}

/**
 * @param {string} what
 * @param {Record<string, string>} here
 * @param {Record<string, string>} there
 * @returns {boolean}
 */
function compare(what, here, there) {
  const isSame = JSON.stringify(here) === JSON.stringify(there);
  console.log(`${isSame ? 'same' : 'DIFFERENT'}: ${what}`);
  for (const [name, digest] of Object.entries(there)) console.log(`  ${digest}  ${name}`);
  return isSame && Object.keys(there).length === 2;
}

rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
await must('Packages', ['cargo', 'xtask', 'package'], ROOT);
const first = digests(ROOT);
await must('Packages, a second time', ['cargo', 'xtask', 'package'], ROOT);
const results = [compare('a second run', first, digests(ROOT))];

const printed = await must('Source for reviewers', ['node', 'scripts/source-for-reviewers.mjs'], ROOT);
const archive = /^dist\/\S+?(?=:)/m.exec(printed)?.[0] ?? '';
const folder = mkdtempSync(join(process.env.DETICK_FOLDER ?? tmpdir(), 'a reviewer of '));
try {
  await must('Unpacking', ['tar', '--extract', '--strip-components=1', `--file=${join(ROOT, archive)}`], folder);
  for (const line of commands()) await must(line, ['sh', '-c', line], folder);
  results.push(compare('from the archive, in a folder of its own', first, digests(folder)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const passed = results.filter(Boolean).length;
console.log(`\n${passed} passed, ${results.length - passed} failed, 0 skipped`);
if (passed < results.length) process.exitCode = 1;
