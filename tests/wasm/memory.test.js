// What compiling lists takes of memory: WebAssembly's never shrinks, so what it has at the end is what it took at most.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const MODULE = join(ROOT, 'extension/wasm/compiler_bg.wasm');
const NO_MODULE = existsSync(MODULE) ? false : 'the engine is not built: run `cargo xtask build`';

const LINES = 100_000;
const BUDGET = { rules: 30_000, unsafe: 5_000, regex: 1_000 };
/** In bytes; a line has about 28 itself. */
const MOST_A_LINE = 620;

/** @param {number} at @returns {string} one of a list's usual lines */
function line(at) {
  const host = `tracker-${at}.example`;
  if (at % 20 === 0) return `/ads-${at}/banner-$script,domain=${host}|shop-${at}.example`;
  if (at % 20 === 1) return `@@||${host}^$image,domain=shop-${at}.example`;
  if (at % 20 === 2) return `||${host}/pixel/${at}.gif`;
  return at % 5 === 0 ? `||${host}^$third-party` : `||${host}^`;
}

test('compiling a list of 100,000 lines keeps within its memory', { skip: NO_MODULE }, async () => {
  const wasm = await import(join(ROOT, 'extension/wasm/compiler.js'));
  const { memory } = await wasm.default({ module_or_path: readFileSync(MODULE) });
  const text = new TextEncoder().encode(Array.from({ length: LINES }, (_, at) => line(at)).join('\n'));
  const compiler = new wasm.Compiler(readFileSync(join(ROOT, 'extension/rules/engine.bin')), 'chromium');
  const before = memory.buffer.byteLength;
  compiler.add('list', text, { trusted: false, own: false });
  const compilation = compiler.compile(BUDGET);
  assert.ok(compilation.rules().length > LINES);
  assert.ok(compilation.image().length > LINES);
  compilation.free();
  const aLine = Math.round((memory.buffer.byteLength - before) / LINES);
  assert.ok(aLine <= MOST_A_LINE, `${aLine} bytes a line`);
});
