import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';

const read = (/** @type {string} */ name) =>
  readFile(new URL(`../../extension/content/${name}`, import.meta.url), 'utf8');
const IN_PAGE = await read('copy-page.js');
const BESIDE_PAGE = await read('copy.js');

const DIRTY = 'https://www.tiktok.com/@a/video/1?_t=x';
const CLEAN = 'https://www.tiktok.com/@a/video/1';

/** A page with a clipboard, in which copy-page.js has run; `answer` plays copy.js beside it. @param {(text: string) => string | undefined} answer */
function page(answer) {
  /** @type {unknown[][]} */
  const written = [];
  class Clipboard {
    /** @param {unknown[]} values */
    async writeText(...values) {
      if (values.length === 0) throw new TypeError('1 argument required');
      written.push(values);
    }
  }
  const window = {
    postMessage: (
      /** @type {{ text: string }} */ data,
      /** @type {string} */ _,
      /** @type {MessagePort[]} */ [port],
    ) => {
      const text = answer(data.text);
      if (text !== undefined) port?.postMessage(text);
    },
    setTimeout: (/** @type {() => void} */ work) => setTimeout(work, 300),
  };
  const scope = createContext({ Clipboard, MessageChannel, window, Reflect, Promise });
  runInContext(IN_PAGE, scope);
  const clipboard = new Clipboard();
  return { written, clipboard, run: (/** @type {string} */ code) => runInContext(code, scope) };
}

test("a page's lone link is written clean", async () => {
  const { written, clipboard } = page(() => CLEAN);
  await clipboard.writeText(DIRTY);
  assert.deepEqual(written, [[CLEAN]]);
});

test('anything else is written as it is, and errors stay the page’s own', async () => {
  const { written, clipboard } = page(() => 'never asked');
  for (const values of [['Look: https://a.example/?_t=1'], [''], [undefined], [DIRTY.slice(4)]])
    await clipboard.writeText(...values);
  assert.deepEqual(written, [['Look: https://a.example/?_t=1'], [''], [undefined], [DIRTY.slice(4)]]);
  await assert.rejects(clipboard.writeText(), /1 argument required/);
});

test('without an answer in time the page gets its own text', async () => {
  const { written, clipboard } = page(() => undefined);
  await clipboard.writeText(DIRTY);
  assert.deepEqual(written, [[DIRTY]]);
});

test('a page that spoils what we use later changes nothing', async () => {
  const { written, clipboard, run } = page(() => CLEAN);
  run(
    `RegExp.prototype.test = () => false; Reflect.apply = () => 'spoilt'; window.postMessage = window.setTimeout = undefined`,
  );
  await clipboard.writeText(DIRTY);
  assert.deepEqual(written, [[CLEAN]]);
});

test('the function looks like the one it replaces', () => {
  const { run } = page(() => CLEAN);
  assert.equal(run('Clipboard.prototype.writeText.name'), 'writeText');
  assert.equal(run('Object.keys(Clipboard.prototype).includes("writeText")'), false);
});

/** The world beside a page, in which copy.js has run. */
function beside() {
  /** @type {[string, (event: object) => unknown][]} */
  const listeners = [];
  /** @type {string[]} */
  const written = [];
  /** @type {string[]} */
  const asked = [];
  let selection = '';
  const window = {
    addEventListener: (/** @type {string} */ type, /** @type {(event: object) => unknown} */ listener) =>
      listeners.push([type, listener]),
  };
  const scope = createContext({
    window,
    chrome: {
      runtime: {
        sendMessage: async (/** @type {{ payload: { text: string } }} */ { payload }) => {
          asked.push(payload.text);
          return { ok: true, value: { text: payload.text.replace(/\?.*/, '') } };
        },
      },
    },
    navigator: { clipboard: { writeText: async (/** @type {string} */ text) => written.push(text) } },
    document: { activeElement: null },
    HTMLInputElement: class {},
    HTMLTextAreaElement: class {},
    getSelection: () => selection,
  });
  runInContext(BESIDE_PAGE, scope);
  const fire = async (/** @type {string} */ type, /** @type {object} */ event) => {
    for (const [listened, listener] of listeners) if (listened === type) listener(event);
    await new Promise((done) => setTimeout(done, 5));
  };
  const copy = (/** @type {string} */ text, /** @type {object} */ event = {}) => {
    selection = text;
    return fire('copy', { isTrusted: true, defaultPrevented: false, ...event });
  };
  return { window, fire, copy, written, asked };
}

test('a copied lone link is replaced by the clean one', async () => {
  const { copy, written } = beside();
  await copy(` ${DIRTY}\n`);
  assert.deepEqual(written, [CLEAN]);
});

test('what a page sets on the event itself counts', async () => {
  const { copy, written } = beside();
  await copy('', { defaultPrevented: true, clipboardData: { getData: () => DIRTY } });
  assert.deepEqual(written, [CLEAN]);
});

test('clean links, other texts and events that a page made up are left alone', async () => {
  const { copy, written, asked } = beside();
  await copy(CLEAN);
  await copy(`Look: ${DIRTY}`);
  assert.deepEqual(asked, [CLEAN]);
  await copy(DIRTY, { isTrusted: false });
  await copy('', { isTrusted: false, defaultPrevented: true, clipboardData: { getData: () => DIRTY } });
  assert.deepEqual(asked, [CLEAN]);
  assert.deepEqual(written, []);
});

test('the page’s question is answered to the port alone, and kept from the page', async () => {
  const { window, fire } = beside();
  /** @type {string[]} */
  const told = [];
  let isStopped = false;
  const question = {
    source: window,
    data: { detick: 'copied', text: DIRTY },
    ports: [{ postMessage: (/** @type {string} */ text) => told.push(text) }],
    stopImmediatePropagation: () => {
      isStopped = true;
    },
  };
  await fire('message', { ...question, source: {} });
  await fire('message', { ...question, data: { text: DIRTY } });
  assert.deepEqual(told, []);
  await fire('message', question);
  assert.deepEqual(told, [CLEAN]);
  assert.ok(isStopped);
});
