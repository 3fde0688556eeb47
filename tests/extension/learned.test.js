import assert from 'node:assert/strict';
import { test } from 'node:test';
import './fake-browser.js';

const { bodyOf } = await import('../../extension/background/requests/learned.js');

/** @typedef {import('../../extension/types.js').RequestDetails} RequestDetails */

/** @param {RequestDetails['requestBody']} requestBody */
const read = (requestBody) =>
  new TextDecoder().decode(bodyOf(/** @type {RequestDetails} */ (/** @type {unknown} */ ({ requestBody }))));

/** @param {string} words */
const bytes = (words) => ({ bytes: /** @type {ArrayBuffer} */ (new TextEncoder().encode(words).buffer) });

test('a body is what was given, in however many pieces', () => {
  assert.equal(read({ raw: [bytes('{"event":'), bytes('"é"}')] }), '{"event":"é"}');
});

test('a file, which browsers do not show, is left out', () => {
  assert.equal(read({ raw: [{}, bytes('{}')] }), '{}');
});

test('a form that the browser took apart is put together again', () => {
  assert.equal(read({ formData: { email: ['a@b.example', 'c d'], x: [1] } }), 'email=a%40b.example&email=c+d&x=1');
});

test('no body is no bytes', () => {
  assert.equal(read(undefined), '');
  assert.equal(read(null), '');
  assert.equal(read({}), '');
});
