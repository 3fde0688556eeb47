// The gate before the stores: an update asks people for nothing more, and PRIVACY.md explains everything.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { askedAgain, askedBy } from '../../scripts/permissions.mjs';

const read = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('extension/manifest.json'));
/** As people have agreed to it. Changed by a release that means to ask them again, and by nothing else. */
const released = JSON.parse(read('tests/documents/released-permissions.json'));

test('an update makes no browser ask people again', () => {
  assert.deepEqual(askedAgain(released, askedBy(manifest)), []);
});

for (const [what, change, expected] of /** @type {[string, object, string[]][]} */ ([
  ['a permission with a question', { permissions: [...manifest.permissions, 'tabs'] }, ['tabs']],
  ['one that nobody looked up', { permissions: [...manifest.permissions, 'brandNew'] }, ['brandNew']],
  ['a key with a question', { devtools_page: 'x.html' }, ['devtools_page']],
  ['a permission without a question', { permissions: [...manifest.permissions, 'activeTab'] }, []],
  ['an optional permission', { optional_permissions: ['tabs'] }, []],
  ['fewer permissions', { permissions: ['storage'] }, []],
])) {
  test(`the gate knows what ${what} means`, () => {
    assert.deepEqual(askedAgain(released, askedBy({ ...manifest, ...change })), expected);
  });
}

test('a host beyond those agreed to is noticed, also in a content script', () => {
  const few = { permissions: [], hosts: ['https://*.tiktok.com/*'] };
  const scripts = { content_scripts: [{ matches: ['https://shop.example/*'] }] };
  assert.deepEqual(askedAgain(few, askedBy(scripts)), ['https://shop.example/*']);
});

test('what is asked for later is one permission, and one setting of the browser is changed with it', () => {
  assert.deepEqual(manifest.optional_permissions, ['privacy']);
  assert.equal(manifest.optional_host_permissions, undefined);
  const folder = new URL('../../extension/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.js$/.test(name));
  const asking = files.flatMap((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return [...text.matchAll(/api\.privacy[\w.]*/g)].map(([what]) => `${name}: ${what}`);
  });
  assert.deepEqual(asking, ['shared/preloading.js: api.privacy.network.networkPredictionEnabled']);
  assert.match(read('docs/store/privacy.md'), /^\| privacy \(optional\) \|/m);
});

test('PRIVACY.md explains each permission, and none that is not asked for', () => {
  const [, table = ''] = read('PRIVACY.md').split('**Permissions.**');
  const explained = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  assert.deepEqual(explained.sort(), [...askedBy(manifest).permissions, ...manifest.optional_permissions].sort());
  assert.match(table, /access to all sites/);
});

test('PRIVACY.md says of each stored key where it is and for how long', () => {
  const folder = new URL('../../extension/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!wasm.*)\.(js|d\.ts)$/.test(name),
  );
  const texts = files.map((name) => readFileSync(new URL(name, folder), 'utf8').replace(/\n \* /g, ' '));
  const keys = new Set(
    texts.flatMap((text) => [...text.matchAll(/storage\.(?:local|session) `([\w:]+)`/g)].map(([, key]) => key)),
  );
  const [table = ''] = read('PRIVACY.md').split('**Requests of its own.**');
  assert.ok(keys.size > 10);
  assert.deepEqual(
    [...keys].filter((key) => !table.includes(`\`${key}\``)),
    [],
  );
});
