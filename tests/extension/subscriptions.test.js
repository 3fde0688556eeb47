import assert from 'node:assert/strict';
import { test } from 'node:test';

const { isListUrl, listUrl } = await import('../../extension/shared/subscriptions.js');

test('a list has an address over https, without a name and a password', () => {
  for (const typed of ['http://lists.example/a.txt', 'https://me@lists.example/', 'https://:secret@lists.example/'])
    assert.equal(listUrl(typed), undefined, typed);
  for (const typed of ['javascript:alert(1)', 'data:text/plain,||a.example^', 'file:///etc/hosts', 'lists.example', ''])
    assert.equal(listUrl(typed), undefined, typed);
});

test('an address is stored in one form', () => {
  assert.equal(listUrl(' https://LISTS.example/a.txt#top '), 'https://lists.example/a.txt');
  assert.equal(isListUrl('https://lists.example/a.txt'), true);
  for (const other of ['https://LISTS.example/a.txt', `https://lists.example/${'a'.repeat(2000)}`, 7, undefined])
    assert.equal(isListUrl(other), false, String(other).slice(0, 40));
});
