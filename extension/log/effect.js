/**
 * What a line would have changed about the requests in the log.
 *
 * @import { LineComplaint } from '../wasm/compiler.js'
 * @import { Entry } from './entries.js'
 */

import { loadCompiler } from '../engine/compiler.js';
import { shippedImage } from '../engine/shipped.js';
import { loadWasm } from '../engine/wasm.js';
import { canBlock, rulesFor } from '../shared/browser.js';
import { Compiler, checkLines } from '../wasm/compiler.js';
import { Engine } from '../wasm/detick.js';
import { isStopped } from './entries.js';

const NAME = 'the line';

/** A budget for compiling one line; the resulting rules are discarded. */
const BUDGET = { rules: 1000, unsafe: 1000, regex: 100 };

/**
 * @typedef {object} Effect
 * @property {number} stops how many requests that left it would have stopped
 * @property {number} lets how many that were stopped it would have let through
 */

/**
 * @param {string} line
 * @returns {Promise<LineComplaint | undefined>} what is wrong with it; `undefined` if it can be saved
 */
export async function mistake(line) {
  await loadCompiler();
  // What rules cannot say is no loss where the engine decides.
  return checkLines(line, rulesFor).find(({ kind }) => kind !== 'beyond' || !canBlock);
}

/**
 * @param {string} line without a mistake
 * @param {readonly Entry[]} entries
 * @returns {Promise<Effect>}
 */
export async function effectOf(line, entries) {
  const engine = await engineWith(line);
  const effect = { stops: 0, lets: 0 };
  try {
    for (const entry of entries) {
      const verdict = engine.check(entry.url, entry.asker, entry.type, entry.method);
      if (verdict?.list !== NAME) continue;
      if (verdict.action === 'allow') effect.lets += Number(isStopped(entry));
      else effect.stops += Number(!isStopped(entry) && entry.outcome !== 'ended');
    }
  } finally {
    engine.free();
  }
  return effect;
}

/** @param {string} line @returns {Promise<Engine>} Detick's own lists, and the line above them */
async function engineWith(line) {
  const [shipped] = await Promise.all([shippedImage(), loadCompiler(), loadWasm()]);
  const compiler = new Compiler(shipped, rulesFor);
  compiler.add(NAME, new TextEncoder().encode(line), { trusted: true, own: true });
  const compilation = compiler.compile(BUDGET);
  try {
    return Engine.restore(compilation.image(), rulesFor);
  } finally {
    compilation.free();
  }
}
