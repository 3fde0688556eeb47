// The engine as browsers run it, and the lists that hold for some requests only: tests/switched.json.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const MODULE = join(ROOT, 'extension/wasm/detick_bg.wasm');
const NO_MODULE = existsSync(MODULE) ? false : 'the engine is not built: run `cargo xtask build`';
const SWITCHED = ['embeds', 'lockout', 'player', 'visitor'];

/**
 * @typedef {object} Row
 * @property {string} url
 * @property {string} sourceUrl
 * @property {string} type
 * @property {string} [method]
 * @property {string[]} lists those in force
 * @property {string} verdict
 * @property {string} [by] the list whose line decides
 * @property {string} why
 */

test('every row has its verdict and names its list', { skip: NO_MODULE }, async () => {
  const { default: init, Engine } = await import(join(ROOT, 'extension/wasm/detick.js'));
  const { quickCheck } = await import(join(ROOT, 'extension/engine/quick-check.js'));
  const { memory } = await init({ module_or_path: readFileSync(MODULE) });
  const engine = Engine.restore(readFileSync(join(ROOT, 'extension/rules/engine.bin')), 'chromium');
  const quick = quickCheck(engine, memory);
  /** @type {Row[]} */
  const rows = JSON.parse(readFileSync(join(ROOT, 'tests/switched.json'), 'utf8'));
  for (const { url, sourceUrl, type, method = 'GET', lists, verdict, by, why } of rows) {
    const isOff = SWITCHED.filter((name) => !lists.includes(name));
    const off = isOff.reduce((sum, name) => sum + engine.listBit(`${name}.txt`), 0);
    const answer = quick(url, sourceUrl, type, method, off);
    assert.equal(answer?.action ?? 'none', verdict, `${url}: ${why}`);
    assert.equal(answer?.list, by && `${by}.txt`, `${url}: ${why}`);
    assert.deepEqual(engine.check(url, sourceUrl, type, method, off), answer, url);
  }
  engine.free();
});
