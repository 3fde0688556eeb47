// The memory that compiling lists takes, where no worker takes it along when it ends: in a service worker.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import './fake-browser.js';

/** What there was of WebAssembly's memory, in the order in which it was made. @type {WeakRef<WebAssembly.Memory>[]} */
const memories = [];

/** @param {WebAssembly.Instance} instance */
const note = ({ exports }) => memories.push(new WeakRef(/** @type {WebAssembly.Memory} */ (exports.memory)));

const { instantiate, Instance } = WebAssembly;
WebAssembly.instantiate = /** @type {any} */ (
  async (/** @type {any} */ module, /** @type {any} */ imports) => {
    const made = /** @type {any} */ (await instantiate(module, imports));
    note(made.instance ?? made);
    return made;
  }
);
WebAssembly.Instance = class extends Instance {
  /** @param {ConstructorParameters<typeof Instance>} args */
  constructor(...args) {
    super(...args);
    note(this);
  }
};

const { compile, examine } = await import('../../extension/background/lists/compiler.js');
const { sniff } = await import('../../extension/wasm/compiler.js');

const LINES = Array.from({ length: 40_000 }, (_, number) => `||host${number}.example^$third-party`).join('\n');

test('is given back when the lists are compiled, and what comes next is compiled as well', async () => {
  const bytes = new TextEncoder().encode(LINES);
  const budget = { rules: 30_000, unsafe: 5000, regex: 1000 };
  const order = { parts: [{ name: 'many.txt', bytes, trusted: false, own: false }], budget };
  // Both at once: neither may lose what it works on.
  const [product, finding] = await Promise.all([compile(order), examine(bytes)]);
  assert.equal(product.report.lists[0]?.converted, 40_000);
  assert.equal(finding.facts?.filters, 40_000);
  assert.equal(sniff(bytes), undefined);

  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  await new Promise((next) => setTimeout(next)); // what a reference was asked for stays until then
  runInNewContext('gc')();
  const megabytes = memories.map((memory) => (memory.deref()?.buffer.byteLength ?? 0) / 1e6);
  assert.ok(memories.length >= 2);
  assert.ok(Math.max(...megabytes) < 4, `${megabytes}`);

  const again = await compile(order);
  assert.deepEqual(again.report.lists[0]?.converted, 40_000);
});
