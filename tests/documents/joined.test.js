// What browsers load: the modules of extension/, joined.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { test } from 'node:test';
import {
  entries,
  JOINED,
  joinContent,
  joinExtension,
  joinModule,
  LIBRARY_FILE,
  LIBRARY_FOLDER,
  SOURCE,
} from '../../scripts/join.mjs';

await joinExtension();

/** The editor of own lines, with the library that it is made of. */
const EDITOR_FILE = 'options/editor.js';

const files = readdirSync(JOINED, { recursive: true, encoding: 'utf8' }).filter((name) => !/^_metadata/.test(name));
const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' });
const { modules, content } = entries(sources);
const read = (/** @type {string} */ name) => readFileSync(join(JOINED, name), 'utf8');
const manifest = JSON.parse(read('manifest.json'));

/** What pages load when it is needed, each beside its page: the popup's engine, and the editor of own lines. */
const LATER = ['popup/later.js', EDITOR_FILE];

/** Pages whose head names the library: those that people come to see. */
const drawing = modules.filter((name) => /\/page\.js$/.test(name) && hasHead(name.replace(/js$/, 'html')));

/** @param {string} page */
function hasHead(page) {
  return read(page).includes(`<link rel="modulepreload" href="/${LIBRARY_FILE}">`);
}

test('a page, the background and each content script are one file each, and the engine comes later where a page can wait', () => {
  const scripts = files.filter((name) => name.endsWith('.js') && !/^(forward|surrogates)/.test(name));
  assert.deepEqual(scripts.sort(), [...modules, ...content, LIBRARY_FILE, ...LATER].sort());
  const importing = scripts.filter((name) => /^import\b|\bimport\((?!'[^']*'\)\.[A-Z])/m.test(read(name)));
  assert.deepEqual(importing.sort(), [...drawing, ...LATER].sort());
  for (const name of LATER) {
    const page = join(dirname(name), 'page.js');
    assert.deepEqual(read(page).match(/\bimport\('[^']*'\)(?!\.[A-Z])/g), [`import('./${basename(name)}')`]);
  }
});

test('pages that draw share one file of the library, which has what they call and is in no other file', () => {
  assert.ok(drawing.length > 4);
  const [, last = ''] = read(LIBRARY_FILE).match(/^export \{ (.+) \};\n$/m) ?? [];
  const called = drawing.flatMap((name) => {
    const imports = [...read(name).matchAll(/^import \{ (.+) \} from '(.+)';$/gm)];
    assert.deepEqual(
      imports.map(([, , from]) => from),
      [`/${LIBRARY_FILE}`],
    );
    return String(imports[0]?.[1]).split(', ');
  });
  assert.deepEqual(
    last
      .split(', ')
      .map((name) => name.replace(/^.+ as /, ''))
      .sort(),
    [...new Set(called)].sort(),
  );
  for (const name of [...modules, ...content, 'popup/later.js']) assert.doesNotMatch(read(name), /node_modules/, name);
  assert.match(read(EDITOR_FILE), /^\/\/ node_modules\/@codemirror\/view\//m);
});

/** @param {string} part as its first line names it */
const pathOf = (part) =>
  join(part.startsWith('extension/') ? dirname(SOURCE) : LIBRARY_FOLDER, part.replace('node_modules/preact/', ''));

test('what is joined says of which module each part is, and maps no source', () => {
  for (const name of [...modules, ...content, LIBRARY_FILE]) {
    const parts = [...read(name).matchAll(/^\/\/ ((?:extension|node_modules\/preact)\/\S+\.js)$/gm)].map(
      ([, part = '']) => part,
    );
    assert.equal(parts.at(-1), name === LIBRARY_FILE ? 'node_modules/preact/src/render.js' : `extension/${name}`);
    assert.deepEqual(
      parts.filter((part) => !existsSync(pathOf(part))),
      [],
    );
    assert.doesNotMatch(read(name), /sourceMappingURL/);
  }
});

test('what ships makes no markup of a text, the library that pages draw with included', () => {
  assert.match(read(LIBRARY_FILE), /^\/\/ node_modules\/preact\/src\/diff\/index\.js$/m);
  for (const name of [...modules, ...content, LIBRARY_FILE, ...LATER]) {
    assert.doesNotMatch(
      read(name),
      /(?:innerHTML|outerHTML)\s*=[^=]|insertAdjacentHTML|document\.write|\beval\(|new Function\b/,
    );
  }
  assert.match(read('licences/preact.txt'), /MIT License[\s\S]*Jason Miller/);
});

test('what the manifest and the background name is in the folder that browsers load', () => {
  const { background, content_scripts, declarative_net_request, action, options_ui, storage } = manifest;
  const rules = declarative_net_request.rule_resources.map((/** @type {{ path: string }} */ { path }) => path);
  const registered = [...read('background.js').matchAll(/'(content\/[\w-]+\.js)'/g)].map(([, path]) => String(path));
  const named = [
    ...background.scripts,
    background.service_worker,
    ...content_scripts.flatMap((/** @type {{ js: string[] }} */ { js }) => js),
    ...registered,
    ...rules,
    action.default_popup,
    options_ui.page,
    storage.managed_schema,
  ];
  assert.ok(registered.length > 2);
  assert.deepEqual(
    named.filter((path) => !existsSync(join(JOINED, path))),
    [],
  );
});

test('each file that a script names from its own place is there', () => {
  for (const name of modules) {
    const named = [...read(name).matchAll(/new URL\('([^']+)', new URL\('([^']+)', import\.meta\.url\)/g)];
    for (const [, path = '', place = ''] of named) {
      const file = join(JOINED, dirname(name), dirname(place), path);
      assert.ok(existsSync(file), `${name}: ${path} from ${place}`);
    }
  }
});

test('a style sheet holds its parts where it names them, and they are no files of their own', () => {
  const named = [...readFileSync(join(SOURCE, 'popup/page.css'), 'utf8').matchAll(/^@import "(.+)";$/gm)];
  const parts = named.map(([, path = '']) => posix.join('popup', path));
  assert.ok(parts.includes('popup/frame.css') && parts.includes('shared/cards.css'));
  const style = read('popup/page.css');
  assert.deepEqual(
    [...style.matchAll(/^\/\* extension\/(\S+\.css) \*\/$/gm)].map(([, path]) => path),
    parts,
  );
  for (const part of parts) {
    assert.ok(style.includes(readFileSync(join(SOURCE, part), 'utf8')), part);
    assert.ok(!existsSync(join(JOINED, part)), part);
  }
});

test('what is joined again is the same bytes', async () => {
  assert.deepEqual(await joinModule('background.js'), [['background.js', read('background.js')]]);
  assert.deepEqual(await joinContent('content/copy.js'), read('content/copy.js'));
});

test('content scripts know no modules, and leave the world they run in as it was', () => {
  for (const name of content)
    assert.match(read(name), /^\(function \(\) \{\n'use strict';\n[\s\S]*\n\}\)\(\);\n$/, name);
});
