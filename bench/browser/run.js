// Measures Detick in real browsers, headless, against the world of the browser specs, and prints a Markdown table.
//
// `node bench/browser/run.js [--rounds N] [--beside FOLDER] [--only PART]`: FOLDER holds another blocker's unpacked extension. BROWSER=chromium or firefox
// measures one of them. An engine in a background that is dead protects nobody less: static rules decide meanwhile.

import { parseArgs } from 'node:util';
import { EXTENSION_DIR } from '../../tests/browser/browser/extension.js';
import { startWorld } from '../../tests/browser/world.js';
import { median } from '../measure.js';
import { coldStart } from './cold-start.js';
import { respond } from './hundred.js';
import { memory } from './memory.js';
import { pageLoad } from './page-load.js';
import { popup } from './popup.js';

/** @import { BrowserName, Plan, Row } from './types.js' */

const MEASUREMENTS = { 'cold-start': coldStart, 'page-load': pageLoad, popup, memory };
/** @type {BrowserName[]} */
const BROWSERS = process.env.BROWSER ? [/** @type {BrowserName} */ (process.env.BROWSER)] : ['chromium', 'firefox'];

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    beside: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});

/** @param {Row} row @returns {string} its median, and how far the rounds lie apart */
function cell({ values, unit }) {
  const [best, worst] = [Math.min(...values), Math.max(...values)];
  const spread = values.length > 1 ? ` (${best.toFixed(0)} … ${worst.toFixed(0)})` : '';
  return `${median(values).toFixed(unit === 'MB' ? 1 : 0)} ${unit}${spread}`;
}

/** @param {BrowserName} name @returns {Promise<Row[]>} */
async function measure(name) {
  const world = await startWorld(respond);
  /** @type {Plan} */
  const plan = { world, extensionDir: EXTENSION_DIR, beside: options.beside, rounds: Number(options.rounds) };
  try {
    /** @type {Row[]} */
    const rows = [];
    for (const [title, run] of Object.entries(MEASUREMENTS)) {
      if (!title.includes(options.only)) continue;
      console.error(`${name}: ${title}`);
      rows.push(...(await run(name, plan)));
    }
    return rows;
  } finally {
    await world.close();
  }
}

for (const name of BROWSERS) {
  const rows = await measure(name);
  const lines = rows.map((row) => `| ${row.title} | ${cell(row)} |`);
  console.log([`| ${name} | median (fastest … slowest) |`, '| --- | --- |', ...lines, ''].join('\n'));
}
