// Lists converted to rules of declarativeNetRequest.

import { EASY, listFiles } from '../lib/data.js';
import { inRounds } from '../lib/rounds.js';
import { tableOf } from '../lib/table.js';

/** @import { Column } from '../lib/table.js' */
/** @import { ConversionFigures } from '../types.js' */

const ENGINES = ['detick', 'ubo-core', 'tsurlfilter', 'eyeo'];

/** @type {Column<ConversionFigures>[]} */
const COLUMNS = [
  ['first time, ms', ({ first }) => first, 0],
  ['second time, ms', ({ later }) => later, 0],
  ['rules', ({ rules }) => rules],
  ['as JSON, MB', ({ bytes }) => bytes / 1e6, 2],
  ['lines refused', ({ refused }) => refused],
];

/** @param {number} rounds @returns {string} Markdown */
export function report(rounds) {
  return EASY.map((name) => conversionOf(name, rounds)).join('\n\n');
}

/** @param {string} name of a list @param {number} rounds @returns {string} */
function conversionOf(name, rounds) {
  const { files, says } = listFiles([name]);
  const [list] = files;
  const results = inRounds({ part: 'conversion', engines: ENGINES, rounds }, (_, run) => run('converted', { list }));
  return `## Conversion of ${says}\n\n${tableOf([...results.values()], COLUMNS)}`;
}
