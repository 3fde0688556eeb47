// A background mostly wakes for a request, and should not begin to get ready when that is delivered.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import './fake-browser.js';

const { circumstancesNow } = await import('../../extension/engine/circumstances.js');
const { engineNow } = await import('../../extension/engine/engine.js');
const requests = await import('../../extension/background/requests/requests.js');

// No request ever comes.
const silent = { addListener: () => undefined };
Object.assign(chrome.webRequest, { onBeforeRedirect: silent, onErrorOccurred: silent, onResponseStarted: silent });

/** @param {() => unknown} holds */
async function until(holds) {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    assert.ok(Date.now() < deadline, 'waited too long');
    await new Promise((wait) => setTimeout(wait, 5));
  }
}

test('a background that wakes gets ready before the first request is delivered', async () => {
  requests.watch();
  await until(() => engineNow() && circumstancesNow());
});
