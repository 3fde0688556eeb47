import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import './fake-browser.js';

const { fromFile, NotTaken, toFile } = await import('../../extension/stored/exchange.js');
const { DEFAULTS } = await import('../../extension/stored/settings.js');

const CHOSEN = {
  ...DEFAULTS,
  paused: [{ host: 'shop.example', until: 0 }],
  keep: [{ host: 'news.example', name: 'q' }],
  linksOff: ['bank.example'],
  removeReferral: true,
  lists: [{ url: 'https://lists.example/a.txt', on: true, trusted: false }],
};

test('what was exported is imported as it was', () => {
  for (const ownLines of ['||a.example^\n', '']) {
    assert.deepEqual(fromFile(toFile(CHOSEN, ownLines, new Date(0))), { settings: CHOSEN, ownLines });
  }
});

test('what a file does not mention is left as it is', () => {
  assert.deepEqual(fromFile('{"detick": 1, "settings": {"badge": false}}'), { settings: { badge: false } });
});

test('files of every version so far can still be imported', () => {
  const first = readFileSync(new URL('exported-1.json', import.meta.url), 'utf8');
  assert.equal(fromFile(first).settings.level, 'visitor');
});

/** @type {[string, string, string, (string | number)[]][]} */
const REFUSED = [
  ['a mistake in JSON, with its place', '{\n  "detick": 1,\n  oops\n}', 'importNotJson', [3, 3]],
  ['a file that stops in the middle', '{"detick": 1', 'importNotJson', [1, 13]],
  ['something else', '[1, 2]', 'importOther', []],
  ['nothing', 'null', 'importOther', []],
  ['a file without settings', '{"detick": 1}', 'importOther', []],
  ['a newer file', '{"detick": 3, "settings": {"colour": 1}}', 'importNewer', []],
  ['no version', '{"detick": 0, "settings": {}}', 'importOther', []],
  ['half a version', '{"detick": 1.5, "settings": {}}', 'importOther', []],
  ['own lines that are no text', '{"detick": 2, "settings": {}, "ownLines": 7}', 'importWrong', ['ownLines']],
  ['an unknown setting', '{"detick": 1, "settings": {"colour": 1}}', 'importUnknown', ['colour']],
  ['a name from the language itself', '{"detick": 1, "settings": {"toString": 1}}', 'importUnknown', ['toString']],
  ['a wrong kind', '{"detick": 1, "settings": {"badge": "yes"}}', 'importWrong', ['badge']],
  ['a wrong entry', '{"detick": 1, "settings": {"paused": [{"host": "a b", "until": 0}]}}', 'importWrong', ['paused']],
  ['a huge file', ' '.repeat(5_000_001), 'importTooLong', []],
];

for (const [name, text, key, values] of REFUSED) {
  test(`refused, with the reason: ${name}`, () => {
    assert.throws(
      () => fromFile(text),
      (error) => error instanceof NotTaken && error.key === key && assert.deepEqual(error.values, values) === undefined,
    );
  });
}
