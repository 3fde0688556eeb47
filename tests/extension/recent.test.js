// What is kept of requests for a log that is opened later.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { events, reset, settle, world } from './fake-browser.js';

const recent = await import('../../extension/background/requests/recent.js');
const { isRecent } = await import('../../extension/stored/recent.js');

/** @import { Recent, RequestDetails, Verdict } from '../../extension/types.js' */

const SHOP = 'https://www.shop.example/p?token=SECRET#SECRET';
/** @type {Verdict} */
const VERDICT = {
  action: 'block',
  filter: '||analytics.',
  list: 'tiktok.txt',
  line: 7,
  company: 'TikTok',
  purpose: 'pixel',
};

/** @param {Partial<RequestDetails>} details */
function note(details) {
  const url = 'https://analytics.tiktok.com/api/v2/pixel?page=SECRET#SECRET';
  const request = { requestId: '1', url, method: 'POST', type: 'ping', tabId: 1, frameId: 0, timeStamp: 1.4 };
  recent.note({ ...request, documentUrl: SHOP, ...details }, 'blocked', VERDICT, SHOP);
}

const stored = () => /** @type {Recent[] | undefined} */ (world.session.data.recent);

recent.watch();
beforeEach(async () => {
  reset();
  world.tabs = [{ id: 1 }, { id: 2 }, { id: 3, incognito: true }];
  await recent.flush();
  reset();
  world.tabs = [{ id: 1 }, { id: 2 }, { id: 3, incognito: true }];
});

test('of a request its time, kind, host and path are kept, and who decided; never a query, nor where somebody was', async () => {
  note({});
  await recent.flush();
  assert.deepEqual(stored(), [
    {
      time: 1,
      tabId: 1,
      site: 'shop.example',
      from: 'www.shop.example',
      type: 'ping',
      method: 'POST',
      url: 'https://analytics.tiktok.com/api/v2/pixel',
      outcome: 'blocked',
      company: 'TikTok',
      purpose: 'pixel',
      filter: '||analytics.',
      list: 'tiktok.txt',
      line: 7,
    },
  ]);
  assert.ok(stored()?.every(isRecent));
});

test('nothing is kept of private windows, of closed tabs, and of what belongs to no tab', async () => {
  for (const tabId of [-1, 3, 9]) note({ tabId });
  await recent.flush();
  assert.deepEqual(stored(), []);
});

test('a tab takes with it what was kept of it', async () => {
  for (const tabId of [1, 2]) note({ tabId });
  await recent.flush();
  world.tabs = [{ id: 2 }];
  events.onRemoved.fire(1);
  await settle(600);
  assert.deepEqual(
    stored()?.map(({ tabId }) => tabId),
    [2],
  );
});

test('the last ones are kept, so many of a tab and so many in all', async () => {
  world.tabs = Array.from({ length: 20 }, (_, id) => ({ id }));
  for (let number = 0; number < 150; number += 1) note({ timeStamp: number });
  await recent.flush();
  assert.equal(stored()?.length, recent.MOST_OF_TAB);
  assert.equal(stored()?.at(-1)?.time, 149);
  for (let tabId = 0; tabId < 20; tabId += 1)
    for (let number = 0; number < 60; number += 1) note({ tabId, timeStamp: number });
  await recent.flush();
  assert.equal(stored()?.length, recent.MOST);
  assert.equal(stored()?.at(-1)?.tabId, 19);
});

test('an endless path takes no endless room, and damage costs itself', async () => {
  world.session.data.recent = [7, { outcome: 'blocked' }];
  note({ url: `https://analytics.tiktok.com/${'a'.repeat(100_000)}` });
  await recent.flush();
  assert.deepEqual(
    stored()?.map(({ url }) => url.length),
    [300],
  );
});
