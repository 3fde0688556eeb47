// What is told to stores, reviewers and those who take part, and where it is checked.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../scripts/setup.mjs';

const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');
const manifest = JSON.parse(read('extension/manifest.json'));

test('each permission is justified to the stores, and no other', () => {
  const [, table = ''] = read('docs/store/privacy.md').split('# Permissions, one by one');
  const cells = [...table.matchAll(/^\| (?!permission|---|host access)([^|]+) \|/gm)].map(([, cell = '']) => cell);
  const named = cells.flatMap((cell) => cell.replace(/ \([^)]*\)/g, '').split(', '));
  assert.deepEqual(named.sort(), [...manifest.permissions].sort());
});

test('the summary fits the stores', () => {
  const [, summary = ''] = /# Summary[^\n]*\n\n([^\n]+)/.exec(read('docs/store/description.md')) ?? [];
  assert.ok(summary.length > 40 && summary.length <= 132, `${summary.length} characters`);
});

test('the workflow runs what anybody runs', () => {
  assert.match(read('.github/workflows/test.yml'), /^ {6}- run: \.ci\/run$/m);
  assert.match(read('.ci/run'), /^npm test --silent$/m);
});

for (const document of [
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'PRIVACY.md',
  'README.md',
  'SECURITY.md',
  'docs/store/README.md',
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
