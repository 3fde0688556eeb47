import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import './fake-browser.js';

const { KINDS } = await import('../../extension/stored/settings.js');

/** @param {string} path @returns {any} */
const read = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));

const schema = read('extension/managed_schema.json');

test('the schema names settings that there are, and offers values that are sound', () => {
  for (const [name, { type, enum: values = [] }] of Object.entries(schema.properties)) {
    const holds = KINDS[/** @type {keyof typeof KINDS} */ (name)];
    assert.ok(holds, `there is no setting ${name}`);
    for (const value of values) assert.ok(holds(value), `${name}: ${value}`);
    if (type === 'boolean') assert.ok(holds(true), name);
    if (type === 'array') assert.ok(holds([]), name);
  }
});

test('the samples and the page about them know the schema', () => {
  const page = readFileSync(new URL('../../docs/managed-policy.md', import.meta.url), 'utf8');
  for (const name of Object.keys(schema.properties)) assert.ok(page.includes(`\`${name}\``), name);
  const chrome = Object.values(read('docs/managed-policy.chrome.json')['3rdparty'].extensions)[0];
  const { gecko } = read('extension/manifest.json').browser_specific_settings;
  const firefox = read('docs/managed-policy.firefox.json').policies['3rdparty'].Extensions[gecko.id];
  assert.deepEqual(firefox, chrome);
  for (const name of Object.keys(firefox)) assert.ok(name in schema.properties, name);
});
