// What is wrong with a line is said in the person's language, where there is a sentence for it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';
import { reset, world } from './fake-browser.js';

const { complaintWords } = await import('../../extension/shared/complaints.js');

const UNKNOWN = { code: 'unknown-option', named: ['domian'], why: 'unknown option `domian`' };

beforeEach(() => {
  reset();
  world.messages = { language: 'de', wrong_unknown_option: 'Unbekannte Option: $1' };
  world.language = 'de-AT';
});

test('a complaint is told in the person’s language, what stands in the line keeping its own direction', () => {
  assert.equal(complaintWords(UNKNOWN), 'Unbekannte Option: \u2068domian\u2069');
});

test('where there is no such sentence, or the language is English, the engine speaks', () => {
  assert.equal(complaintWords({ code: 'beyond-all', named: [], why: 'rules cannot' }), 'rules cannot');
  world.messages.language = 'en';
  world.language = 'en-GB';
  assert.equal(complaintWords(UNKNOWN), UNKNOWN.why);
});

/** @param {string} path below `src` @returns {string[]} the codes that the functions named `code` there give */
function codesIn(path) {
  const source = readFileSync(new URL(`../../src/${path}`, import.meta.url), 'utf8');
  const functions = [...source.matchAll(/pub fn code\(&self\).*?\n {4}\}\n/gs)].map(([words]) => words);
  return functions.flatMap((words) => [...words.matchAll(/ => "([a-z0-9-]+)"/g)].map(([, code]) => String(code)));
}

/** Never seen in the extension: it keeps lists from being that large, shows fewer lines, and is told what is unread. */
const ELSEWHERE = ['list-too-large', 'more', 'unread'];

test('whatever can be wrong with a line that the extension shows has a sentence', () => {
  const codes = ['filter/error.rs', 'list/complaint.rs', 'lint.rs', 'dnr/unsupported.rs'].flatMap(codesIn);
  const english = JSON.parse(
    readFileSync(new URL('../../extension/_locales/en/messages.json', import.meta.url), 'utf8'),
  );
  assert.equal(codes.length, 53);
  const missing = codes.filter((code) => !(`wrong_${code.replaceAll('-', '_')}` in english));
  assert.deepEqual(missing.sort(), ELSEWHERE);
});

test('every such sentence is for something that the engine says', () => {
  const sources = ['filter/error.rs', 'list/complaint.rs', 'lint.rs', 'dnr/unsupported.rs', 'wasm/compiler/values.rs'];
  const codes = sources.flatMap((name) => {
    const source = readFileSync(new URL(`../../src/${name}`, import.meta.url), 'utf8');
    return [...source.matchAll(/(?:=> |code: )"([a-z0-9-]+)"/g)].map(([, code]) => String(code));
  });
  const english = readFileSync(new URL('../../extension/_locales/en/messages.json', import.meta.url), 'utf8');
  const keys = Object.keys(JSON.parse(english)).filter((key) => key.startsWith('wrong_'));
  assert.ok(keys.length > 15);
  assert.deepEqual(
    keys.filter((key) => !codes.includes(key.slice('wrong_'.length).replaceAll('_', '-'))),
    [],
  );
});
