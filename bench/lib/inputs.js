// What is measured with, read from files.

import { readFileSync } from 'node:fs';

/**
 * @param {string} file
 * @returns {string} its text; some lists come with Windows' line ends, which not every engine takes
 */
export function readText(file) {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}

/**
 * @param {string} file of JSON values, one a line
 * @returns {any[]}
 */
export function readRows(file) {
  const lines = readText(file).trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}
