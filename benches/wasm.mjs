// Times the engine as the extension runs it: `cargo xtask build`, then `node benches/wasm.mjs IMAGE REQUESTS.jsonl`.
//
// IMAGE is an engine.bin of `detick compile`; each request is given as strings, and the verdict comes back as a value.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const LOOPS = 12;
const ROOT = join(import.meta.dirname, '..');

/**
 * @param {string} image
 * @param {string} requests
 */
async function main(image, requests) {
  const { default: init, Engine } = await import(join(ROOT, 'extension/wasm/detick.js'));
  const { quickCheck } = await import(join(ROOT, 'extension/engine/quick-check.js'));
  const { memory } = await init({ module_or_path: readFileSync(join(ROOT, 'extension/wasm/detick_bg.wasm')) });
  const bytes = readFileSync(image);
  const restores = Array.from({ length: 9 }, () => timed(() => Engine.restore(bytes).free()));
  const engine = Engine.restore(bytes);
  /** @type {{url: string, sourceUrl: string, type: string}[]} */
  const rows = readFileSync(requests, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const check = quickCheck(engine, memory);
  const ask = ({ url, sourceUrl, type }) => check(url, sourceUrl, type, 'GET');
  const stopped = rows.filter((row) => ask(row) !== undefined).length;
  console.log(`image ${bytes.length} bytes, restored in ${median(restores).toFixed(2)} ms`);
  console.log(`${rows.length} requests, ${stopped} with a verdict`);
  for (const [name, list] of [
    ['in order', rows],
    ['shuffled', shuffled(rows)],
  ]) {
    const passes = Array.from({ length: LOOPS }, () => timed(() => list.forEach(ask)));
    const micros = passes.map((ms) => (ms * 1000) / list.length).sort((a, b) => a - b);
    console.log(`${name}: median ${median(micros).toFixed(3)} us, best ${micros[0].toFixed(3)} us a request`);
  }
}

/** @param {() => void} work @returns {number} milliseconds on the processor: others may be busy too */
function timed(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/**
 * The same order in every run.
 * @template T
 * @param {T[]} list
 */
function shuffled(list) {
  const copy = [...list];
  let seed = 1;
  for (let at = copy.length - 1; at > 0; at--) {
    seed = (seed * 48271) % 2147483647;
    const other = seed % (at + 1);
    [copy[at], copy[other]] = [copy[other], copy[at]];
  }
  return copy;
}

const [image, requests] = process.argv.slice(2);
if (image === undefined || requests === undefined) {
  console.error('usage: node benches/wasm.mjs IMAGE REQUESTS.jsonl');
  process.exit(2);
}
await main(image, requests);
