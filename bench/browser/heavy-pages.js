/**
 * What pages that work hard pay for Detick: the processor time of their main thread, not what a clock says, so that
 * another program's work counts less. Each page is opened by a browser without Detick and by one with it, in turn.
 * Chromium tells how much of it went into scripts; Firefox does not, so there it is all that the page's process did.
 */

import { launch } from '../../harness/browser.js';
import { isSetUp } from '../../harness/session.js';
import { until } from '../../harness/until.js';
import { addressOf, FRAMED, PAGES } from './heavy.js';

/** @import { Browser, Measurement, Plan, Row } from './types.js' */
/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {Record<string, { unit: 'ms' | 'MB', value: number }>} Figures what one visit gave, by what it is */

/** These pages take seconds each: as many visits as rounds were asked for, and not five times as many. */
const ROUNDS_FOR_A_VISIT = 5;

/** @type {Measurement} */
export async function heavyPages(name, plan) {
  const without = await launch(name, { asUsed: true, world: plan.world });
  try {
    const beside = await launch(name, { asUsed: true, world: plan.world, extensionDir: plan.extensionDir });
    try {
      await until('Detick to be set up', () => isSetUp({ browser: beside }));
      return await compare(without, beside, plan);
    } finally {
      await beside.close();
    }
  } finally {
    await without.close();
  }
}

/** @param {Browser} without @param {Browser} beside @param {Plan} plan @returns {Promise<Row[]>} */
async function compare(without, beside, { rounds }) {
  /** @type {Row[]} */
  const rows = [];
  for (const { path, title } of [...PAGES, FRAMED]) {
    const visit = path === FRAMED.path ? load : work;
    await visit(without, path); // caches are as in all later rounds
    await visit(beside, path);
    /** @type {[Figures, Figures][]} */
    const pairs = [];
    for (let round = 0; round < Math.ceil(rounds / ROUNDS_FOR_A_VISIT); round += 1)
      pairs.push([await visit(without, path), await visit(beside, path)]);
    rows.push(...rowsOf(title, pairs));
  }
  return rows;
}

/**
 * @param {string} page
 * @param {[Figures, Figures][]} pairs without Detick and with it
 * @returns {Row[]} of each figure both, and how many times as much the latter is (of memory: how much more)
 */
function rowsOf(page, pairs) {
  return Object.entries(pairs[0]?.[0] ?? {}).flatMap(([what, { unit }]) => {
    const both = pairs.map((pair) => pair.map((figures) => figures[what]?.value ?? Number.NaN));
    const title = `${page}: ${what}`;
    const more = unit === 'MB' ? both.map(([off = 0, on = 0]) => on - off) : both.map(([off = 0, on = 0]) => on / off);
    return [
      { title: `${title}, without Detick`, unit, values: both.map(([off = 0]) => off) },
      { title: '… with Detick', unit, values: both.map(([, on = 0]) => on) },
      { title: unit === 'MB' ? '… more' : '… **ratio**', unit: unit === 'MB' ? unit : 'times', values: more },
    ];
  });
}

/**
 * What a page takes for as many turns as it has.
 *
 * @param {Browser} browser
 * @param {string} path
 * @returns {Promise<Figures>}
 */
async function work(browser, path) {
  const page = await browser.newPage();
  await page.goto(addressOf(path), { waitUntil: 'load' });
  await settle();
  const meter = await browser.meter(page);
  const before = await meter();
  const took = /** @type {number[]} */ (await page.evaluate('run()'));
  const after = await meter();
  await page.close();
  const slow = took.sort((a, b) => a - b)[Math.floor(took.length * 0.95)] ?? Number.NaN;
  return {
    ...difference(before, after),
    '95 % of frames within': { unit: 'ms', value: slow },
  };
}

/**
 * How a page loads, and what it holds then.
 *
 * @param {Browser} browser
 * @param {string} path
 * @returns {Promise<Figures>}
 */
async function load(browser, path) {
  const page = await browser.newPage();
  await page.goto(addressOf('/frame'), { waitUntil: 'load' }); // the process is there
  await settle();
  const meter = await browser.meter(page);
  const before = await meter();
  await page.goto(addressOf(path), { waitUntil: 'load' });
  const ms = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    return /** @type {PerformanceNavigationTiming} */ (navigation).loadEventEnd;
  });
  await settle();
  const after = await meter();
  await page.close();
  return {
    loaded: { unit: 'ms', value: ms },
    ...difference(before, after),
    memory: { unit: 'MB', value: after.memory },
  };
}

/** What a page does once it has loaded is no part of its work. */
function settle() {
  return new Promise((done) => setTimeout(done, 500));
}

/**
 * @param {{ scripting?: number, tasks: number }} before
 * @param {{ scripting?: number, tasks: number }} after
 * @returns {Figures}
 */
function difference(before, after) {
  /** @type {Figures} */
  const figures = { 'all of the main thread': { unit: 'ms', value: after.tasks - before.tasks } };
  if (before.scripting === undefined || after.scripting === undefined) return figures;
  return { scripting: { unit: 'ms', value: after.scripting - before.scripting }, ...figures };
}
