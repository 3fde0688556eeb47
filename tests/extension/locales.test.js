// The messages: every one that is asked for exists, is used, is explained to translators, and is translated as a whole.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

/**
 * @typedef {Record<string, { message: string, description?: string, placeholders?: Record<string, { content: string }> }>} Messages
 */

const EXTENSION = new URL('../../extension/', import.meta.url);

/** @param {string} path */
const read = (path) => readFile(new URL(path, EXTENSION), 'utf8');

/** @param {string} locale @returns {Promise<Messages>} */
const messagesIn = async (locale) => JSON.parse(await read(`_locales/${locale}/messages.json`));

const english = await messagesIn('en');
const locales = (await readdir(new URL('_locales/', EXTENSION))).sort();

/** Everything of ours that may name a message. */
async function sources() {
  const files = await readdir(EXTENSION, { recursive: true });
  const ours = files.filter((file) => /\.js$/.test(file) && !/^(wasm|vendor|rules|surrogates|_metadata)\//.test(file));
  return (await Promise.all([...ours, 'manifest.json'].map(read))).join('\n');
}

const source = await sources();

/** Keys made from words of the lists, or from a setting's name. */
const MADE = /^(?:event|identity|purpose|type|why|set|wrong)_/;

const FORM = /_(?:zero|one|two|few|many|other)$/;

/** Messages that depend on a number: those with a singular. */
const counted = new Set(
  Object.keys(english)
    .filter((key) => key.endsWith('_one'))
    .map((key) => key.replace(FORM, '')),
);

/** @param {string} key @returns {string} without the form, where it depends on a number */
const baseOf = (key) => (counted.has(key.replace(FORM, '')) ? key.replace(FORM, '') : key);

/** What Detick speaks, at least. */
const SPOKEN = ['ar', 'da', 'de', 'en', 'es', 'fr', 'it', 'ja', 'ko', 'nl', 'pl', 'pt_BR', 'tr', 'uk', 'zh_CN'];

test('no language is lost', () => {
  assert.deepEqual(
    SPOKEN.filter((locale) => !locales.includes(locale)),
    [],
  );
});

test('every message that is asked for exists', () => {
  const asked = [...source.matchAll(/\b(text|plural)\(\s*'(\w+)'/g)].map(([, how, key]) =>
    how === 'plural' ? `${key}_other` : key,
  );
  const inManifest = [...source.matchAll(/__MSG_(\w+)__/g)].map(([, key]) => key);
  assert.ok(asked.length > 50);
  assert.deepEqual(
    [...asked, ...inManifest].filter((key) => !(String(key) in english)),
    [],
  );
});

test('every message is used', () => {
  const unused = Object.keys(english).filter((key) => {
    const base = baseOf(key);
    return !MADE.test(key) && !source.includes(`'${base}'`) && !source.includes(`__MSG_${base}__`);
  });
  assert.deepEqual(unused, []);
});

test('every message is explained to those who translate it', () => {
  const bare = Object.keys(english).filter((key) => !english[key]?.description);
  assert.deepEqual(bare, []);
});

test('every switch has words', async () => {
  const switches = [...source.matchAll(/switchPart\(view, '(\w+)'\)/g)].map(([, key]) => key);
  assert.ok(switches.length >= 4);
  for (const key of switches) assert.ok(`set_${key}` in english && `set_${key}_more` in english, key);
});

test('what lists say of parameters can be translated', async () => {
  const filters = new URL('../../filters/', import.meta.url);
  const lists = (await readdir(filters)).filter((file) => file.endsWith('.txt'));
  const texts = await Promise.all(lists.map((file) => readFile(new URL(file, filters), 'utf8')));
  const reasons = [...new Set(texts.flatMap((text) => [...text.matchAll(/^!why: (.+)$/gm)].map(([, words]) => words)))];
  const keys = reasons.map((words) => `why_${String(words).replace(/[^a-z0-9]+/g, '_')}`);
  assert.deepEqual(
    keys.sort(),
    Object.keys(english)
      .filter((key) => key.startsWith('why_'))
      .sort(),
  );
});

/** Words that are the same in another language by nature, locale -> keys. @type {Record<string, string[]>} */
const SAME = JSON.parse(await readFile(new URL('same-words.json', import.meta.url), 'utf8'));

for (const locale of locales) {
  const messages = await messagesIn(locale);
  const tag = locale.replace('_', '-');
  /** @type {string[]} */
  const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
  const plain = Object.keys(english).filter((key) => baseOf(key) === key);
  const wanted = [...plain, ...[...counted].flatMap((base) => forms.map((form) => `${base}_${form}`))];

  test(`${locale}: no message is missing, none too many, numbers have every form of the language`, () => {
    const missing = wanted.filter((key) => !(key in messages));
    const needless = Object.keys(messages).filter((key) => !wanted.includes(key));
    assert.deepEqual({ missing, needless }, { missing: [], needless: [] });
    assert.equal(messages.language?.message, tag);
  });

  test(`${locale}: every message says all that the English one says, of what it is given`, () => {
    const faults = Object.entries(messages).flatMap(([key, { message, placeholders = {} }]) => {
      const model = english[baseOf(key) === key ? key : `${baseOf(key)}_other`];
      const given = lowerCase(model?.placeholders ?? {});
      const named = lowerCase(placeholders);
      const said = namesIn(message);
      // “One request” needs no number where that form stands for one number alone.
      const needed = namesIn(model?.message ?? '').filter((name) => name !== 'number' || !isForOneNumber(tag, key));
      return [
        ...Object.keys(named)
          .filter((name) => named[name] !== given[name])
          .map((name) => `${key}: ${name} is another`),
        ...said.filter((name) => !(name in named)).map((name) => `${key}: there is no ${name}`),
        ...needed.filter((name) => !said.includes(name)).map((name) => `${key}: ${name} is left out`),
      ];
    });
    assert.deepEqual(faults, []);
  });

  test(`${locale}: fits where it is shown`, () => {
    for (const [key, { message }] of Object.entries(messages)) {
      assert.equal(message.trim(), message, key);
      assert.notEqual(message, '', key);
    }
    assert.ok((messages.description?.message.length ?? 0) <= 132, 'stores take 132 characters of a description');
  });

  test(`${locale}: nothing was left in English by accident`, { skip: locale === 'en' && 'it is English' }, () => {
    const known = new Set([...(SAME['*'] ?? []), ...(SAME[locale] ?? [])]);
    const same = Object.keys(messages).filter((key) => messages[key]?.message === english[key]?.message);
    assert.deepEqual(
      same.filter((key) => !known.has(key) && !isNameOnly(english[key]?.message ?? '')),
      [],
    );
    const differing = (SAME[locale] ?? []).filter((key) => !same.includes(key));
    assert.deepEqual(differing, [], 'same-words.json names what is translated');
  });
}

/** @param {string} tag @param {string} key */
function isForOneNumber(tag, key) {
  const rules = new Intl.PluralRules(tag);
  return (
    Array.from({ length: 200 }, (_, number) => rules.select(number)).filter((form) => key.endsWith(`_${form}`))
      .length === 1
  );
}

/** @param {string} message @returns {string[]} the placeholders in it */
function namesIn(message) {
  return [...message.matchAll(/\$(\w+)\$/g)].map(([, name]) => String(name).toLowerCase());
}

/** Browsers take a placeholder's name in any case. @param {Record<string, { content: string }>} placeholders */
function lowerCase(placeholders) {
  return Object.fromEntries(Object.entries(placeholders).map(([name, { content }]) => [name.toLowerCase(), content]));
}

/** @param {string} message */
function isNameOnly(message) {
  return !/\p{Letter}/u.test(message.replace(/\$\w+\$/g, ''));
}

test('the change log names as many languages as there are', async () => {
  const changes = await readFile(new URL('../CHANGELOG.md', EXTENSION), 'utf8');
  const [, number, names = ''] = /Speaks (\d+) languages: ([^.]*?),\s+with the plural/.exec(changes) ?? [];
  assert.equal(Number(number), locales.length);
  assert.equal(names.split(/,| and /).length, locales.length);
});
