// `npm run release`: everything that a release has, in dist/release/, by the steps that the workflow takes; it uploads
// nothing. From a clean clone it needs Rust and the network, or full caches of npm and cargo.
//
//     node scripts/release.mjs packages   the extension for both browsers, its source, and what ships in it
//     node scripts/release.mjs lists      our lists for those who subscribe to them between releases
//     node scripts/release.mjs cli        the command line for this machine, with its manual and completions
//     node scripts/release.mjs sums       SHA256SUMS over what is there, and dist/release-notes.md
//
// Without words it takes all four steps.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './command.mjs';
import { PUBLISHED, publishedLists } from './published.mjs';
import { ROOT, setUp } from './setup.mjs';
import { asBillOfMaterials, commandLineCrates, shippedCrates, shippedPackages } from './third-party.mjs';

const DIST = join(ROOT, 'dist');
const RELEASE = join(DIST, 'release');
const SUMS = 'SHA256SUMS';

/** Whose completions `detick` writes. */
const SHELLS = ['bash', 'zsh', 'fish', 'powershell', 'elvish'];

/** @type {Record<string, () => Promise<void>>} */
const STEPS = { packages, lists, cli, sums };

/** @returns {string} of the extension: the one place that has it */
export function version() {
  return JSON.parse(readFileSync(join(ROOT, 'extension/manifest.json'), 'utf8')).version;
}

/**
 * @param {string} changelog
 * @param {string} wanted
 * @returns {string} what it says of a version
 * @throws {Error} if it says nothing
 */
export function notesOf(changelog, wanted) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((one) => one.startsWith(`${wanted} `) || one.startsWith(`${wanted}\n`));
  const notes = section?.slice(section.indexOf('\n')).trim() ?? '';
  if (notes === '') throw new Error(`CHANGELOG.md says nothing of ${wanted}.`);
  return `${notes}\n`;
}

/**
 * A tag names the version that it is of.
 *
 * @param {NodeJS.ProcessEnv} env as on a machine of GitHub's
 * @param {string} ours
 * @throws {Error} if it names another
 */
export function checkTag({ GITHUB_REF_TYPE, GITHUB_REF_NAME }, ours) {
  if (GITHUB_REF_TYPE === 'tag' && GITHUB_REF_NAME !== `v${ours}`)
    throw new Error(`The tag is ${GITHUB_REF_NAME}, the extension's version is ${ours}.`);
}

/** @param {string} title @param {string[]} command @param {string} [cwd] @returns {Promise<string>} what it printed */
async function must(title, command, cwd = ROOT) {
  const { ok, output, seconds } = await run(title, command, { cwd });
  if (!ok) throw new Error(`${output.slice(-4000)}\n${title}: failed`);
  console.log(`${title}: done in ${seconds.toFixed(0)} s`);
  return output;
}

async function packages() {
  await setUp(['rust', 'npm', 'wasm']);
  const ours = version();
  await must('Packages', ['cargo', 'xtask', 'package']);
  await must('Source', [process.execPath, 'scripts/source-for-reviewers.mjs']);
  for (const name of [`chrome-${ours}.zip`, `firefox-${ours}.xpi`, `source-${ours}.tar.gz`])
    copyFileSync(join(DIST, `detick-${name}`), join(RELEASE, `detick-${name}`));
  const bill = asBillOfMaterials(shippedCrates(), shippedPackages(), ours);
  writeFileSync(join(RELEASE, `detick-${ours}.cdx.json`), bill);
}

async function lists() {
  writeFileSync(join(RELEASE, PUBLISHED), publishedLists(version()));
}

async function cli() {
  const ours = version();
  await must('Command line', ['cargo', 'build', '--release', '--locked', '--package', 'detick', '--bin', 'detick']);
  const target = await targetFolder();
  const [, host = ''] = /^host: (\S+)$/m.exec(await must('Compiler', ['rustc', '-vV'])) ?? [];
  const program = process.platform === 'win32' ? 'detick.exe' : 'detick';
  const name = `detick-cli-${ours}-${host}`;
  const folder = join(DIST, name);
  rmSync(folder, { recursive: true, force: true });
  for (const part of ['man', 'completions']) mkdirSync(join(folder, part), { recursive: true });
  copyFileSync(join(target, 'release', program), join(folder, program));
  copyFileSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  execFileSync(join(folder, program), ['man', '--out', join(folder, 'man')]);
  for (const shell of SHELLS) {
    const script = execFileSync(join(folder, program), ['completions', shell]);
    writeFileSync(join(folder, 'completions', `detick.${shell}`), script);
  }
  // Names without a drive: the tar of Git for Windows takes what stands before a colon for another machine.
  await must('Archive', ['tar', '-czf', `release/${name}.tar.gz`, name], DIST);
  const bill = asBillOfMaterials(commandLineCrates(host), [], ours);
  writeFileSync(join(RELEASE, `${name}.cdx.json`), bill);
}

/** @returns {Promise<string>} where cargo builds */
async function targetFolder() {
  const told = execFileSync('cargo', ['metadata', '--format-version=1', '--no-deps', '--locked'], { cwd: ROOT });
  return JSON.parse(told.toString()).target_directory;
}

async function sums() {
  const ours = version();
  const names = readdirSync(RELEASE).filter((name) => name !== SUMS);
  const lines = names.sort().map((name) => `${digest(readFileSync(join(RELEASE, name)))}  ${name}\n`);
  writeFileSync(join(RELEASE, SUMS), lines.join(''));
  process.stdout.write(lines.join(''));
  const notes = notesOf(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), ours);
  writeFileSync(join(DIST, 'release-notes.md'), notes);
}

/** @param {Buffer} bytes @returns {string} */
function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

async function main() {
  checkTag(process.env, version());
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !Object.hasOwn(STEPS, name));
  if (unknown.length > 0)
    throw new Error(`There are the steps ${Object.keys(STEPS).join(', ')}, not ${unknown.join(', ')}.`);
  if (wanted.length === 0) rmSync(RELEASE, { recursive: true, force: true });
  mkdirSync(RELEASE, { recursive: true });
  for (const name of wanted.length > 0 ? wanted : Object.keys(STEPS)) await STEPS[name]?.();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
