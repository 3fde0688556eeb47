// Scripts of ours that run in a page's own world: no stack and no error of theirs names an address of ours.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { VIDEO } from '../../../harness/world/links.js';

describe(`${BROWSER}: a page reads no address of ours in stacks and errors`, () => {
  const session = openSession('with Detick');

  it('of what has copied links cleaned, where links are shared', async () => {
    const read = await readOn(VIDEO);
    assert.ok(
      read.some((text) => text.includes('isLoneLink')),
      'the script is there',
    );
    assertHidden(read);
  });

  it('of what is denied to a visitor’s page of TikTok’s', async () => {
    await until('a visitor', async () => {
      const { account } = await session.browser.inExtension(() => chrome.storage.local.get('account'));
      return /** @type {any} */ (account)?.state === 'visitor';
    });
    const read = await readOn('https://www.tiktok.com/');
    assert.ok(read.includes('denied'), 'errors were made');
    assertHidden(read);
  });

  /** @param {string} url */
  async function readOn(url) {
    const { page } = await visit(session, url);
    return page.evaluate(readEverything);
  }
});

/** @param {string[]} read */
function assertHidden(read) {
  assert.deepEqual(
    read.filter((text) => /extension:/.test(text)),
    [],
  );
}

/** Runs in a page. @returns {Promise<string[]>} all that it can read of who calls it, and of errors */
async function readEverything() {
  /** @type {string[]} */
  const read = [];
  const note = (/** @type {string} */ what, /** @type {any} */ error) =>
    read.push(what, String(error), ...[error?.stack, error?.fileName, error?.filename].map(String));
  const named = (/** @type {string} */ name) => ({
    toString() {
      note('named', new Error(name));
      return name;
    },
  });
  addEventListener('detick-copied', () => note('asked', new Error('asked')));
  addEventListener(/** @type {any} */ (named('devicemotion')), () => undefined);
  const denied = (/** @type {unknown} */ error) => note('denied', error);
  const soon = (/** @type {Promise<unknown> | undefined} */ promise) =>
    Promise.race([promise, new Promise((done) => setTimeout(done, 300))]).catch(denied);
  await soon(navigator.clipboard.writeText('https://a.example/?utm_source=x'));
  await soon(navigator.clipboard.writeText(/** @type {any} */ (named('words'))));
  await soon(navigator.mediaDevices?.getUserMedia({ video: true }));
  await soon(navigator.clipboard.readText?.());
  await soon(navigator.credentials?.get());
  await soon(new Promise((_, fail) => navigator.geolocation.getCurrentPosition(() => undefined, fail)));
  read.push(JSON.stringify(performance.getEntries()), String(navigator.clipboard.writeText));
  return read;
}
