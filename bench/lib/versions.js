// The versions of what is installed for the bench.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} name of a package of the bench
 * @returns {string} its version
 * @throws {Error} when it is not installed
 */
export function versionOf(name) {
  const file = join(import.meta.dirname, '../node_modules', name, 'package.json');
  return JSON.parse(readFileSync(file, 'utf8')).version;
}
