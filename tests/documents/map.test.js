// ARCHITECTURE.md says of every folder what it owns, and leads from one to the next.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const ROOT = new URL('../../', import.meta.url);
const text = readFileSync(new URL('ARCHITECTURE.md', ROOT), 'utf8');
const [, map = ''] = /^## Where things are\n([\s\S]*?)^## /m.exec(text) ?? [];
const rows = [...map.matchAll(/^\| (`.+?`) \|/gm)].map(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(String));
const named = rows.flat().map((path) => path.replaceAll('`', '').split(',')[0] ?? '');

/** What a build or a tool writes, as git knows it. */
const MADE = readFileSync(new URL('.gitignore', ROOT), 'utf8').split('\n');

/** @param {string} folder with a `/` at its end, or nothing @returns {string[]} the folders in it */
function foldersIn(folder) {
  return readdirSync(new URL(folder, ROOT), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => `${folder}${name}/`)
    .filter((path) => !MADE.includes(`/${path}`) && !MADE.includes(path));
}

test('every folder has its row', () => {
  const folders = ['', 'src/', 'extension/', 'extension/background/'].flatMap(foldersIn);
  assert.ok(folders.length > 30);
  const told = (/** @type {string} */ folder) => named.some((path) => path.startsWith(folder));
  assert.deepEqual(
    folders.filter((folder) => !told(folder)),
    [],
  );
});

test('what a row names is there', () => {
  assert.ok(named.length > 45);
  assert.deepEqual(
    named.filter((path) => !existsSync(new URL(path, ROOT))),
    [],
  );
});

test('rows about one folder stand together', () => {
  const tops = rows.map(([first = '']) => first.replaceAll('`', '').split('/')[0]);
  const runs = tops.filter((top, index) => top !== tops[index - 1]);
  assert.deepEqual(runs, [...new Set(runs)]);
});
