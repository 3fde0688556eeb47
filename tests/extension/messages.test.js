import assert from 'node:assert/strict';
import { test } from 'node:test';
import './fake-browser.js';

const { answer } = await import('../../extension/shared/messages.js');

const OWN_PAGE = { id: 'detick', url: 'chrome-extension://detick/popup/page.html' };
const WEB_PAGE = { id: 'detick', url: 'https://shop.example/' };

/** @type {Partial<import('../../extension/shared/messages.js').Handlers>} */
const handlers = {
  cleanCopied: ({ text }) => ({ text: text.toUpperCase() }),
  expand: () => {
    throw new Error('The host is silent.');
  },
  passUnwrapping: () => ({}),
};

const cases = [
  ['an answer', { name: 'cleanCopied', payload: { text: 'a' } }, WEB_PAGE, { ok: true, value: { text: 'A' } }],
  ['a failure', { name: 'expand', payload: { url: '' } }, OWN_PAGE, { ok: false, error: 'The host is silent.' }],
  [
    'what only our pages may ask',
    { name: 'expand' },
    WEB_PAGE,
    { ok: false, error: 'A web page may not ask for "expand".' },
  ],
  ['an unknown name', { name: 'toString' }, OWN_PAGE, { ok: false, error: 'There is no message "toString".' }],
  [
    'another extension',
    { name: 'expand' },
    { ...OWN_PAGE, id: 'other' },
    { ok: false, error: 'Messages are taken from Detick itself only.' },
  ],
  [
    'a look-alike address',
    { name: 'expand' },
    { id: 'detick', url: 'https://x.example/chrome-extension://detick/' },
    { ok: false, error: 'A web page may not ask for "expand".' },
  ],
  ['nothing at all', undefined, OWN_PAGE, { ok: false, error: 'A message needs a name.' }],
];

for (const [name, message, sender, expected] of cases) {
  test(`every message is answered: ${name}`, async () => {
    const given = await answer(handlers, message, /** @type {chrome.runtime.MessageSender} */ (sender));
    assert.deepEqual(given, expected);
  });
}

test('a payload of the wrong kind is a failure, not a silence', async () => {
  const given = await answer(handlers, { name: 'cleanCopied', payload: 7 }, OWN_PAGE);
  assert.equal(given.ok, false);
});
