// What is measured of an engine that converts lists to browsers' rules.

import { readText } from '../lib/inputs.js';
import { timed } from '../lib/measure.js';

/** @import { ConversionFigures, ConvertingEngine } from '../types.js' */

/**
 * Once in a fresh process, as when a person adds a list; and once more, when the code is warm.
 *
 * @param {ConvertingEngine} engine
 * @param {{ list: string }} plan a file
 * @returns {Promise<Omit<ConversionFigures, 'name'>>}
 */
export async function converted({ convert }, { list }) {
  const text = readText(list);
  const first = await timed(() => convert(text));
  const later = await timed(() => convert(text));
  const { rules, refused } = first.value;
  return {
    first: first.milliseconds,
    later: later.milliseconds,
    rules: rules.length,
    refused,
    bytes: Buffer.byteLength(JSON.stringify(rules)),
  };
}
