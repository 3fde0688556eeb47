// What stores are told and shown, in every language: all of it is there, as long and as large as each store takes it.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../scripts/setup.mjs';
import {
  LIMITS,
  LOCALES,
  MOST_JUSTIFICATION,
  MOST_NOTES,
  SIZE,
  textsIn,
  writeTexts,
} from '../../scripts/store-texts.mjs';

/** @typedef {import('../../scripts/store-texts.mjs').Store} Store */

const STORE = join(ROOT, 'docs/store');
const read = (/** @type {string} */ path) => readFileSync(join(STORE, path), 'utf8');
const manifest = JSON.parse(readFileSync(join(ROOT, 'extension/manifest.json'), 'utf8'));
const english = JSON.parse(read('texts/en.json'));

/** @param {unknown} value @returns {unknown} it with nothing for each string */
const shapeOf = (value) => JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'string' ? '' : one)));

/** @param {unknown} value @returns {string[]} every string in it */
function stringsIn(value) {
  return typeof value === 'string' ? [value] : Object.values(/** @type {object} */ (value)).flatMap(stringsIn);
}

test('there are texts in each language of the extension, and in no other', () => {
  const files = readdirSync(join(STORE, 'texts')).map((file) => file.replace(/\.json$/, ''));
  assert.deepEqual(files.sort(), LOCALES);
});

for (const locale of LOCALES) {
  const own = JSON.parse(read(`texts/${locale}.json`));

  test(`${locale}: each text that English has is there, as plain text`, () => {
    assert.deepEqual(shapeOf(own), shapeOf(english));
    for (const words of stringsIn(own)) {
      assert.ok(words.length > 5, words);
      assert.equal(words.trim(), words);
      assert.doesNotMatch(words, /[<>&*_`\n]|\]\(/, 'markup is shown as it stands');
    }
  });

  test(`${locale}: nothing was left in English`, { skip: locale === 'en' && 'it is English' }, () => {
    const left = new Set(stringsIn(english));
    assert.deepEqual(
      stringsIn(own).filter((words) => left.has(words)),
      [],
    );
  });

  test(`${locale}: every store takes each text`, () => {
    const texts = textsIn(locale);
    for (const [store, limits] of Object.entries(LIMITS)) {
      for (const [key, [least, most]] of Object.entries(limits)) {
        const { length } = texts[/** @type {keyof typeof limits} */ (key)].trim();
        assert.ok(length >= least && length <= most, `${store}: ${key} has ${length} characters`);
      }
    }
  });

  test(`${locale}: names and licences stand as they are`, () => {
    const { description, purpose } = textsIn(locale);
    for (const name of ['TikTok', 'tiktok.com', 'Detick', 'GPL-3.0-or-later'])
      assert.ok(description.includes(name), name);
    assert.ok(purpose.startsWith('Detick') || purpose.includes('Detick'));
  });
}

test('the summary is what the package itself says', () => {
  assert.equal(manifest.description, '__MSG_description__');
  assert.equal(manifest.name, '__MSG_name__');
  for (const locale of LOCALES) {
    const path = join(ROOT, 'extension/_locales', locale, 'messages.json');
    const { name, description } = JSON.parse(readFileSync(path, 'utf8'));
    const texts = textsIn(locale);
    assert.deepEqual([texts.name, texts.summary], [name.message, description.message]);
  }
});

/** What each store has fields for. @type {Record<Store, string[]>} */
const FILES = {
  chrome: ['description.txt', 'name.txt', 'single-purpose.txt', 'summary.txt'],
  firefox: ['captions.txt', 'description.txt', 'name.txt', 'summary.txt'],
  edge: ['description.txt', 'name.txt', 'single-purpose.txt', 'summary.txt'],
};

test('the texts are written as each store takes them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'detick-'));
  try {
    for (const [store, files] of Object.entries(FILES)) {
      const place = join(folder, store);
      writeTexts(/** @type {Store} */ (store), 'de', place);
      assert.deepEqual(readdirSync(place).sort(), files);
      const description = readFileSync(join(place, 'description.txt'), 'utf8');
      assert.equal(description, textsIn('de').description);
      assert.equal(description.match(/^• /gm)?.length, english.points.length);
    }
    const captions = readFileSync(join(folder, 'firefox/captions.txt'), 'utf8');
    assert.equal(captions.trim().split('\n\n').length, Object.keys(english.pictures).length);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the pictures are those that have words, and as large as stores want them', () => {
  const pictures = readdirSync(STORE).filter((file) => file.endsWith('.png'));
  assert.deepEqual(
    pictures.sort(),
    Object.keys(english.pictures).map((name) => `${name}.png`),
  );
  for (const file of pictures) {
    const png = readFileSync(join(STORE, file));
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    assert.deepEqual({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) }, SIZE, file);
  }
});

test('notes and justifications fit their fields', () => {
  assert.ok(read('test-notes.txt').length <= MOST_NOTES);
  const [, table = ''] = read('privacy.md').split('# Permissions, one by one');
  const justifications = [...table.matchAll(/^\| (?!permission|---)[^|]+ \| ([^|]+) \|$/gm)].map(([, why = '']) => why);
  assert.ok(justifications.length >= manifest.permissions.length - 2, 'two rows speak of two');
  for (const why of justifications) assert.ok(why.length <= MOST_JUSTIFICATION, why);
});

test('the policy says what Chrome’s store wants to read there', () => {
  const policy = readFileSync(join(ROOT, 'PRIVACY.md'), 'utf8');
  assert.match(
    policy.replace(/\s+/g, ' '),
    /User Data Policy of the Chrome Web Store, including the Limited Use requirements/,
  );
});
