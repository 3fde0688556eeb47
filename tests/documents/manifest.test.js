// What the manifest and the scripts promise to those who read SECURITY.md.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const EXTENSION = new URL('../../extension/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', EXTENSION), 'utf8'));

/** Every script of ours, by its path. */
const scripts = Object.fromEntries(
  readdirSync(EXTENSION, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js') && !/^(wasm|_metadata)/.test(name))
    .map((name) => [name, readFileSync(new URL(name, EXTENSION), 'utf8')]),
);

/** @param {RegExp} pattern */
const filesWith = (pattern) => Object.keys(scripts).filter((name) => pattern.test(scripts[name] ?? ''));

test('scripts come from the package alone', () => {
  const policy = manifest.content_security_policy.extension_pages;
  assert.match(policy, /default-src 'self';/);
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
  assert.match(policy, /object-src 'none';/);
  assert.match(policy, /base-uri 'none';/);
  assert.match(policy, /frame-ancestors 'self'/);
  assert.deepEqual(
    filesWith(
      /\beval\(|new Function\(|(?<!\{)\bimport\((?!'\.)|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write/,
    ),
    [],
  );
});

test('nobody outside is listened to', () => {
  assert.equal(manifest.externally_connectable, undefined);
  assert.deepEqual(filesWith(/onMessageExternal|onConnectExternal|onUserScriptMessage/), []);
  assert.deepEqual(filesWith(/runtime\.onMessage\.addListener/), [
    'content/here.js',
    'offscreen/page.js',
    'shared/messages.js',
  ]);
});

test('pages may load three things, at an address that changes', () => {
  assert.deepEqual(manifest.web_accessible_resources, [
    { resources: ['lockout/page.html', 'surrogates/*', 'unwrap.html'], matches: ['<all_urls>'], use_dynamic_url: true },
  ]);
});

test('requests of our own go to the package, to short hosts and to lists that people chose', () => {
  const asking = filesWith(/\bfetch\(/).filter(
    (name) => !/fetch\((api\.runtime\.getURL|new URL\('\.)/.test(scripts[name] ?? ''),
  );
  assert.deepEqual(asking.sort(), ['background/links/short-links.js', 'background/lists/fetching.js']);
  // One asks for an address that holds its own answer, and for no other.
  assert.deepEqual(filesWith(/XMLHttpRequest|WebSocket|EventSource|sendBeacon/), ['content/markup-page.js']);
  const opened = [...(scripts['content/markup-page.js'] ?? '').matchAll(/apply\(open, \w+, \['GET', `([^`]*)`/g)];
  assert.equal(opened.length, 1);
  assert.match(opened[0]?.[1] ?? '', /^data:\$\{JSON_TYPE\},/);
});
