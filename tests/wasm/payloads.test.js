// What stopped reports would have told, read by the engine that browsers run: the table that the native engine is held
// to.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const MODULE = join(ROOT, 'extension/wasm/detick_bg.wasm');
const NO_MODULE = existsSync(MODULE) ? false : 'the engine is not built: run `cargo xtask build`';

/** @typedef {{name: string, url: string, body?: string, facts: object[]}} Row */

test('reports are read as the table says', { skip: NO_MODULE }, async () => {
  const { default: init, Engine } = await import(join(ROOT, 'extension/wasm/detick.js'));
  await init({ module_or_path: readFileSync(MODULE) });
  const engine = Engine.restore(readFileSync(join(ROOT, 'extension/rules/engine.bin')), 'chromium');
  /** @type {Row[]} */
  const rows = JSON.parse(readFileSync(join(ROOT, 'tests/payloads.json'), 'utf8'));
  for (const { name, url, body = '', facts } of rows) {
    assert.deepEqual(engine.learned(url, new TextEncoder().encode(body)), facts, name);
  }
});

test('reports are known by their bodies, and nothing else is', { skip: NO_MODULE }, async () => {
  const { Engine } = await import(join(ROOT, 'extension/wasm/detick.js'));
  const engine = Engine.restore(readFileSync(join(ROOT, 'extension/rules/engine.bin')), 'firefox');
  /** @type {{ name: string, body: string, report: boolean }[]} */
  const rows = JSON.parse(readFileSync(join(ROOT, 'tests/report-bodies.json'), 'utf8'));
  for (const { name, body, report } of rows)
    assert.equal(engine.isReport(new TextEncoder().encode(body)), report, name);
});

test('real reports say what is in them and nothing else', { skip: NO_MODULE }, async (context) => {
  const file = join(process.env.DETICK_SHARED ?? join(ROOT, '../shared'), 'cases/pixel-bodies.json');
  if (!existsSync(file)) return context.skip('no cases/pixel-bodies.json');
  const { Engine } = await import(join(ROOT, 'extension/wasm/detick.js'));
  const engine = Engine.restore(readFileSync(join(ROOT, 'extension/rules/engine.bin')), 'chromium');
  /** @type {{name: string, url: string, body?: string, wanted: object[]}[]} */
  const [, ...rows] = JSON.parse(readFileSync(file, 'utf8')); // the first says what the others are
  const sorted = (/** @type {object[]} */ facts) =>
    facts.map((fact) => JSON.stringify(Object.entries(fact).sort())).sort();
  for (const { name, url, body = '', wanted } of rows) {
    assert.deepEqual(sorted(engine.learned(url, new TextEncoder().encode(body))), sorted(wanted), name);
  }
});

test('a body that is no text is read as nothing', { skip: NO_MODULE }, async () => {
  const { Engine } = await import(join(ROOT, 'extension/wasm/detick.js'));
  const engine = Engine.restore(readFileSync(join(ROOT, 'extension/rules/engine.bin')), 'chromium');
  const bytes = new Uint8Array(1 << 20).fill(0xff);
  assert.deepEqual(engine.learned('https://analytics.tiktok.com/api/v2/pixel', bytes), []);
});
