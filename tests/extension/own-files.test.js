// Detick's own pages bring everything with them, and write text, never markup.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { JOINED, joinExtension } from '../../scripts/join.mjs';

await joinExtension();

const EXTENSION = new URL('../../extension/', import.meta.url).pathname;

/** @param {string} folder @param {string} ending @returns {[string, string][]} names and contents */
const filesIn = (folder, ending) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !/^(wasm|vendor|rules|surrogates|_metadata)\//.test(file))
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')]);

/** Ways to make markup or code of a text. */
const RISKY =
  /innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|document\.write|createContextualFragment|srcdoc(?:'|"|\s*=(?! ''))|\beval\(|new Function/;

test('no script makes markup or code of a text', () => {
  const scripts = filesIn(EXTENSION, '.js');
  assert.ok(scripts.length > 50);
  assert.deepEqual(
    scripts.filter(([, source]) => RISKY.test(source)).map(([file]) => file),
    [],
  );
});

test('pages and styles name only files that come with them', () => {
  const pages = filesIn(JOINED, '.html');
  assert.ok(pages.length >= 8);
  for (const [file, source] of pages) {
    const named = [...source.matchAll(/\b(?:src|href|action)="([^"]*)"/g)].map(([, path]) => String(path));
    for (const path of named) {
      const folder = path.startsWith('/') ? JOINED : join(JOINED, dirname(file));
      assert.ok(existsSync(join(folder, path)), `${file}: ${path}`);
    }
    assert.doesNotMatch(source, /<style|style="|\son\w+="|<script>/, file);
  }
  for (const [file, source] of filesIn(JOINED, '.css'))
    assert.doesNotMatch(source, /@import|url\((?!["']?data:)/, file);
});

test('every page says its language, and how wide it may be', () => {
  for (const [file, source] of filesIn(JOINED, '.html')) {
    if (!source.includes('<script')) continue;
    assert.match(source, /<html lang="/, file);
    if (!/^(offscreen|forward)/.test(file)) assert.match(source, /name="viewport"/, file);
  }
});
