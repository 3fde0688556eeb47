// The versions of what is installed beside this file.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} name of a package of the bench
 * @returns {string} its version
 * @throws {Error} when it is not installed
 */
export function versionOf(name) {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'node_modules', name, 'package.json'), 'utf8')).version;
}
