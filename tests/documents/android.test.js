// Firefox for Android has fewer APIs than Firefox: by Mozilla's own tables, what our package calls is there, or is
// asked for first.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';

const EXTENSION = join(import.meta.dirname, '../../extension');

/**
 * @typedef {{ version_added?: string | boolean | null }} Support
 * @typedef {{ __compat?: { support: Record<string, Support | Support[]> } } & { [name: string]: Entry }} Entry
 */

/** The tables that the linter of Mozilla's store goes by. @type {{ webextensions: { api: Entry } }} */
const tables = createRequire(createRequire(import.meta.url).resolve('addons-linter/package.json'))(
  '@mdn/browser-compat-data',
);

const manifest = JSON.parse(readFileSync(join(EXTENSION, 'manifest.json'), 'utf8'));
const least = Number.parseFloat(manifest.browser_specific_settings.gecko_android.strict_min_version);

/** What phones lack, and how we ask for it. @type {Record<string, RegExp>} */
const ASKED_FIRST = {
  commands: /\bapi\.commands\?\./,
  contextMenus: /if \(!api\.contextMenus\) return;/,
  dom: /if \(api\.dom\) return/,
  offscreen: /canWriteClipboard \? /,
  omnibox: /if \(!api\.omnibox\) return;/,
  'storage.managed': /try \{\s+return await api\.storage\.managed\.get/,
  windows: /api\.windows === undefined/,
};

/** Every API that a module of ours calls, with where. @returns {Map<string, string>} */
function called() {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const name of readdirSync(EXTENSION, { recursive: true, encoding: 'utf8' })) {
    if (!/^(?!wasm|_metadata).*\.js$/.test(name)) continue;
    const text = readFileSync(join(EXTENSION, name), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    for (const [, path = ''] of text.matchAll(/(?<![\w.])api((?:\?*\.[a-zA-Z]+)+)/g))
      found.set(path.replaceAll('?', '').slice(1), name);
  }
  return found;
}

/** @param {string} path @returns {boolean} whether the least version that we ask for has it */
function isOnPhones(path) {
  /** @type {Entry | undefined} */
  let entry = tables.webextensions.api;
  for (const name of path.split('.')) {
    entry = entry?.[name];
    const support = entry?.__compat?.support.firefox_android;
    const added = [support].flat()[0]?.version_added;
    if (support !== undefined && !(Number.parseFloat(String(added)) <= least)) return false;
  }
  return true;
}

test('what phones lack is asked for first, by what is there and not by a name', () => {
  const paths = [...called()];
  assert.ok(paths.length > 60);
  const needed = paths.filter(
    ([path]) => !isOnPhones(path) && !Object.keys(ASKED_FIRST).some((name) => `${path}.`.startsWith(`${name}.`)),
  );
  assert.deepEqual(needed, []);
  const text = [...called().values()].map((name) => readFileSync(join(EXTENSION, name), 'utf8')).join('\n');
  const unasked = Object.entries(ASKED_FIRST).filter(([, how]) => !how.test(text));
  assert.deepEqual(unasked, []);
  assert.doesNotMatch(text, /userAgent\b(?!Data)/);
});

test('the tables know what they should, as far as we know it', () => {
  for (const path of ['windows.create', 'omnibox.onInputChanged', 'storage.managed.get', 'commands.onCommand'])
    assert.ok(!isOnPhones(path), path);
  for (const path of ['tabs.create', 'storage.local.get', 'webRequest.onBeforeRequest'])
    assert.ok(isOnPhones(path), path);
});
