import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { events, reset, world } from './fake-browser.js';

const forget = await import('../../extension/background/tiktok/forget.js');
const { visitorTabs } = await import('../../extension/background/rules/level.js');
const { accountIn } = await import('../../extension/shared/level.js');
const { playEmbed } = await import('../../extension/background/tiktok/embeds.js');
const settings = await import('../../extension/stored/settings.js');

/** @import { Account } from '../../extension/types.js' */

const VIDEO = 'https://www.tiktok.com/@tina/video/7300000000000000001';
const NEWS = 'https://news.example/';
const ORDINARY = '0';
const PRIVATE = '1';

/** @param {string} storeId @param {string[]} names */
const jar = (storeId, ...names) =>
  names.map((name) => ({ name, value: 'x', domain: '.tiktok.com', path: '/', secure: true, storeId }));

/** @param {string} storeId */
const namesIn = (storeId) => world.cookies.filter((one) => one.storeId === storeId).map(({ name }) => name);

/** @param {number} tabId @param {string} url */
const go = (tabId, url) => Promise.all(events.onCommitted.fire({ tabId, frameId: 0, url }));

/** @param {string[]} stores those with an account */
async function signedIn(...stores) {
  /** @type {Account} */
  const account = { state: stores.length > 0 ? 'member' : 'visitor', stores };
  await world.local.set({ account });
}

forget.watch();
beforeEach(async () => {
  reset();
  world.tabs = [{ id: 1 }, { id: 2 }, { id: 3, incognito: true }];
  world.cookies = [...jar(ORDINARY, 'ttwid', 'tt_csrf_token'), ...jar(PRIVATE, 'ttwid')];
  await signedIn();
});

test('a visitor is forgotten with the last page, and only what identifies goes', async () => {
  await go(1, VIDEO);
  await go(2, VIDEO);
  await go(1, NEWS);
  assert.deepEqual(namesIn(ORDINARY), ['ttwid', 'tt_csrf_token'], 'one page is still open');
  await Promise.all(events.onRemoved.fire(2));
  assert.deepEqual(namesIn(ORDINARY), ['tt_csrf_token']);
  assert.equal(world.removed.length, 1);
});

test('a video that a reader plays just after the last page was left keeps what its player is given', async () => {
  await go(1, VIDEO);
  const leaving = go(1, NEWS);
  await playEmbed({ video: '7300000000000000001' }, { tab: /** @type {chrome.tabs.Tab} */ ({ id: 2 }), url: NEWS });
  await leaving;
  assert.deepEqual(namesIn(ORDINARY), ['ttwid', 'tt_csrf_token']);
  assert.deepEqual(world.removed, []);
  await Promise.all(events.onRemoved.fire(2));
  assert.deepEqual(namesIn(ORDINARY), ['tt_csrf_token']);
});

test('so does what comes while the cookies are looked at', async () => {
  const { cookies } = /** @type {{ chrome: any }} */ (/** @type {unknown} */ (globalThis)).chrome;
  const { getAll } = cookies;
  await go(1, VIDEO);
  cookies.getAll = async (/** @type {object} */ wanted) => {
    const found = await getAll(wanted);
    await forget.enter(2);
    return found;
  };
  try {
    await go(1, NEWS);
  } finally {
    cookies.getAll = getAll;
  }
  assert.deepEqual(namesIn(ORDINARY), ['ttwid', 'tt_csrf_token']);
});

test('where extensions may delete nothing but cookies, those go all the same, and it is no failure', async () => {
  const { chrome } = /** @type {{ chrome: any }} */ (/** @type {unknown} */ (globalThis));
  const { browsingData } = chrome;
  delete chrome.browsingData;
  try {
    await forget.forgetEverywhere();
  } finally {
    chrome.browsingData = browsingData;
  }
  assert.deepEqual([namesIn(ORDINARY), namesIn(PRIVATE)], [['tt_csrf_token'], []]);
});

