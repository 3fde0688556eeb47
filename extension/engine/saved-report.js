/**
 * A report of requests, as `detick report` makes it of the same HAR (`docs/report.md`), saved as a file. It is made
 * here, by the code that the command line has, and nothing of it is kept or sent.
 *
 * @import { Logged } from '../types.js'
 * @import { Facts } from '../shared/har.js'
 * @import { ReportAnswers } from '../wasm/compiler.js'
 */

import { api } from '../shared/browser.js';
import { saveFile } from '../shared/file.js';
import { toHar } from '../shared/har.js';
import { makeReport } from '../wasm/compiler.js';
import { Engine } from '../wasm/detick.js';
import { loadCompiler } from './compiler.js';
import { shippedImage } from './shipped.js';
import { loadWasm } from './wasm.js';

/** How a report is wanted. @typedef {{ isHtml: boolean, hasValues: boolean }} Form */

/**
 * Makes a report and hands it to the person.
 *
 * @param {readonly Logged[]} entries oldest first
 * @param {Facts} facts of the tabs that they are of
 * @param {{ name: string, site: string }} what how the report calls its source, and the site for the file's name; empty
 *   for more than one
 * @param {Form} form
 * @returns {Promise<void>} once the browser was asked to save it
 * @throws {Error} if a file of the extension is missing or damaged
 */
export async function saveReport(entries, facts, { name, site }, { isHtml, hasValues }) {
  const [shipped] = await Promise.all([shippedImage(), loadCompiler(), loadWasm()]);
  const { version } = api.runtime.getManifest();
  const made = Date.now();
  const har = toHar(entries, version, facts, hasValues);
  const wish = { name, version, made, values: hasValues, html: isHtml };
  const engine = Engine.restore(shipped, 'both');
  let report;
  try {
    report = makeReport(answersOf(engine), shipped, har, wish);
  } finally {
    engine.free();
  }
  const time = new Date(made).toISOString().slice(0, 19).replace(/:/g, '-');
  const parts = ['detick-report', site.replace(/[^\w.-]/g, '_'), time].filter(Boolean);
  saveFile(`${parts.join('-')}.${isHtml ? 'html' : 'json'}`, report);
}

/**
 * Detick's own lists alone are asked, whatever lists the person has added: the command line knows those.
 *
 * @param {Engine} engine
 * @returns {ReportAnswers}
 */
function answersOf(engine) {
  /** What rules do to a link that is opened. @type {import('../wasm/detick.js').CleanOptions} */
  const opened = { tier: 'navigation', referral: false, keep: [] };
  /** @param {unknown} answer @returns {string} */
  const told = (answer) => JSON.stringify(answer ?? null);
  return {
    listBit: (name) => engine.listBit(name),
    place: (url) => told(engine.place(url)),
    check: (url, sourceUrl, type, method, off) => told(engine.check(url, sourceUrl, type, method, off)),
    tracker: (host) => told(engine.tracker(host)),
    clean: (url) => told(engine.clean(url, opened)),
    told: (url) => told(engine.told(url)),
  };
}
