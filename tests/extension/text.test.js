import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset, world } from './fake-browser.js';

const { isolated, language, nameLanguage, plural } = await import('../../extension/shared/text.js');

beforeEach(reset);

/**
 * A browser in one language, with Detick's messages in another or the same.
 *
 * @param {string} browser
 * @param {Record<string, string>} messages
 */
function speak(browser, messages) {
  world.language = browser;
  world.messages = messages;
}

test('the form follows the number, and the number is written as the language does', () => {
  speak('en-GB', { language: 'en', stopped_one: '$1 request on $2', stopped_other: '$1 requests on $2' });
  assert.equal(plural('stopped', 1, 'a.example'), '1 request on a.example');
  assert.equal(plural('stopped', 0, 'a.example'), '0 requests on a.example');
  assert.equal(plural('stopped', 1234, 'a.example'), '1,234 requests on a.example');
});

test('languages have the forms that they have', () => {
  const forms = { stopped_one: 'one', stopped_few: 'few', stopped_many: 'many', stopped_other: 'other' };
  speak('pl', { language: 'pl', ...forms });
  assert.deepEqual(
    [1, 2, 5, 22, 112].map((number) => plural('stopped', number)),
    ['one', 'few', 'many', 'few', 'many'],
  );
  speak('ar', { language: 'ar', ...forms, stopped_zero: 'zero', stopped_two: 'two' });
  assert.deepEqual(
    [0, 1, 2, 3, 11, 100].map((number) => plural('stopped', number)),
    ['zero', 'one', 'two', 'few', 'many', 'other'],
  );
});

test('a form that is missing falls to the last one', () => {
  speak('pl', { language: 'pl', stopped_one: '$1 raz', stopped_other: '$1 razy' });
  assert.equal(plural('stopped', 5), '5 razy');
});

test('where Detick does not speak the language of the browser, numbers are written as its words are', () => {
  speak('cs', { language: 'en', stopped_one: '$1 request', stopped_other: '$1 requests' });
  assert.equal(language(), 'en');
  assert.equal(plural('stopped', 2), '2 requests');
  speak('zh-CN', { language: 'zh-CN' });
  assert.equal(language(), 'zh-CN');
});

test('a page runs as its words do, whatever the browser speaks', () => {
  const documentElement = { lang: '', dir: '' };
  Object.assign(globalThis, { document: { documentElement } });
  for (const [browser, messages, lang, dir] of [
    ['ar-EG', 'ar', 'ar-EG', 'rtl'],
    ['he', 'en', 'en', 'ltr'],
    ['da', 'da', 'da', 'ltr'],
  ]) {
    speak(String(browser), { language: String(messages) });
    nameLanguage();
    assert.deepEqual(documentElement, { lang, dir });
  }
});

test('words that are not ours cannot turn ours round', () => {
  assert.equal(isolated('_ttp'), '\u2068_ttp\u2069');
  assert.equal(isolated('a\u2069\u202eb\u2066'), '\u2068ab\u2069');
});
