import assert from 'node:assert/strict';
import { test } from 'node:test';
import { world } from './fake-browser.js';

const { levelOf } = await import('../../extension/shared/level.js');
const { familyOf } = await import('../../extension/shared/families.js');
const { DEFAULTS } = await import('../../extension/stored/settings.js');
const { playerRules } = await import('../../extension/background/rules/embeds.js');
const { isPlayer } = await import('../../extension/shared/player.js');
const { afterTurn, playEmbed } = await import('../../extension/background/tiktok/embeds.js');
const { withNames } = await import('../../extension/background/tiktok/forgotten.js');
const { fateOf, sessionOf } = await import('../../extension/background/tiktok/cookie-names.js');
const { lockoutRules } = await import('../../extension/background/rules/detours.js');
const { rulesets } = await import('../../extension/background/rules/rules.js');

/** @typedef {import('../../extension/types.js').Account} Account */
/** @typedef {import('../../extension/types.js').Level} Level */

/** @type {Account} */
const VISITOR = { state: 'visitor', stores: [] };
/** @type {Account} */
const MEMBER = { state: 'member', stores: ['0'] };
/** @type {Account} */
const UNKNOWN = { state: 'unknown', stores: [] };

/**
 * Choice, account, lifted until, and the level at 1,000 ms.
 *
 * @type {['auto' | Level, Account | undefined, number, Level][]}
 */
const levels = [
  ['auto', VISITOR, 0, 'visitor'],
  ['auto', MEMBER, 0, 'pixels'],
  ['auto', UNKNOWN, 0, 'pixels'],
  ['auto', undefined, 0, 'pixels'],
  ['pixels', VISITOR, 0, 'pixels'],
  ['visitor', MEMBER, 0, 'visitor'],
  ['lockout', MEMBER, 0, 'lockout'],
  ['lockout', MEMBER, 1_001, 'pixels'],
  ['lockout', VISITOR, 1_001, 'visitor'],
  ['lockout', VISITOR, 1_000, 'lockout'],
];

for (const [level, account, liftedUntil, expected] of levels) {
  test(`${level} with ${account?.state ?? 'nothing known'}, lifted until ${liftedUntil}: ${expected}`, () => {
    assert.equal(levelOf({ ...DEFAULTS, level }, account, liftedUntil, 1_000), expected);
  });
}

test('the visitor’s rules and the lockout’s are on at their own level alone', () => {
  for (const level of /** @type {const} */ (['pixels', 'visitor', 'lockout'])) {
    const on = rulesets(DEFAULTS, true, level);
    assert.deepEqual([on.visitor, on.lockout], [level === 'visitor', level === 'lockout']);
    assert.equal(on.block, true);
  }
});

test('a host belongs to the family by whole labels', () => {
  assert.equal(familyOf('v16-webapp.tiktok.com'), 'tiktok.com');
  assert.equal(familyOf('lemon8-app.com'), 'lemon8-app.com');
  for (const host of ['nottiktok.com', 'tiktok.com.evil.example', '', 'tiktok'])
    assert.equal(familyOf(host), undefined);
});

/** What becomes of a visitor's cookies, by TikTok's own names for them. */
const fates = {
  account: [
    'sessionid',
    'sessionid_ss',
    'sid_tt',
    'uid_tt_ss',
    'sid_ucp_v1',
    'ssid_ucp_v1',
    'd_ticket_ads',
    'store-idc',
    'sessionid_ss_ads',
    'sid_tt_ads',
    'uid_tt_ss_ads',
    'sid_guard_tiktokseller',
    'ssid_ucp_v1_ads',
    'ssid_ucp_sso_v1_tiktokseller',
    'store-country-sign',
    'tt-target-idc-sign',
    'tt_session_tlb_tag',
    'tt_session_tlb_tag_ads',
    'tt_ticket_guard_client_web_domain',
    'toutiao_sso_user_ss_ads',
    'last_login_method',
    'app_id_unified_seller_env',
    'UNIFIED_SELLER_TOKEN',
    'sessionid_nobody-knows_yet2',
  ],
  // Nobody has explained these, but so look sessions, tickets and logins.
  'account ': [
    'new_session',
    'creatorSessionId',
    'x-ticket',
    'loginState',
    'passport_new',
    'seller_id',
    'access_token',
    'sso_x',
  ],
  kept: [
    'tt_csrf_token',
    'passport_csrf_token_default',
    'tiktok_webapp_theme',
    'tiktok_webapp_theme_source',
    'cookie-consent',
  ],
  forgotten: [
    'ttwid',
    'tt_chain_token',
    'msToken',
    'odin_tt',
    's_v_web_id',
    'tt_webid_v2',
    '_ttp',
    '_ga',
    '_hjSessionUser_1',
    'never-heard-of',
  ],
};

