// What browsers load: the modules of extension/, joined.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import {
  entries,
  JOINED,
  joinContent,
  joinExtension,
  joinModule,
  LIBRARY_FOLDER,
  SOURCE,
} from '../../scripts/join.mjs';

await joinExtension();

const files = readdirSync(JOINED, { recursive: true, encoding: 'utf8' }).filter((name) => !/^_metadata/.test(name));
const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' });
const { modules, content } = entries(sources);
const read = (/** @type {string} */ name) => readFileSync(join(JOINED, name), 'utf8');
const manifest = JSON.parse(read('manifest.json'));

test('a page, the background and each content script are one file each, and the engine comes later where a page can wait', () => {
  const scripts = files.filter((name) => name.endsWith('.js') && !/^(forward|surrogates)/.test(name));
  assert.deepEqual(scripts.sort(), [...modules, ...content, 'popup/links.js'].sort());
  const importing = scripts.filter((name) => /^import\b|\bimport\((?!'[^']*'\)\.[A-Z])/m.test(read(name)));
  assert.deepEqual(importing.sort(), ['popup/links.js', 'popup/page.js']);
  assert.deepEqual(read('popup/page.js').match(/\bimport\('[^']*'\)(?!\.[A-Z])/g), ["import('./links.js')"]);
});

/** @param {string} part as its first line names it */
const pathOf = (part) =>
  join(part.startsWith('extension/') ? dirname(SOURCE) : LIBRARY_FOLDER, part.replace('node_modules/preact/', ''));

test('what is joined says of which module each part is, and maps no source', () => {
  for (const name of [...modules, ...content]) {
    const parts = [...read(name).matchAll(/^\/\/ ((?:extension|node_modules\/preact)\/\S+\.js)$/gm)].map(
      ([, part = '']) => part,
    );
    assert.equal(parts.at(-1), `extension/${name}`);
    assert.deepEqual(
      parts.filter((part) => !existsSync(pathOf(part))),
      [],
    );
    assert.doesNotMatch(read(name), /sourceMappingURL/);
  }
});

test('what ships makes no markup of a text, the library that pages draw with included', () => {
  const drawn = modules.filter((name) => read(name).includes('// node_modules/preact/src/diff/index.js'));
  assert.ok(drawn.includes('popup/page.js'));
  for (const name of [...modules, ...content]) {
    assert.doesNotMatch(
      read(name),
      /(?:innerHTML|outerHTML)\s*=[^=]|insertAdjacentHTML|document\.write|\beval\(|new Function\b/,
    );
  }
  assert.match(read('licences/preact.txt'), /MIT License[\s\S]*Jason Miller/);
});

test('the background and content scripts draw nothing, and have no library for it', () => {
  for (const name of ['background.js', ...content]) assert.doesNotMatch(read(name), /node_modules/);
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

test('what is joined again is the same bytes', async () => {
  assert.deepEqual(await joinModule('background.js'), [['background.js', read('background.js')]]);
  assert.deepEqual(await joinContent('content/copy.js'), read('content/copy.js'));
});

test('content scripts know no modules, and leave the world they run in as it was', () => {
  for (const name of content)
    assert.match(read(name), /^\(function \(\) \{\n'use strict';\n[\s\S]*\n\}\)\(\);\n$/, name);
});
