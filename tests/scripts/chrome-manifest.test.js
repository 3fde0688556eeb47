import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { manifestFlaws } from '../../scripts/chrome-manifest.mjs';

const shared = JSON.parse(readFileSync(new URL('../../extension/manifest.json', import.meta.url), 'utf8'));

/** As the package has it: `xtask/src/manifest.rs` takes out what is Firefox's. */
const { browser_specific_settings: firefox, ...others } = shared;
const manifest = {
  ...others,
  background: { service_worker: shared.background.service_worker, type: 'module' },
  permissions: shared.permissions.filter((/** @type {string} */ name) => name !== 'webRequestBlocking'),
};

test('Chrome knows every key of ours, and takes every value', () => {
  assert.deepEqual(manifestFlaws(manifest), []);
});

for (const [what, change, flaw] of /** @type {[string, object, string][]} */ ([
  ['a key of Firefox’s', { browser_specific_settings: firefox }, 'manifest.browser_specific_settings is not known'],
  ['a background of Firefox’s', { background: shared.background }, 'manifest.background.scripts is not known'],
  ['a misspelt key', { content_script: [] }, 'manifest.content_script is not known'],
  ['a key of Manifest V2', { browser_action: {} }, 'manifest.browser_action is not known'],
  [
    'a permission of Firefox’s',
    { permissions: ['webRequestBlocking'] },
    'manifest.permissions[0] may not be "webRequestBlocking"',
  ],
  ['a list for a text', { name: ['Detick'] }, 'manifest.name is no string'],
  ['a text for a switch', { options_ui: { page: 'a.html', open_in_tab: 'yes' } }, 'open_in_tab is no boolean'],
  ['no version', { version: undefined }, 'manifest.version is no string'],
  ['a version of words', { version: '1.0-beta' }, 'manifest.version is not written like'],
  ['a long description', { description: 'a'.repeat(133) }, 'manifest.description is longer than 132'],
  ['a host without a scheme', { host_permissions: ['tiktok.com'] }, 'manifest.host_permissions[0] is not written like'],
  ['a shortcut of one key', { commands: { x: { suggested_key: { default: 'D' } } } }, 'default is not written like'],
  ['a permission twice', { permissions: ['storage', 'storage'] }, 'manifest.permissions says something twice'],
])) {
  test(`${what} is noticed`, () => {
    const found = manifestFlaws({ ...manifest, ...change });
    assert.equal(found.length, 1, found.join('\n'));
    assert.ok(found[0]?.includes(flaw), found[0]);
  });
}

test('what is missing is named', () => {
  assert.deepEqual(manifestFlaws({ ...manifest, icons: undefined }), ['manifest.icons is no object']);
  const { icons: _, ...without } = manifest;
  assert.deepEqual(manifestFlaws(without), ['manifest has no "icons"']);
});
