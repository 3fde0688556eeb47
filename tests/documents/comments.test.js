/** Comments are as wide as code, name files that exist, and can be read each by itself. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const ROOT = new URL('../../', import.meta.url);
const FOLDERS = ['bench', 'benches', 'examples', 'extension', 'fuzz', 'harness', 'scripts', 'src', 'tests', 'xtask'];
/** What a build or a tool writes. */
const MADE = /(^|\/)(target|node_modules|corpus|artifacts)\/|^extension\/(wasm|_metadata|rules)\//;

/** TikTok's, a library's and a browser's files. */
const OTHERS = ['events.js', 'embed.js', 'fingerprint2.js', 'ExtensionPermissionMessages.sys.mjs'];

const files = FOLDERS.flatMap(filesBelow).filter((file) => !MADE.test(file));
const comments = files.filter((file) => /\.(rs|js|mjs|ts)$/.test(file)).flatMap(commentsOf);

/** @param {string} folder @returns {string[]} paths from the root */
function filesBelow(folder) {
  const names = readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' });
  return names.map((name) => `${folder}/${name}`);
}

/** @typedef {{ where: string, line: string, text: string }} Comment one line of one, `text` without its marks */

/** @param {string} file @returns {Comment[]} lines that hold nothing else */
function commentsOf(file) {
  const lines = readFileSync(new URL(file, ROOT), 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    const [, text] = /^\s*(?:\/\/[/!]?|\/\*\*|\*(?!\/))\s?(.*?)(?:\s*\*\/)?$/.exec(line) ?? [];
    return text === undefined ? [] : [{ where: `${file}:${index + 1}`, line, text }];
  });
}

/** As formatters keep code. */
const WIDTH = 120;

test('comments are as wide as code may be', () => {
  // A type, a table and an example cannot be broken.
  const broken = comments.filter(({ line, text }) => line.length > WIDTH && !/^[@|]|^assert/.test(text));
  assert.deepEqual(
    broken.map(({ where }) => where),
    [],
  );
});

test('a file that a comment names exists', () => {
  assert.ok(comments.length > 3000, `${comments.length} lines of comments`);
  const wrong = comments.flatMap(({ where, text }) => {
    const found = text.matchAll(/(?<![\w./*-])((?:[\w-]+\/)*[\w.-]+\.(?:rs|js|mjs|html|css))\b(?![\w/(.])/g);
    return [...found].map(([, name = '']) => ({ where, name })).filter(({ name }) => !exists(name));
  });
  assert.deepEqual(wrong, []);
});

test('no comment leans on the one above it', () => {
  const leaning = comments.filter(({ text }) =>
    /^(The same[.,]|The same (for|of|as|with|in)\b|[Ll]ikewise)/.test(text),
  );
  assert.deepEqual(
    leaning.map(({ where, text }) => `${where} ${text}`),
    [],
  );
});

/** @param {string} name with or without its folders */
function exists(name) {
  return /\bwasm\//.test(name) || ['build.rs', ...OTHERS, ...files].some((file) => `/${file}`.endsWith(`/${name}`));
}
