// The published schema of exported settings says what the extension takes and gives, no less and no more.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import './fake-browser.js';
import { isValid } from '../../scripts/json-schema.mjs';

const { fromFile, NotTaken, toFile } = await import('../../extension/stored/exchange.js');
const { KINDS } = await import('../../extension/stored/kinds.js');
const { DEFAULTS } = await import('../../extension/stored/settings.js');

/** @param {string} path */
const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');

const schema = JSON.parse(read('../../docs/settings.schema.json'));

test('it names every setting, and no other', () => {
  const named = Object.keys(schema.properties.settings.properties);
  assert.deepEqual(named.sort(), Object.keys(KINDS).sort());
});

test('what is exported, and was exported by older versions, keeps to it', () => {
  assert.ok(isValid(JSON.parse(toFile(DEFAULTS, '', new Date(0))), schema));
  assert.ok(isValid(JSON.parse(read('exported-1.json')), schema));
});

/** What a setting might hold, for better or worse. @type {unknown[]} */
const VALUES = [
  ...[true, false, null, 0, 1, -1, 1.5, '', 'auto', 'pixels', 'visitor', 'lockout', 'ask', 'load', 'Auto', {}, []],
  ...[['a:b'], ['*'], ['UP.example'], ['[2001:db8::1]'], ['[2001:db8::1'], ['xn--bcher-kva.example']],
  ...[['a.example'], ['a b'], ['https://a.example/'], [''], ['a.example', 1], ['x'.repeat(254)]],
  ...[[{ host: 'a.example', until: 0 }], [{ host: 'a.example', until: -1 }], [{ host: 'a.example', until: 0.5 }]],
  ...[[{ host: 'a.example', until: 2 ** 53 }], [{ host: 'a.example' }], [{ until: 0 }], [null]],
  ...[[{ url: 'https://a.example/l.txt', on: true, trusted: false }], [{ url: 'https://a.example/l.txt', on: 1 }]],
  ...[[{ url: 'http://a.example/l.txt', on: true, trusted: false }], [{ url: 'l.txt', on: true, trusted: false }]],
  ...[[{ host: 'a.example', name: 'q' }], [{ host: 'a.example', name: '' }], [{ host: 'a b', name: 'q' }]],
];

for (const key of Object.keys(KINDS)) {
  test(`it takes for ${key} what an import takes`, () => {
    const wrong = VALUES.filter((value) => {
      const file = { detick: 1, settings: { [key]: value } };
      return isValid(file, schema) !== isTaken(JSON.stringify(file));
    });
    assert.deepEqual(wrong, []);
  });
}

test('it refuses what an import refuses as a whole', () => {
  for (const file of [
    [],
    null,
    {},
    { detick: 1 },
    { detick: 3, settings: {} },
    { detick: 1, settings: { colour: 1 } },
  ]) {
    assert.equal(isValid(file, schema), false, JSON.stringify(file));
    assert.equal(isTaken(JSON.stringify(file)), false, JSON.stringify(file));
  }
});

/** @param {string} text */
function isTaken(text) {
  try {
    fromFile(text);
    return true;
  } catch (error) {
    if (error instanceof NotTaken) return false;
    throw error;
  }
}
