/**
 * What the background takes after a page of 500 stopped requests. Chromium tells of the worker alone: its objects and
 * its buffers, after garbage was collected, and WebAssembly's memory apart from those. Firefox tells of the process
 * that all extensions share, Firefox's own code for them and WebAssembly's memory included: there the figure is an
 * upper bound.
 */

import { launch } from '../../harness/browser.js';
import { isSetUp } from '../../harness/session.js';
import { until } from '../../harness/until.js';
import { markedCopy, marksOf } from './marked.js';

/** @import { Measurement } from './types.js' */

const STOPPED = 500;
const PAGE = `https://shop.example/crowd?count=${STOPPED}`;
const TITLES = {
  chromium: "memory of the worker's objects and buffers",
  firefox: 'memory of the process of extensions',
};

/** One round is enough: it hardly differs from one to the next. @type {Measurement} */
export async function memory(name, { world, extensionDir }) {
  const browser = await launch(name, { asUsed: true, world, extensionDir: await markedCopy(extensionDir) });
  try {
    await until('Detick to be set up', () => isSetUp({ browser }));
    const page = await browser.newPage();
    await page.goto(PAGE);
    await until('all to be counted', async () => (await browser.badgeText(page)) === String(STOPPED));
    const { wasmBytes = Number.NaN } = await until('the background to tell', () => marksOf(browser));
    return [
      { title: TITLES[name], unit: 'MB', values: [await browser.backgroundMemory()] },
      { title: "WebAssembly's memory", unit: 'MB', values: [wasmBytes / 2 ** 20] },
    ];
  } finally {
    await browser.close();
  }
}
