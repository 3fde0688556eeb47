// `node scripts/chrome-manifest.mjs MANIFEST`: a linter for the manifest of the Chrome package, which has none from its
// store.
//
// Keys and permissions that Chrome does not know, and values of the wrong kind, are named; then it exits with 1.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { flaws } from './json-schema.mjs';

const SCHEMA = JSON.parse(readFileSync(new URL('chrome-manifest.schema.json', import.meta.url), 'utf8'));

/**
 * @param {unknown} manifest
 * @returns {string[]} what Chrome would not take, or not understand
 */
export function manifestFlaws(manifest) {
  return flaws(manifest, SCHEMA, SCHEMA, 'manifest');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [path = ''] = process.argv.slice(2);
  const found = manifestFlaws(JSON.parse(readFileSync(path, 'utf8')));
  for (const flaw of found) console.error(`${path}: ${flaw}`);
  if (found.length > 0) process.exitCode = 1;
}