test('each cookie store has a visitor of its own', async () => {
  await go(1, VIDEO);
  await go(3, VIDEO);
  await go(3, NEWS);
  assert.deepEqual(namesIn(PRIVATE), []);
  assert.deepEqual(namesIn(ORDINARY), ['ttwid', 'tt_csrf_token']);
});

test('nothing of a member’s goes, and a visitor beside them is forgotten all the same', async () => {
  world.cookies = [...jar(ORDINARY, 'ttwid', 'sessionid'), ...jar(PRIVATE, 'ttwid')];
  await signedIn(ORDINARY);
  for (const [tabId] of [[1], [3]]) await go(tabId ?? 0, VIDEO);
  for (const [tabId] of [[1], [3]]) await go(tabId ?? 0, NEWS);
  assert.deepEqual(namesIn(ORDINARY), ['ttwid', 'sessionid']);
  assert.deepEqual(namesIn(PRIVATE), []);
  assert.deepEqual(world.removed, []);
});

test('a session that has not been heard of yet protects all the same', async () => {
  const elsewhere = jar(ORDINARY, 'odin_tt').map((cookie) => ({ ...cookie, domain: '.tiktokv.us' }));
  world.cookies = [...jar(ORDINARY, 'ttwid', 'sessionid_ss'), ...elsewhere];
  await forget.forgetEverywhere();
  assert.deepEqual(namesIn(ORDINARY), ['ttwid', 'sessionid_ss', 'odin_tt']);
  assert.deepEqual(world.removed, []);
});

/** What a product's account is made of, as its sites set it. @type {Record<string, string[]>} */
const PRODUCTS = {
  'an advertiser': ['sessionid_ads', 'sessionid_ss_ads', 'sid_tt_ads', 'sid_guard_ads', 'uid_tt_ads', 'odin_tt'],
  'a seller': ['sid_guard_tiktokseller', 'UNIFIED_SELLER_TOKEN', 'app_id_unified_seller_env', 'csrftoken'],
  'a product that nobody knows': ['sessionid_whatever-comes', 's_v_web_id'],
};

/** @param {string} host */
const wasCleared = (host) => JSON.stringify(world.removed).includes(`"https://${host}"`);

for (const [who, names] of Object.entries(PRODUCTS)) {
  test(`${who} loses no cookie and nothing that the product’s site stores, and is forgotten on www.tiktok.com`, async () => {
    const elsewhere = jar(ORDINARY, 'ttwid').map((cookie) => ({ ...cookie, domain: '.tiktokv.us' }));
    world.cookies = [...jar(ORDINARY, 'ttwid', ...names), ...elsewhere];
    await go(1, VIDEO);
    await go(1, NEWS);
    assert.deepEqual(namesIn(ORDINARY), ['ttwid', ...names]);
    for (const host of ['ads.tiktok.com', 'shop.tiktok.com', 'www.tiktokshop.com']) assert.ok(!wasCleared(host), host);
    assert.ok(wasCleared('www.tiktok.com'));
  });
}

test('an advertiser who signed out is a visitor, and whatever else the account left stays', async () => {
  const ended = jar(ORDINARY, 'sessionid_ads').map((cookie) => ({ ...cookie, value: '' }));
  world.cookies = [...jar(ORDINARY, 'ttwid', 'd_ticket_ads', 'passport_auth_status_ads'), ...ended];
  await forget.forgetEverywhere();
  assert.deepEqual(namesIn(ORDINARY), ['d_ticket_ads', 'passport_auth_status_ads', 'sessionid_ads']);
  assert.ok(wasCleared('ads.tiktok.com') && wasCleared('www.tiktok.com'));
});

test('cookies that a site keeps partitioned are forgotten too, and those of a host with a dot at its end', async () => {
  const own = { topLevelSite: 'https://tiktok.com' };
  const [partitioned, kept] = jar(ORDINARY, 'ttwid', 'tt_csrf_token').map((one) => ({ ...one, partitionKey: own }));
  const dotted = jar(ORDINARY, 'msToken').map((one) => ({ ...one, domain: 'www.tiktok.com.' }));
  world.cookies = [...jar(ORDINARY, 'ttwid'), ...[partitioned, kept].flatMap((one) => one ?? []), ...dotted];
  await forget.forgetEverywhere();
  assert.deepEqual(namesIn(ORDINARY), ['tt_csrf_token']);
});

