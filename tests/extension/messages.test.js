import assert from 'node:assert/strict';
import { test } from 'node:test';
import './fake-browser.js';

const { answer } = await import('../../extension/shared/messages.js');
const { PROTOCOL } = await import('../../extension/shared/protocol.js');

/** @typedef {import('../../extension/shared/protocol.js').Kind} Kind */

const OWN = 'chrome-extension://detick/';

/** A sender of each kind, as a browser describes it. */
const SENDERS = {
  page: { id: 'detick', url: `${OWN}popup/page.html?tab=1` },
  content: { id: 'detick', url: 'https://shop.example/', tab: { id: 1 } },
  'unwrap.html': { id: 'detick', url: `${OWN}unwrap.html#https://go.example/`, tab: { id: 1 } },
  'lockout/page.html': { id: 'detick', url: `${OWN}lockout/page.html#x`, tab: { id: 1 } },
};

/** A payload that each message takes. @type {Record<keyof typeof PROTOCOL, object>} */
const SOUND = {
  cleanCopied: { text: 'a' },
  embedWords: { language: 'de-AT' },
  expand: { url: 'https://vm.tiktok.com/x/' },
  followSettings: {},
  liftLockout: {},
  lockAgain: {},
  originalAddress: { tabId: 1, url: 'https://shop.example/' },
  passUnwrapping: { url: 'https://go.example/' },
  pixelReports: { reports: ['{}'], gathered: [] },
  playEmbed: { video: '7300000000000000001' },
  refusedByPolicy: { refused: [{ url: 'https://collector.example/', by: 'connect-src' }] },
  settingsHere: {},
  vouch: { trusted: ['https://lists.example/a.txt'], untrusted: [], ownLines: 'a1'.repeat(32) },
  updateList: { url: 'https://lists.example/a.txt' },
  storedIdentifiers: { site: 'shop.example', names: ['tt_sessionId'] },
};

const handlers = Object.fromEntries(Object.keys(PROTOCOL).map((name) => [name, () => name]));

/** @param {unknown} message @param {object} [sender] */
const ask = (message, sender = SENDERS.page) =>
  answer(handlers, message, /** @type {chrome.runtime.MessageSender} */ (sender));

test('each message is taken from the kinds of scripts that need it, and from no other', async () => {
  for (const [name, { from }] of Object.entries(PROTOCOL)) {
    for (const [kind, sender] of Object.entries(SENDERS)) {
      const { ok } = await ask({ name, payload: SOUND[/** @type {keyof typeof PROTOCOL} */ (name)] }, sender);
      assert.equal(ok, from.includes(/** @type {Kind} */ (kind)), `${name} from ${kind}`);
    }
  }
});

test('an address that only looks like ours is a web page’s', async () => {
  const sender = { id: 'detick', url: `https://x.example/${OWN}popup/page.html`, tab: { id: 1 } };
  assert.equal((await ask({ name: 'expand', payload: SOUND.expand }, sender)).ok, false);
  assert.equal((await ask({ name: 'cleanCopied', payload: SOUND.cleanCopied }, sender)).ok, true);
});

test('a frame that a page has made without an address of its own asks as that page does', async () => {
  for (const url of ['about:blank', 'about:srcdoc', 'blob:https://shop.example/1', 'data:text/html,'])
    assert.equal(
      (await ask({ name: 'embedWords', payload: SOUND.embedWords }, { ...SENDERS.content, url })).ok,
      true,
      url,
    );
  const own = { ...SENDERS.content, url: 'about:addons' };
  assert.equal((await ask({ name: 'embedWords', payload: SOUND.embedWords }, own)).ok, false);
});

test('a script in a web page may ask for seven things only', () => {
  const asked = Object.entries(PROTOCOL).filter(([, { from }]) => from.includes('content'));
  assert.deepEqual(
    asked.map(([name]) => name),
    ['cleanCopied', 'embedWords', 'pixelReports', 'playEmbed', 'refusedByPolicy', 'settingsHere', 'storedIdentifiers'],
  );
});

for (const [who, sender] of Object.entries({
  'another extension': { ...SENDERS.page, id: 'other' },
  'another extension’s script in a page': { ...SENDERS.content, id: 'other' },
  'a web page outside tabs': { id: 'detick', url: 'https://shop.example/' },
  'a file': { id: 'detick', url: 'file:///etc/passwd', tab: { id: 1 } },
  'nobody in particular': { id: 'detick' },
})) {
  test(`no message is taken from ${who}`, async () => {
    for (const [name, payload] of Object.entries(SOUND))
      assert.equal((await ask({ name, payload }, sender)).ok, false, name);
  });
}

for (const [what, name, payload] of /** @type {[string, keyof typeof PROTOCOL, unknown][]} */ ([
  ['no payload', 'followSettings', undefined],
  ['a list', 'followSettings', []],
  ['a number for a link', 'expand', { url: 7 }],
  ['a link of a megabyte', 'expand', { url: `https://vm.tiktok.com/${'a'.repeat(1 << 20)}` }],
  ['reports that are no texts', 'pixelReports', { reports: [{}], gathered: [] }],
  ['a report without end', 'pixelReports', { reports: [], gathered: ['x'.repeat(16_001)] }],
  ['thousands of reports', 'pixelReports', { reports: Array(5000).fill('{}'), gathered: [] }],
  ['a name of a megabyte', 'storedIdentifiers', { site: 'shop.example', names: ['a'.repeat(1 << 20)] }],
  ['a site with a path', 'storedIdentifiers', { site: 'shop.example/x', names: [] }],
  ['refusals without end', 'refusedByPolicy', { refused: Array(5000).fill({ url: 'https://a.example/', by: '' }) }],
  ['a refusal of nothing', 'refusedByPolicy', { refused: [{ by: 'connect-src' }] }],
  ['a list for a text', 'cleanCopied', { text: ['https://shop.example/'] }],
  ['a word for a hash', 'vouch', { trusted: [], untrusted: [], ownLines: 'mine' }],
  ['what is no list’s address', 'vouch', { trusted: ['ads.example'], untrusted: [] }],
  ['an object for a video', 'playEmbed', { video: { toString: null } }],
])) {
  test(`a message with ${what} is refused before its handler sees it`, async () => {
    const [kind] = /** @type {[Kind]} */ (PROTOCOL[name].from);
    assert.deepEqual(await ask({ name, payload }, SENDERS[kind]), {
      ok: false,
      error: `This is not what "${name}" needs.`,
    });
  });
}

test('every message is answered, also in failure', async () => {
  const failing = {
    expand: () => {
      throw new Error('The host is silent.');
    },
  };
  const sender = /** @type {chrome.runtime.MessageSender} */ (SENDERS.page);
  assert.deepEqual(await answer(failing, { name: 'expand', payload: SOUND.expand }, sender), {
    ok: false,
    error: 'The host is silent.',
  });
  assert.deepEqual(await answer({}, { name: 'expand', payload: SOUND.expand }, sender), {
    ok: false,
    error: '"expand" is not answered here.',
  });
  for (const [message, error] of [
    [{ name: 'toString', payload: {} }, 'There is no message "toString".'],
    [{ name: '__proto__', payload: {} }, 'There is no message "__proto__".'],
    [undefined, 'A message needs a name.'],
    [{ name: 7 }, 'A message needs a name.'],
  ]) {
    assert.deepEqual(await ask(message), { ok: false, error });
  }
});