for (const [fate, names] of Object.entries(fates)) {
  test(`${fate}: ${names.join(', ')}`, () => {
    for (const name of names) assert.equal(fateOf(name), fate.trim(), name);
  });
}

/** Whose sessions there are, and cookies that are none. */
const sessions = {
  person: ['sessionid', 'sessionid_ss'],
  product: [
    'sessionid_ads',
    'sessionid_ss_ads',
    'sid_tt_ads',
    'sid_guard_tiktokseller',
    'uid_tt_tiktokseller',
    'sid_ucp_v1_ads',
    'tt_session_tlb_tag_ads',
    'UNIFIED_SELLER_TOKEN',
    'oec_seller_id_unified_seller_env',
    'sessionid_nobody-knows_yet2',
  ],
  nobody: [
    'sid_tt',
    'uid_tt_ss',
    'sid_ucp_v1',
    'tt_session_tlb_tag',
    'passport_auth_status_ads',
    'd_ticket_ads',
    'tt_ticket_guard_x',
    'new_session',
    'ttwid',
  ],
};

for (const [whose, names] of Object.entries(sessions)) {
  test(`a session of ${whose}: ${names.join(', ')}`, () => {
    for (const name of names) {
      assert.equal(sessionOf({ name, value: 'x' }) ?? 'nobody', whose, name);
      assert.equal(sessionOf({ name, value: '' }), undefined, `${name}, ended`);
    }
  });
}

