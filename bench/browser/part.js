// Detick in real browsers, headless, against the world of the browser specs.

import { markdownTable } from 'markdown-table';
import { median } from 'simple-statistics';
import { EXTENSION_DIR } from '../../harness/extension.js';
import { startWorld } from '../../harness/world.js';
import { coldStart } from './cold-start.js';
import { respond } from './heavy.js';
import { heavyPages } from './heavy-pages.js';
import { memory } from './memory.js';
import { pageLoad } from './page-load.js';
import { popup } from './popup.js';

/** @import { BrowserName, Row } from './types.js' */

const MEASUREMENTS = { 'cold start': coldStart, 'page load': pageLoad, 'heavy pages': heavyPages, popup, memory };
const BROWSERS = /** @type {const} */ (['chromium', 'firefox']);

// Each browser's profile is removed when this process ends, and there are many.
process.setMaxListeners(0);

/** Single page loads and starts differ much: this many of them for each round that was asked for. */
const EACH_ROUND = 5;

/**
 * @param {number} rounds
 * @param {{ beside?: string }} [options] a folder with another blocker's unpacked extension, measured beside Detick
 * @returns {Promise<string>} Markdown
 */
export async function report(rounds, { beside } = {}) {
  const tables = [];
  for (const name of BROWSERS) tables.push(tableOf(name, await measure(name, rounds * EACH_ROUND, beside)));
  return ['## In the browser', ...tables].join('\n\n');
}

/** @param {BrowserName} name @param {number} rounds @param {string} [beside] @returns {Promise<Row[]>} */
async function measure(name, rounds, beside) {
  const world = await startWorld(respond);
  try {
    /** @type {Row[]} */
    const rows = [];
    for (const [title, run] of Object.entries(MEASUREMENTS)) {
      console.error(`${name}: ${title}`);
      rows.push(...(await run(name, { world, extensionDir: EXTENSION_DIR, beside, rounds })));
    }
    return rows;
  } finally {
    await world.close();
  }
}

/** @param {BrowserName} name @param {Row[]} rows */
function tableOf(name, rows) {
  const figures = rows.map(({ title, values, unit }) => {
    const digits = { ms: 0, MB: 1, times: 2 }[unit];
    return [
      unit === 'times' ? title : `${title}, ${unit}`,
      ...[median(values), Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits)),
    ];
  });
  return markdownTable([[name, 'median', 'fastest', 'slowest'], ...figures], { align: ['l', 'r', 'r', 'r'] });
}
