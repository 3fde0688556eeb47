/**
 * From a dead background to its first verdict. Static rules decide meanwhile: nothing that is measured here leaves
 * anybody without protection.
 */

import { launch } from '../../harness/browser.js';
import { isSetUp } from '../../harness/session.js';
import { until } from '../../harness/until.js';
import { forgetMarks, markedCopy, marksOf } from './marked.js';

/** @import { Browser, Measurement, Row } from './types.js' */

const PAGE = 'https://shop.example/crowd?count=0';
const TRACKER = 'https://analytics.tiktok.com/i18n/pixel/events.js';
/** Whoever asks what was noted opens a page for that, which would be in the way. */
const UNDISTURBED_MS = 1000;

/** What `marks.js` notes, in the order in which it mostly comes. */
const STAGES = {
  started: 'waking event to worker or event page',
  loaded: '… scripts loaded',
  run: '… scripts run',
  heard: '… event delivered',
  read: '… image read',
  compiled: '… WebAssembly compiled',
  restored: '… engine restored',
  verdict: '**waking event to first verdict**',
};

/** @type {Measurement} */
export async function coldStart(name, { world, extensionDir, rounds }) {
  const browser = await launch(name, { asUsed: true, world, extensionDir: await markedCopy(extensionDir) });
  try {
    await until('Detick to be set up', () => isSetUp({ browser }));
    const page = await browser.newPage();
    await page.goto(PAGE);
    if (name === 'chromium') await letWorkersStart(page);
    /** @type {Record<string, number>[]} */
    const starts = [];
    for (let round = 0; round < rounds; round += 1) starts.push(await oneStart(browser, page));
    const rows = Object.entries(STAGES).map(([key, title]) => row(title, starts, (marks) => sinceEvent(marks, key)));
    return [...rows, row('**background begins to first verdict**', starts, ({ verdict = Number.NaN }) => verdict)];
  } finally {
    await browser.close();
  }
}

/**
 * @param {string} title
 * @param {Record<string, number>[]} starts
 * @param {(marks: Record<string, number>) => number} read
 * @returns {Row}
 */
function row(title, starts, read) {
  return { title, unit: 'ms', values: starts.map(read) };
}

/** The driver would hold every new worker until it has looked at it. @param {import('puppeteer-core').Page} page */
async function letWorkersStart(page) {
  const connection = (await page.createCDPSession()).connection();
  await connection?.send('Target.setAutoAttach', { autoAttach: true, flatten: true, waitForDebuggerOnStart: false });
}

/**
 * @param {Browser} browser
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<Record<string, number>>} what the background noted
 */
async function oneStart(browser, page) {
  await forgetMarks(browser);
  await browser.killBackground();
  await page.evaluate((url) => fetch(url, { mode: 'no-cors' }).catch(() => undefined), TRACKER);
  await new Promise((wait) => setTimeout(wait, UNDISTURBED_MS));
  return until('the background to tell', () => marksOf(browser));
}

/** @param {Record<string, number>} marks @param {string} key @returns {number} ms */
function sinceEvent({ origin = 0, event = 0, ...marks }, key) {
  return origin - event + (key === 'started' ? 0 : (marks[key] ?? Number.NaN));
}
