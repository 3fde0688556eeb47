import assert from 'node:assert/strict';
import { test } from 'node:test';

const { mistakeIn } = await import('../../extension/shared/json.js');

/** @type {[string, string, [number, number]][]} */
const MISTAKES = [
  ['nothing at all', '', [1, 1]],
  ['a word without quotes', '{\n  "a": 1,\n  oops\n}', [3, 3]],
  ['an end too early', '{"a": [1, 2', [1, 12]],
  ['a comma before the end of a list', '[1, 2, ]', [1, 8]],
  ['a comma before the end of an object', '{"a": 1,\n}', [2, 1]],
  ['a missing comma', '{"a": 1\n "b": 2}', [2, 2]],
  ['a missing colon', '{"a" 1}', [1, 6]],
  ['single quotes', "{'a': 1}", [1, 2]],
  ['a number that begins with a zero', '[01]', [1, 3]],
  ['a line break in a string', '["a\nb"]', [1, 2]],
  ['the wrong bracket', '[1}', [1, 3]],
  ['a word in capitals', '[TRUE]', [1, 2]],
  ['something after the end', '{} {}', [1, 4]],
  ['lines that end as in Windows', '{\r\n"a":x}', [2, 5]],
];

for (const [name, text, [line, column]] of MISTAKES) {
  test(`finds ${name}`, () => {
    assert.throws(() => JSON.parse(text));
    assert.deepEqual(mistakeIn(text), { line, column });
  });
}

test('finds nothing before the end of what is JSON', () => {
  const text = JSON.stringify({ a: [1, -2.5e9, 'x"\\\u2028\u0085', true, null, {}, []], b: { c: '' } }, undefined, 1);
  assert.deepEqual(mistakeIn(text), { line: text.split('\n').length, column: 2 });
});

test('depth does not matter', () => {
  assert.deepEqual(mistakeIn('['.repeat(500_000)), { line: 1, column: 500_001 });
});

test('wherever a good file is cut, the mistake is at the end, or where the cut string begins', () => {
  const text = '{"a": [1, "two", {"b": null}], "c": false}';
  for (let length = 0; length < text.length; length += 1) {
    const { column } = mistakeIn(text.slice(0, length));
    assert.ok(column <= length + 1 && column > length - 6, `${length}: ${column}`);
  }
});
