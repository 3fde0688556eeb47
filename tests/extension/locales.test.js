import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const EXTENSION = new URL('../../extension/', import.meta.url);

/** @param {string} path */
const read = (path) => readFile(new URL(path, EXTENSION), 'utf8');

/** @type {Record<string, { message: string, placeholders?: Record<string, { content: string }> }>} */
const messages = JSON.parse(await read('_locales/en/messages.json'));

/** Everything of ours that may name a message. */
async function sources() {
  const files = await readdir(EXTENSION, { recursive: true });
  const ours = files.filter((file) => /\.js$/.test(file) && !/^(wasm|vendor|rules|surrogates|_metadata)\//.test(file));
  return (await Promise.all([...ours, 'manifest.json'].map(read))).join('\n');
}

const source = await sources();

/** Keys made from words of the lists, or from a setting's name. */
const MADE = /^(?:identity|purpose|type|why|set)_/;

test('every message that is asked for exists', () => {
  const asked = [...source.matchAll(/\b(text|plural)\(\s*'(\w+)'/g)].map(([, how, key]) =>
    how === 'plural' ? `${key}_other` : key,
  );
  const inManifest = [...source.matchAll(/__MSG_(\w+)__/g)].map(([, key]) => key);
  assert.ok(asked.length > 50);
  assert.deepEqual(
    [...asked, ...inManifest].filter((key) => !(String(key) in messages)),
    [],
  );
});

test('every message is used', () => {
  const unused = Object.keys(messages).filter((key) => {
    const base = key.replace(/_(?:zero|one|two|few|many|other)$/, '');
    return !MADE.test(key) && !source.includes(`'${base}'`) && !source.includes(`__MSG_${base}__`);
  });
  assert.deepEqual(unused, []);
});

test('every placeholder of a message is one that it is given', () => {
  for (const [key, { message, placeholders = {} }] of Object.entries(messages)) {
    const used = [...message.matchAll(/\$([A-Z]+)\$/g)].map(([, name]) => String(name).toLowerCase());
    assert.deepEqual(
      used.filter((name) => !(name in placeholders)),
      [],
      key,
    );
  }
});

test('every switch has words', async () => {
  const switches = [...source.matchAll(/switchPart\(view, '(\w+)'\)/g)].map(([, key]) => key);
  assert.ok(switches.length >= 4);
  for (const key of switches) assert.ok(`set_${key}` in messages && `set_${key}_more` in messages, key);
});