test('a player is let through by its very address, for its tab, and calls nobody else', () => {
  /** @type {chrome.declarativeNetRequest.Rule} */
  const within = { id: 1, priority: 40, action: { type: 'block' }, condition: { initiatorDomains: ['tiktok.com'] } };
  const players = [
    { tabId: 7, video: '7300000000000000001', token: 'a', site: 'news.example' },
    { tabId: 8, video: '7300000000000000002', token: 'b', site: 'news.example' },
  ];
  const [only, first, second] = playerRules(players, [within]);
  assert.deepEqual(only?.condition, { initiatorDomains: ['tiktok.com'], tabIds: [7, 8] });
  assert.deepEqual(first?.condition.tabIds, [7]);
  const address = first?.condition.urlFilter ?? '';
  assert.match(address, /^\|https:\/\/www\.tiktok\.com\/player\/v1\/7300000000000000001\?.*#a\|$/);
  assert.ok(isPlayer(address.slice(1, -1)), 'rules and background know the player by the same address');
  assert.equal(new Set([only?.id, first?.id, second?.id]).size, 3);
  assert.deepEqual(playerRules([], [within]), []);
});

test('a player that its tab has left is let through no more, and may do no more than before, nor where no tab is told', () => {
  /** @type {chrome.declarativeNetRequest.Rule[]} */
  const within = [
    { id: 1, priority: 40, action: { type: 'block' }, condition: { initiatorDomains: ['tiktok.com'] } },
    { id: 2, priority: 40, action: { type: 'block' }, condition: { requestDomains: ['mcs-va.tiktok.com'] } },
  ];
  const video = { tabId: 7, token: 'a', site: 'news.example' };
  const playing = [
    { ...video, video: '7300000000000000001' },
    { ...video, tabId: 8, video: '7300000000000000001' },
    { ...video, video: '7300000000000000002' },
  ];
  const left = afterTurn(playing, 7, 'https://shop.example/');
  const conditions = playerRules(left, within).map(({ action, condition }) => [action.type, condition.tabIds]);
  assert.deepEqual(conditions, [
    ['block', [8, 7]],
    ['block', [8, 7, -1]],
    ['allow', [8]],
  ]);
  assert.equal(afterTurn(left, 7, 'https://next.example/'), left, 'once is enough');
  const ids = playerRules([], within).map(({ condition }) => condition.tabIds);
  assert.deepEqual(ids, [[-1]], 'a tab that was closed has no number left');

  const again = afterTurn([...left, { ...video, video: '7300000000000000003' }], 7, 'https://next.example/');
  assert.deepEqual(
    again.map(({ tabId, isLeft = false }) => [tabId, isLeft]),
    [
      [8, false],
      [7, true],
    ],
  );
  for (const players of [playing, left])
    assert.deepEqual(
      afterTurn(players, 7, 'https://www.tiktok.com/').map(({ tabId }) => tabId),
      [8],
      'TikTok’s own pages may do what a player may not',
    );
});

test('a player is known by its very address, with the token of the play and without', () => {
  const player = 'https://www.tiktok.com/player/v1/7300000000000000001';
  for (const token of ['', '#', '#a'])
    assert.equal(isPlayer(`${player}?rel=0&description=1&music_info=1${token}`), true, token);
  for (const other of [player, `${player}?rel=0`, `${player}?rel=0&description=1&music_info=1&x`, 'https://a.example/'])
    assert.equal(isPlayer(other), false, other);
});

test('a video is named by its number, so that nothing else gets into a rule', async () => {
  const sender = { tab: /** @type {chrome.tabs.Tab} */ ({ id: 7 }), url: 'https://www.news.example/today?id=1' };
  for (const video of ['', '1', '7300000000000000001|', '*', '../../embed/7300000000000000001', '٧٣٠٠٠٠٠٠٠٠'])
    await assert.rejects(playEmbed({ video }, sender), /named by its number/, video);
  await assert.rejects(playEmbed({ video: '7300000000000000001' }, {}), /Only a tab/);
  assert.equal(world.session.data.players, undefined);
  const { token } = await playEmbed({ video: '7300000000000000001' }, sender);
  assert.match(token, /^[\da-f-]{36}$/);
  const player = { tabId: 7, video: '7300000000000000001', token, site: 'news.example' };
  assert.deepEqual(world.session.data.players, [player]);
  assert.equal((await playEmbed({ video: player.video }, sender)).token, token, 'another frame of the same page');
  const inFrame = {
    tab: /** @type {chrome.tabs.Tab} */ ({ id: 8, url: 'https://news.example/' }),
    frameId: 3,
    url: 'https://service.example/widget',
  };
  assert.notEqual((await playEmbed({ video: '7300000000000000001' }, inFrame)).token, token, 'another play');
  const [, other] = /** @type {{ site: string }[]} */ (world.session.data.players);
  assert.equal(other?.site, 'news.example', 'of whose page it is, not of whose frame');
});

test('pages that are locked out are answered by our page, with their address', () => {
  const [rule] = lockoutRules([
    { id: 1, action: { type: 'block' }, condition: { requestDomains: ['tiktok.com'] } },
    { id: 2, action: { type: 'block' }, condition: { urlFilter: 'x' } },
  ]);
  assert.deepEqual(rule?.condition.requestDomains, ['tiktok.com']);
  assert.equal(rule?.action.redirect?.regexSubstitution, 'chrome-extension://detick/lockout/page.html#\\0');
});

test('deleted identifiers are counted by site and name, and old sites make room', () => {
  const once = withNames({}, 'shop.example', ['_ttp', 'ttclid']);
  assert.deepEqual(withNames(once, 'shop.example', ['_ttp']), { 'shop.example': { _ttp: 2, ttclid: 1 } });
  let many = once;
  for (let number = 0; number < 250; number += 1) many = withNames(many, `site${number}.example`, ['_ttp']);
  assert.equal(Object.keys(many).length, 200);
  assert.ok(!('shop.example' in many) && 'site249.example' in many);
});

test('of what is deleted on a site fifty names are kept, and words that are no name are not told', () => {
  const many = Array.from({ length: 300 }, (_, number) => `name${number}`);
  const { 'shop.example': here = {} } = withNames({}, 'shop.example', [
    'WARNING: unsafe',
    'x'.repeat(41),
    ...many,
    'name3',
  ]);
  assert.equal(Object.keys(here).length, 50);
  assert.deepEqual([here['…'], here.name3], [2, 2]);
});
