import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import './fake-browser.js';

const { bodyOf, isPacked, mayBeReport, unpacked } = await import('../../extension/background/requests/learned.js');

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

test('what is longer than any report is not put together', () => {
  const quarter = bytes('x'.repeat(16 << 10));
  assert.equal(read({ raw: [quarter, quarter, quarter, quarter] }).length, 64 << 10);
  assert.equal(read({ raw: [quarter, quarter, quarter, quarter, bytes('x')] }), '');
});

test('a form that the browser took apart is put together again', () => {
  assert.equal(read({ formData: { email: ['a@b.example', 'c d'], x: [1] } }), 'email=a%40b.example&email=c+d&x=1');
});

test('no body is no bytes', () => {
  assert.equal(read(undefined), '');
  assert.equal(read(null), '');
  assert.equal(read({}), '');
});

test('a packed body is unpacked as far as reports are long', async () => {
  const words = '{"event":"é"}';
  const packed = new Uint8Array(gzipSync(words));
  const plain = new TextEncoder().encode(words);
  assert.deepEqual([isPacked(packed), isPacked(plain)], [true, false]);
  assert.equal(new TextDecoder().decode(await unpacked(packed)), words);
  assert.equal(await unpacked(plain), plain);
  const bomb = await unpacked(new Uint8Array(gzipSync(Buffer.alloc(50_000_000))));
  assert.ok(bomb.length < 1_000_000, `${bomb.length} bytes`);
});

test('what is broken or only looks packed is no report, and no error', async () => {
  const cut = new Uint8Array(gzipSync('{"event":"x"}')).slice(0, 12);
  assert.notEqual(new TextDecoder().decode(await unpacked(cut)), '{"event":"x"}');
  assert.equal((await unpacked(new Uint8Array([0x1f, 0x8b]))).length, 0);
});

test('only what begins as a report does is looked into, and nothing longer than one', () => {
  const of = (/** @type {string} */ text) => mayBeReport(new TextEncoder().encode(text));
  assert.deepEqual(['{}', '', '[]', 'a=b', `{${' '.repeat(64 << 10)}`].map(of), [true, false, false, false, false]);
});
