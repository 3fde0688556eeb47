// Whether somebody is signed in: what the cookies say.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { events, reset, settle, world } from './fake-browser.js';

const account = await import('../../extension/background/tiktok/account.js');

/** @typedef {import('./fake-browser.js').Cookie} Cookie */

/** @param {string} name @param {Partial<Cookie>} [more] @returns {Cookie} */
const cookie = (name, more) => ({
  name,
  value: 'x',
  domain: '.tiktok.com',
  path: '/',
  secure: true,
  storeId: '0',
  ...more,
});

/** @param {Cookie[]} cookies @returns {Promise<unknown>} what is written down once the browser has told of them */
async function accountWith(...cookies) {
  world.cookies = [cookie('ttwid'), ...cookies];
  for (const one of cookies) events.onCookieChanged.fire({ cookie: one, removed: false });
  await settle(10);
  return world.local.data.account;
}

account.watch();
beforeEach(reset);

/** @type {[string, Cookie, object][]} */
const signedIn = [
  ['a person', cookie('sessionid_ss'), { state: 'member', stores: ['0'], products: [] }],
  ['an advertiser', cookie('sessionid_ads'), { state: 'visitor', stores: [], products: ['0'] }],
  ['a seller', cookie('sid_guard_tiktokseller'), { state: 'visitor', stores: [], products: ['0'] }],
  [
    'a seller on a site of its own',
    cookie('UNIFIED_SELLER_TOKEN', { domain: 'seller.tiktokshop.com' }),
    { state: 'visitor', stores: [], products: ['0'] },
  ],
  [
    'a product that nobody knows',
    cookie('sessionid_whatever-comes'),
    { state: 'visitor', stores: [], products: ['0'] },
  ],
  [
    'a person, in a partitioned cookie',
    cookie('sessionid', { partitionKey: { topLevelSite: 'https://tiktok.com' } }),
    { state: 'member', stores: ['0'], products: [] },
  ],
  [
    'a person, on a host with a dot at its end',
    cookie('sessionid', { domain: 'www.tiktok.com.' }),
    { state: 'member', stores: ['0'], products: [] },
  ],
];

for (const [who, session, expected] of signedIn) {
  test(`${who} is signed in, and signed out once the session has ended`, async () => {
    assert.deepEqual(await accountWith(session), expected);
    assert.deepEqual(await accountWith({ ...session, value: '' }), { state: 'visitor', stores: [], products: [] });
  });
}

test('what looks like a session on another site is nobody’s', async () => {
  await accountWith(cookie('sessionid'));
  world.cookies = [
    cookie('sessionid', { domain: '.nottiktok.com' }),
    cookie('sid_tt_ads', { domain: '.shop.example' }),
  ];
  events.onCookieChanged.fire({ cookie: cookie('sessionid', { value: '' }), removed: true });
  await settle(10);
  assert.deepEqual(world.local.data.account, { state: 'visitor', stores: [], products: [] });
});

test('somebody who signed in is found in a browser that has no window yet, and tells of no cookie store', async (t) => {
  t.mock.method(chrome.cookies, 'getAllCookieStores', async () => []);
  assert.deepEqual(await accountWith(cookie('sessionid')), { state: 'member', stores: ['0'], products: [] });
});
