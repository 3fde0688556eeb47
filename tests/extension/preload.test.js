// The popup names every script that its first look needs, so that the browser fetches them at once and not one after the other.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const EXTENSION = new URL('../../extension/', import.meta.url);
const PAGE = new URL('popup/page.html', EXTENSION);

/** @param {URL} script @param {Set<string>} found @returns {Set<string>} it and all that it imports, but for what it loads later */
function graph(script, found = new Set()) {
  if (found.has(script.href)) return found;
  found.add(script.href);
  const source = readFileSync(script, 'utf8');
  for (const [, path] of source.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)';/gm)) {
    graph(new URL(String(path), script), found);
  }
  return found;
}

test('the popup preloads what it imports, and nothing else', () => {
  const needed = graph(new URL('page.js', PAGE));
  needed.delete(new URL('page.js', PAGE).href);
  const links = readFileSync(PAGE, 'utf8').matchAll(/<link rel="modulepreload" href="([^"]+)">/g);
  const preloaded = [...links].map(([, path]) => new URL(String(path), PAGE).href);
  assert.deepEqual(preloaded.sort(), [...needed].sort());
});
