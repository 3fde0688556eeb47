import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { joinContent } from '../../scripts/join.mjs';

const IN_PAGE = await joinContent('content/copy-page.js');
const BESIDE_PAGE = await joinContent('content/copy.js');

const DIRTY = 'https://www.tiktok.com/@a/video/1?_t=x';
const CLEAN = 'https://www.tiktok.com/@a/video/1';

/**
 * A page with a clipboard, in which copy-page.js has run.
 *
 * @param {(text: string) => Promise<unknown> | undefined} take plays copy.js beside it: whether it has written the
 *   text, or nothing if it does not take it
 */
function page(take) {
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
    dispatchEvent: (/** @type {MessageEvent} */ { type, data, ports }) => {
      assert.equal(type, 'detick-copied');
      const answer = take(data);
      answer?.then((isWritten) => ports[0]?.postMessage(isWritten));
      return answer === undefined;
    },
    setTimeout: (/** @type {() => void} */ work) => setTimeout(work, 300),
  };
  const navigator = { clipboard: new Clipboard() };
  const scope = createContext({ Clipboard, MessageChannel, MessageEvent, navigator, window, Reflect, Promise });
  runInContext(IN_PAGE, scope);
  return { written, Clipboard, ...navigator, run: (/** @type {string} */ code) => runInContext(code, scope) };
}

test("a page's lone link is left to be written clean, and the page hears nothing but that it is written", async () => {
  /** @type {string[]} */
  const taken = [];
  const { written, clipboard } = page(async (text) => taken.push(text) > 0);
  assert.equal(await clipboard.writeText(DIRTY), undefined);
  assert.deepEqual([taken, written], [[DIRTY], []]);
});

test('anything else is written as it is, and errors stay the page’s own', async () => {
  const { written, clipboard } = page(() => assert.fail('asked'));
  for (const values of [['Look: https://a.example/?_t=1'], [''], [undefined], [DIRTY.slice(4)]])
    await clipboard.writeText(...values);
  assert.deepEqual(written, [['Look: https://a.example/?_t=1'], [''], [undefined], [DIRTY.slice(4)]]);
  await assert.rejects(clipboard.writeText(), /1 argument required/);
});

test('only the page’s own clipboard is written to in its stead', async () => {
  const { written, Clipboard } = page(() => assert.fail('asked'));
  await new Clipboard().writeText(DIRTY);
  assert.deepEqual(written, [[DIRTY]]);
});

for (const [what, take] of /** @type {[string, () => Promise<unknown> | undefined][]} */ ([
  ['nobody takes it', () => undefined],
  ['it could not be written', async () => false],
  ['there is no answer in time', () => new Promise(() => undefined)],
])) {
  test(`where ${what}, the page writes its own text`, async () => {
    const { written, clipboard } = page(take);
    await clipboard.writeText(DIRTY);
    assert.deepEqual(written, [[DIRTY]]);
  });
}

test('a page that spoils what we use later changes nothing', async () => {
  const { written, clipboard, run } = page(async () => true);
  run(
    `RegExp.prototype.test = RegExp.prototype.exec = () => 'spoilt'; Reflect.apply = () => 'spoilt'; MessageEvent = MessageChannel = undefined;
     window.dispatchEvent = window.setTimeout = undefined`,
  );
  await clipboard.writeText(DIRTY);
  assert.deepEqual(written, []);
});

test('the function looks like the one it replaces', () => {
  const { run } = page(() => undefined);
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
  const userActivation = { isActive: true };
  const runtime = {
    /** @type {string | undefined} */
    id: 'detick',
    getURL: () => 'chrome-extension://detick/',
    /** @param {{ payload: { text: string } }} message */
    sendMessage: async ({ payload }) => {
      asked.push(payload.text);
      return { ok: true, value: { text: payload.text.replace(/\?.*/, '') } };
    },
  };
  const scope = createContext({
    window,
    chrome: { runtime },
    navigator: { userActivation, clipboard: { writeText: async (/** @type {string} */ text) => written.push(text) } },
    MessageEvent,
    setTimeout: (/** @type {() => void} */ work, /** @type {number} */ _, /** @type {unknown[]} */ ...values) =>
      setTimeout(work, 50, ...values),
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
  return { fire, copy, written, asked, userActivation, runtime };
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

/** What copy-page.js hands over, and what it hears. @param {unknown} data */
function question(data) {
  /** @type {unknown[]} */
  const told = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data: answer }) => told.push(answer);
  const event = new MessageEvent('detick-copied', { data, ports: [port2] });
  let isSeen = true;
  let isTaken = false;
  event.preventDefault = () => {
    isTaken = true;
  };
  event.stopImmediatePropagation = () => {
    isSeen = false;
  };
  const heard = async (withinMs = 60) => {
    await new Promise((done) => setTimeout(done, withinMs));
    port1.close();
    return { told, isTaken, isSeen };
  };
  return { event, heard };
}

test('what a page copies is written clean, and the page hears only that it is written', async () => {
  for (const link of [DIRTY, CLEAN]) {
    const { fire, written } = beside();
    const { event, heard } = question(link);
    await fire('detick-copied', event);
    assert.deepEqual(await heard(), { told: [true], isTaken: true, isSeen: false });
    assert.deepEqual(written, [CLEAN]);
  }
});

test('a link whose cleaning takes too long is written as it is', async () => {
  const { fire, written, runtime } = beside();
  runtime.sendMessage = () => new Promise(() => undefined);
  const { event, heard } = question(DIRTY);
  await fire('detick-copied', event);
  assert.deepEqual((await heard(500)).told, [true]);
  assert.deepEqual(written, [DIRTY]);
});

test('a script that asks without a person’s click or key is not answered', async () => {
  const { fire, written, asked, userActivation } = beside();
  userActivation.isActive = false;
  const { event, heard } = question(DIRTY);
  await fire('detick-copied', event);
  assert.deepEqual(await heard(), { told: [], isTaken: false, isSeen: false });
  assert.deepEqual([written, asked], [[], []]);
});

test('nobody waits for a Detick that is gone', async () => {
  const { fire, written, runtime } = beside();
  runtime.id = undefined;
  const { event, heard } = question(DIRTY);
  await fire('detick-copied', event);
  assert.equal((await heard()).isTaken, false);
  assert.deepEqual(written, []);
});

test('nothing but a lone link is taken', async () => {
  for (const data of [`Look: ${DIRTY}`, '', undefined, 7, `https://a.example/${'a'.repeat(70_000)}`]) {
    const { fire, written } = beside();
    const { event, heard } = question(data);
    await fire('detick-copied', event);
    assert.equal((await heard()).isTaken, false);
    assert.deepEqual(written, []);
  }
});
