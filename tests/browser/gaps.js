/** `tests/known_gaps.txt`: where rules differ from the engine, and why. A gap that closes is to be taken out. */

import { readFileSync } from 'node:fs';

const lines = readFileSync(new URL('../known_gaps.txt', import.meta.url), 'utf8').split('\n');

/**
 * @param {string} table
 * @returns {string[]} the keys of its rows, sorted
 */
export function gaps(table) {
  const fields = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t'));
  return fields.flatMap(([of, key]) => (of === table && key !== undefined ? [key] : [])).sort();
}