test('a partitioned session protects as any other', async () => {
  const own = { topLevelSite: 'https://tiktok.com' };
  world.cookies = [
    ...jar(ORDINARY, 'ttwid'),
    ...jar(ORDINARY, 'sessionid').map((one) => ({ ...one, partitionKey: own })),
  ];
  await forget.forgetEverywhere();
  assert.deepEqual(namesIn(ORDINARY), ['ttwid', 'sessionid']);
});

test('whoever wants TikTok’s own pages left alone is not forgotten', async () => {
  await settings.update((chosen) => ({ ...chosen, level: 'pixels' }));
  await forget.forgetEverywhere();
  assert.equal(world.cookies.length, 3);
});

test('at the browser’s start everybody is forgotten', async () => {
  await Promise.all(events.onStartup.fire());
  assert.deepEqual([namesIn(ORDINARY), namesIn(PRIVATE)], [['tt_csrf_token'], []]);
});

test('at its start the browser may have no window yet, and tells of no cookie store: the ordinary one is looked into', async (t) => {
  t.mock.method(chrome.cookies, 'getAllCookieStores', async () => []);
  await Promise.all(events.onStartup.fire());
  assert.deepEqual(namesIn(ORDINARY), ['tt_csrf_token']);
});

test('at an update, which a browser may make as it starts, those are forgotten of whom no page is open', async () => {
  world.tabs = [
    { id: 1, url: NEWS },
    { id: 3, url: VIDEO, incognito: true },
  ];
  await Promise.all(events.onInstalled.fire({ reason: 'install' }));
  assert.deepEqual(namesIn(ORDINARY), ['ttwid', 'tt_csrf_token'], 'it was only just installed');
  await Promise.all(events.onInstalled.fire({ reason: 'update' }));
  assert.deepEqual([namesIn(ORDINARY), namesIn(PRIVATE)], [['tt_csrf_token'], ['ttwid']]);
});

test('a tab that was open over an update counts as open, and is forgotten when it is closed', async () => {
  world.tabs = [{ id: 3, url: VIDEO, incognito: true }];
  await Promise.all(events.onInstalled.fire({ reason: 'update' }));
  assert.deepEqual(namesIn(PRIVATE), ['ttwid']);
  await Promise.all(events.onRemoved.fire(3));
  assert.deepEqual(namesIn(PRIVATE), []);
});

test('some time after a page was last opened, where that is chosen', async () => {
  await go(1, VIDEO);
  assert.equal(world.alarms.forget, undefined);
  await settings.update((chosen) => ({ ...chosen, forget: 'tenMinutes' }));
  await go(1, VIDEO);
  assert.deepEqual(world.alarms.forget, { delayInMinutes: 10 });
  await Promise.all(events.onAlarm.fire({ name: 'forget' }));
  assert.deepEqual(namesIn(ORDINARY), ['tt_csrf_token']);
});

test('who is a member in one cookie store is a visitor in another', () => {
  /** @type {Account} */
  const member = { state: 'member', stores: [PRIVATE] };
  assert.equal(accountIn(member, PRIVATE)?.state, 'member');
  assert.equal(accountIn(member, ORDINARY)?.state, 'visitor');
  assert.equal(accountIn({ state: 'unknown', stores: [] }, ORDINARY)?.state, 'unknown');
});

test('visitors’ tabs are told apart only where a member is about, and the level is left to Detick', async () => {
  assert.deepEqual(await visitorTabs(), []);
  await signedIn(PRIVATE);
  assert.deepEqual(await visitorTabs(), [1, 2]);
  await settings.update((chosen) => ({ ...chosen, level: 'pixels' }));
  assert.deepEqual(await visitorTabs(), []);
  await settings.update((chosen) => ({ ...chosen, level: 'visitor' }));
  assert.deepEqual(await visitorTabs(), [], 'the ruleset is on as a whole');
});
