// Invariants of ARCHITECTURE.md that the sources themselves show.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** @param {string} folder @param {RegExp} wanted @returns {Record<string, string>} path -> text */
function sources(folder, wanted) {
  const root = new URL(`../../${folder}/`, import.meta.url);
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => wanted.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, root), 'utf8')]));
}

const scripts = sources('extension', /^(?!wasm|_metadata).*\.js$/);
const engine = sources('src', /^(?!main\.rs|cli|wasm|reference\.rs).*(?<!tests)\.rs$/);

/** @param {Record<string, string>} files @param {RegExp} pattern @returns {string[]} */
const filesWith = (files, pattern) =>
  Object.keys(files)
    .filter((name) => pattern.test(files[name] ?? ''))
    .sort();

test('the engine knows no files, no clock and no browser', () => {
  const outside =
    /std::(fs|env|process|io|time|thread)\b|std::net::(Tcp|Udp|To)|SystemTime|Instant::now|js_sys|web_sys|wasm_bindgen/;
  const code = Object.fromEntries(Object.entries(engine).map(([name, text]) => [name, withoutTests(text)]));
  assert.ok(Object.keys(code).length > 20);
  assert.deepEqual(filesWith(code, outside), ['address/host.rs']); // Host::parse asks the browser's own URL parser, in wasm alone.
});

test('what the browser keeps for us has one caller each', () => {
  assert.deepEqual(filesWith(scripts, /api\.declarativeNetRequest\b/), ['background/rules/browser-rules.js']);
  assert.deepEqual(filesWith(scripts, /setBadgeText/), ['background/icon/badge.js']);
});

test('pages of ours lead to the web in one way', () => {
  assert.deepEqual(filesWith(scripts, /\blocation\.(?:replace|assign)\(|\blocation\.href = |[^t] location = /), [
    'forward.js',
  ]);
  assert.deepEqual(filesWith(scripts, /forward\.html/), ['shared/leaving.js']);
});

test('each stored key has one writer', () => {
  const rows = (scripts['stored/keys.js'] ?? '').matchAll(/^ {2}(\w+): \{[^}]*?area: [\s\S]*?writer: '([^']+)'/gm);
  const writers = Object.fromEntries([...rows].map(([, key = '', writer]) => [key, writer]));
  assert.ok(Object.keys(writers).length > 18);
  /** @type {[string, string][]} */
  const writes = Object.entries(scripts).flatMap(([name, text]) =>
    [...text.matchAll(/\bkeys\.(?:put|change)\(\s*'(\w+)'/g)].map(
      ([, key = '']) => /** @type {[string, string]} */ ([key, name]),
    ),
  );
  // Of news one says that there are some, the other that they were read.
  const strangers = writes.filter(([key, name]) => writers[key] !== name && name !== 'options/about.js');
  assert.deepEqual(strangers, []);
  const written = new Set(writes.map(([key]) => key));
  const unwritten = Object.keys(writers).filter((key) => !written.has(key));
  assert.deepEqual(unwritten, ['settings', 'ownLines', 'tab', 'left']);
  const otherwise = filesWith(scripts, /storage\.(local|session)\.(get|set|remove)\(/);
  const those = unwritten.map((key) => writers[key] ?? '');
  assert.deepEqual(otherwise, [...new Set(['options/storage.js', 'stored/twice.js', ...those])].sort());
});

test('each stored key is in the privacy statement', () => {
  const table =
    readFileSync(new URL('../../PRIVACY.md', import.meta.url), 'utf8').split('**Requests of its own.**')[0] ?? '';
  const told = [...table.matchAll(/`(\w+)(?::ID)?`/g)].map(([, key]) => key);
  const stored = (scripts['stored/keys.js'] ?? '').matchAll(/^ {2}(\w+): \{[^}]*?area: /gm);
  const untold = [...stored].map(([, key]) => key).filter((key) => !told.includes(key));
  assert.deepEqual(untold, []);
});

/** @param {string} text of a Rust file */
function withoutTests(text) {
  return text.split('#[cfg(test)]')[0] ?? '';
}
