/**
 * Slow work: parsing and compiling lists. Nothing here calls the extension API, so that it can run in a worker.
 *
 * @import { Budget, CompileReport, ListFacts } from '../../wasm/compiler.js'
 */

import { loadCompiler } from '../../engine/compiler.js';
import { Compiler, sniff } from '../../wasm/compiler.js';

/**
 * A list, or a file of one, to be compiled.
 *
 * @typedef {object} Part
 * @property {string} name unique
 * @property {Uint8Array} bytes
 * @property {boolean} trusted
 * @property {boolean} own
 *
 * @typedef {object} Order
 * @property {Part[]} parts
 * @property {'chromium' | 'firefox'} browser
 * @property {Budget} budget
 *
 * @typedef {object} Product
 * @property {Uint8Array} image
 * @property {string} rules JSON text
 * @property {CompileReport} report
 *
 * @typedef {{ code?: string, facts?: ListFacts }} Finding one of both; both of a text none of whose lines is a filter
 */

/**
 * @param {{ bytes: Uint8Array, browser: 'chromium' | 'firefox' }} file
 * @returns {Promise<Finding>} what the file says of itself, or why it is no list
 */
export async function examine({ bytes, browser }) {
  const compiler = await newCompiler(browser);
  try {
    const code = sniff(bytes)?.code;
    if (code !== undefined && code !== 'no-filters') return { code };
    return { code, facts: compiler.add('examined', bytes, { trusted: false, own: false }) };
  } finally {
    compiler.free();
  }
}

/**
 * @param {Order} order
 * @returns {Promise<Product>}
 */
export async function compile({ parts, browser, budget }) {
  const compiler = await newCompiler(browser);
  for (const { name, bytes, trusted, own } of parts) compiler.add(name, bytes, { trusted, own });
  const compilation = compiler.compile(budget);
  try {
    const rules = compilation.rules(); // lets them go, and the image has their room
    return { image: compilation.image(), rules, report: compilation.report() };
  } finally {
    compilation.free();
  }
}

/** @param {'chromium' | 'firefox'} browser */
async function newCompiler(browser) {
  const [builtIn] = await Promise.all([builtInImage(), loadCompiler()]);
  return new Compiler(builtIn, browser);
}

async function builtInImage() {
  const response = await fetch(new URL('../../rules/engine.bin', import.meta.url));
  return new Uint8Array(await response.arrayBuffer());
}

/** What can be ordered, by name. */
export const JOBS = { examine, compile };
