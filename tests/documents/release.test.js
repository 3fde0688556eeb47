// What is told to stores, reviewers and those who take part, and where it is checked.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { checkTag, notesOf, version } from '../../scripts/release.mjs';
import { ROOT } from '../../scripts/setup.mjs';

const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');
const manifest = JSON.parse(read('extension/manifest.json'));

test('each permission is justified to the stores, and no other', () => {
  const [, table = ''] = read('docs/store/privacy.md').split('# Permissions, one by one');
  const cells = [...table.matchAll(/^\| (?!permission|---|host access)([^|]+) \|/gm)].map(([, cell = '']) => cell);
  const named = cells.flatMap((cell) => cell.replace(/ \([^)]*\)/g, '').split(', '));
  assert.deepEqual(named.sort(), [...manifest.permissions, ...manifest.optional_permissions].sort());
});

/** @param {string} workflow @returns {string[]} what it runs, its tools' installation left out */
function runs(workflow) {
  const commands = [...read(`.github/workflows/${workflow}`).matchAll(/^ {6}- run: (.*?)(?: #.*)?$/gm)];
  return commands
    .map(([, command = '']) => command)
    .filter((command) => !command.startsWith('rustup toolchain install'));
}

test('the workflows run what anybody runs', () => {
  assert.deepEqual(readdirSync(join(ROOT, '.github/workflows')).sort(), ['advisories.yml', 'release.yml', 'test.yml']);
  assert.deepEqual(runs('test.yml'), ['.ci/run']);
  assert.deepEqual(runs('advisories.yml'), ['npm audit --audit-level=high']);
  const [upload = '', ...steps] = runs('release.yml').reverse();
  assert.deepEqual(steps.reverse(), [
    '.ci/run',
    ...['packages', 'lists', 'cli', 'sums'].map((step) => `node scripts/release.mjs ${step}`),
  ]);
  assert.match(upload, /^gh release create "\$GITHUB_REF_NAME" --verify-tag .* dist\/release\/\*$/);
  assert.match(read('.ci/run'), /^npm test --silent$/m);
});

test('actions are named by hash: a tag may be moved to other code', () => {
  const workflows = readdirSync(join(ROOT, '.github/workflows')).map((name) => read(`.github/workflows/${name}`));
  const used = workflows.flatMap((text) => [...text.matchAll(/uses: (.*)/g)].map(([, name = '']) => name));
  assert.ok(used.length > 3);
  assert.deepEqual(
    used.filter((name) => !/^[\w./-]+@[0-9a-f]{40} # v[\d.]+$/.test(name)),
    [],
  );
});

test('a release is of the version that its tag names, and says what changed', () => {
  assert.throws(() => checkTag({ GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.2.4' }, '1.2.3'), /v1\.2\.4.*1\.2\.3/);
  checkTag({ GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.2.3' }, '1.2.3');
  checkTag({ GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main' }, '1.2.3');
  const changelog = '# Changes\n\n## 1.2.3 (2027-01-02)\n\n- One.\n\n## 1.2.2\n\n- Other.\n\n## 1.2.1\n';
  assert.equal(notesOf(changelog, '1.2.3'), '- One.\n');
  assert.equal(notesOf(changelog, '1.2.2'), '- Other.\n');
  for (const none of ['1.2.1', '1.2', '1.2.4']) assert.throws(() => notesOf(changelog, none), /says nothing/);
  assert.ok(notesOf(read('CHANGELOG.md'), version()).length > 100);
});

test('the manifest alone has the version: what repeats it says the same, and packages of ours have none', () => {
  const ours = version();
  assert.equal(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1], ours, 'the newest section of CHANGELOG.md');
  assert.equal(
    /^ {4}Detick (\S+): report of/m.exec(read('docs/report.md'))?.[1],
    ours,
    'the example of docs/report.md',
  );
  for (const name of ['demo', 'demo-values'])
    assert.equal(JSON.parse(read(`docs/report/${name}.json`)).version, ours, name);
  assert.equal(JSON.parse(read('package.json')).version, undefined);
  assert.equal(JSON.parse(read('package-lock.json')).version, undefined);
  // A version there would change the bytes of the WebAssembly.
  assert.match(read('Cargo.toml'), /^\[workspace\.package\]\nversion = "0\.0\.0" /m);
  for (const name of ['xtask/Cargo.toml', 'Cargo.toml']) assert.match(read(name), /^version\.workspace = true$/m, name);
});

test('one compiler is pinned, not older than the crates ask for', () => {
  const [, major = '', minor = ''] = /^channel = "(\d+)\.(\d+)\.\d+"$/m.exec(read('rust-toolchain.toml')) ?? [];
  const [, leastMajor = '', leastMinor = ''] = /^rust-version = "(\d+)\.(\d+)"$/m.exec(read('Cargo.toml')) ?? [];
  assert.equal(major, leastMajor);
  assert.ok(Number(minor) >= Number(leastMinor), `${minor} is older than ${leastMinor}`);
});

test('reviewers are told commands that there are', () => {
  const [, building = ''] = read('docs/store/reviewers.md').split('## Building it');
  const commands = [...building.matchAll(/^ {4}(\S.*)$/gm)].map(([, line]) => line);
  assert.deepEqual(commands, ['npm ci', 'rustup toolchain install', 'cargo xtask package', 'sha256sum dist/detick-*']);
});

test('nothing of the machine that built the engine is in it', () => {
  const built = ['extension/wasm/detick_bg.wasm', 'extension/wasm/detick.js', 'extension/rules/engine.bin'];
  const traces = [ROOT.replace(/\/$/, ''), homedir()].filter((path) => path !== '/' && path.length > 1);
  for (const file of built) {
    const text = readFileSync(join(ROOT, file), 'latin1');
    assert.deepEqual(
      traces.filter((path) => text.includes(`${path}/`)),
      [],
      file,
    );
  }
});

/** @returns {string | false} why crates cannot be looked at here */
function whyNotDenied() {
  const works = (/** @type {string[]} */ command) => spawnSync('cargo', command, { cwd: ROOT }).status === 0;
  if (!works(['deny', '--version'])) return 'cargo-deny is not installed';
  // It looks at those of all systems. A build fetches those of its own.
  return works(['fetch', '--locked', '--offline']) ? false : 'not all crates are here: run `cargo fetch --locked`';
}

test('all crates come from where they may, under licences that they may have', { skip: whyNotDenied() }, () => {
  const command = ['deny', '--offline', 'check', 'licenses', 'bans', 'sources'];
  const { status, stderr } = spawnSync('cargo', command, { cwd: ROOT, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});

for (const document of [
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'PRIVACY.md',
  'README.md',
  'SECURITY.md',
  'docs/store/README.md',
  'docs/store/account.md',
  'docs/store/privacy.md',
  'docs/store/reviewers.md',
]) {
  test(`what ${document} points at is there`, () => {
    const links = [...read(document).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, path = '']) => path);
    const scripts = [...read(document).matchAll(/`?npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    assert.deepEqual(
      links.filter((path) => !existsSync(join(ROOT, dirname(document), path))),
      [],
    );
    assert.deepEqual(
      scripts.filter((name) => !(name in JSON.parse(read('package.json')).scripts)),
      [],
    );
  });
}
