import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';
import { until } from '../../harness/until.js';
import { reset, world } from './fake-browser.js';

const { leaveAlone, passUnwrapping } = await import('../../extension/background/rules/passes.js');
const rules = await import('../../extension/background/rules/rules.js');
const { BUDGET } = await import('../../extension/background/lists/in-force.js');
const { insistentNames, keptRules, keptShields } = await import('../../extension/background/rules/kept.js');
const { questionRules } = await import('../../extension/background/rules/short-links.js');
const { PRIORITY } = await import('../../extension/background/rules/table.js');
const settings = await import('../../extension/stored/settings.js');
const { faults } = await import('../../extension/stored/faults.js');

/** @typedef {chrome.declarativeNetRequest.Rule} Rule */

const LINKS = [
  { id: 1, priority: 1, ...removing(['utm_source', 'q']) },
  { id: 2, priority: 1, ...removing(['q', 't'], ['shop.example']) },
  { id: 3, priority: 1, ...removing(['q'], ['cart.shop.example']) },
  { id: 4, priority: 1, ...removing(['x', 'q'], ['other.example']) },
  {
    id: 5,
    priority: 4,
    action: { type: 'allow' },
    condition: { requestDomains: ['shop.example'], urlFilter: '/oauth' },
  },
  { id: 6, priority: 4, action: { type: 'allow' }, condition: { urlFilter: '/unsubscribe' } },
  { id: 7, priority: 2, ...removing(['q', 'z']), condition: { urlFilter: '^z=' } },
  { id: 8, priority: 2, ...removing(['q', 'z']), condition: { requestDomains: ['shop.example'], urlFilter: '^q=' } },
  { id: 9, priority: 2, ...removing(['y']), condition: { urlFilter: '||www.shop.example/item/*^y=' } },
];
const UNWRAP = [{ regexFilter: '^https://go\\.example/\\?u=' }];

/** @param {string} name @returns {Rule[]} what the build made of that list */
function bundled(name) {
  return JSON.parse(readFileSync(new URL(`../../extension/rules/${name}.json`, import.meta.url), 'utf8'));
}

/** @param {string[]} removeParams @param {string[]} [requestDomains] */
function removing(removeParams, requestDomains) {
  return {
    action: { type: 'redirect', redirect: { transform: { queryTransform: { removeParams } } } },
    condition: { resourceTypes: ['main_frame'], ...(requestDomains && { requestDomains }) },
  };
}

/** The answer to a library that asks for an embed's markup. */
const MARKUP = 10;
const session = () => /** @type {Rule[]} */ (/** @type {unknown} */ (world.sessionRules.rules));
const dynamic = () => /** @type {Rule[]} */ (/** @type {unknown} */ (world.dynamic.rules));

/** @param {string} action */
const withAction = (action) => dynamic().filter((rule) => rule.action.type === action);

beforeEach(() => {
  reset();
  world.files.set('rules/links.json', JSON.stringify(LINKS));
  world.files.set('rules/referral.json', '[]');
  world.files.set('rules/unwrap.json', JSON.stringify(UNWRAP));
});

test('surrogates are on exactly while Detick may see all sites', async () => {
  await rules.sync();
  for (const id of ['surrogates', 'embed-stand-ins']) assert.ok(world.rulesets.has(id), id);
  world.hasAccess = false;
  await rules.sync();
  for (const id of ['surrogates', 'embed-stand-ins']) assert.ok(!world.rulesets.has(id), id);
  for (const id of ['block', 'embeds']) assert.ok(world.rulesets.has(id), id);
});

test('a change at the very moment at which the last one is done is heeded too', async () => {
  await rules.sync();
  for (let moment = 0; moment < 60; moment += 1) {
    const done = rules.sync();
    for (let passed = 0; passed < moment; passed += 1) await undefined;
    world.hasAccess = !world.hasAccess;
    await Promise.all([done, rules.sync()]);
    assert.equal(world.rulesets.has('surrogates'), world.hasAccess, `after ${moment} steps`);
  }
});

test('surrogates that are an address of their own are on where the browser takes such', async () => {
  await rules.sync();
  for (const id of ['data-surrogates', 'data-embed-stand-ins']) assert.ok(world.rulesets.has(id), id);
  world.hasAccess = false;
  await rules.sync();
  for (const id of ['data-surrogates', 'data-embed-stand-ins']) assert.ok(!world.rulesets.has(id), id);
});

test('affiliate parameters go only where the user says so', async () => {
  await rules.sync();
  assert.ok(!world.rulesets.has('referral'));
  await settings.update((chosen) => ({ ...chosen, removeReferral: true }));
  await rules.sync();
  assert.ok(world.rulesets.has('referral'));
});

test('links are opened as they are where the user says so', async () => {
  await settings.update((chosen) => ({ ...chosen, cleanOpened: false, removeReferral: true }));
  await rules.sync();
  assert.ok(!world.rulesets.has('links') && !world.rulesets.has('referral'));
  const redirects = [...dynamic(), ...session()].filter((rule) => rule.action.type === 'redirect');
  assert.deepEqual(
    redirects.filter(({ id }) => id !== MARKUP),
    [],
  );
});

test('libraries that ask for the markup of an embed are answered with that of their video, where embeds wait', async () => {
  await rules.sync();
  const rule = session().find(({ id }) => id === MARKUP);
  const filter = new RegExp(rule?.condition.regexFilter ?? '', 'i');
  const answerTo = (/** @type {string} */ asked) => {
    const url = `https://www.tiktok.com/oembed?url=${asked}`;
    if (!filter.test(url)) return undefined;
    // As browsers do it: what the filter does not match stays.
    const filled = url.replace(filter, (rule?.action.redirect?.regexSubstitution ?? '').replace(/\\(\d)/g, '$$$1'));
    assert.ok(filled.startsWith('data:application/json,'), filled);
    return JSON.parse(decodeURIComponent(filled.slice('data:application/json,'.length)));
  };
  for (const asked of [
    'https://www.tiktok.com/@tina.b-c/video/7300000000000000001?is_copy=1"><img src=x onerror=alert(1)>',
    'https%3A%2F%2Fwww.tiktok.com%2F%40tina.b-c%2Fvideo%2F7300000000000000001%22%3E%3Cscript%3E',
  ]) {
    const { html, author_name: author } = answerTo(asked);
    assert.equal(author, 'tina.b-c');
    assert.ok(
      html.startsWith(
        '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@tina.b-c/video/7300000000000000001" data-video-id="7300000000000000001"><section>',
      ),
    );
    assert.doesNotMatch(html, /img|alert/);
  }
  for (const other of [
    'https://www.tiktok.com/@tina"><script>/video/7300000000000000001',
    'https://www.tiktok.com/@tina%22/video/7300000000000000001',
    'https://other.example/@tina/video/7300000000000000001',
  ])
    assert.equal(answerTo(other), undefined, other);
  assert.ok(rule?.condition.excludedInitiatorDomains?.includes('tiktok.com'));
  world.hasAccess = false;
  await settings.update((chosen) => ({ ...chosen, badge: false }));
  await rules.sync();
  assert.equal(
    session().find(({ id }) => id === MARKUP),
    undefined,
    'without access it would let the request out',
  );
  world.hasAccess = true;
  await settings.update((chosen) => ({ ...chosen, embeds: 'load' }));
  await rules.sync();
  assert.equal(
    session().find(({ id }) => id === MARKUP),
    undefined,
  );
});

test('a pause covers pages and their service workers', async () => {
  const until = Date.now() + 3_600_000;
  await settings.update((chosen) => settings.withPause(chosen, { host: 'shop.example', until }));
  await rules.sync();
  const [pause] = withAction('allowAllRequests');
  assert.deepEqual(pause?.condition, { requestDomains: ['shop.example'], resourceTypes: ['main_frame'] });
  const [worker] = session();
  assert.deepEqual(worker?.condition, { initiatorDomains: ['shop.example'], tabIds: [-1] });
  assert.equal(pause?.priority, 1_000_000);
  assert.equal(worker?.priority, 1_000_000);
});

test('a pause that has run out leaves no rule', async () => {
  await settings.update((chosen) => settings.withPause(chosen, { host: 'shop.example', until: 1 }));
  await rules.sync();
  assert.deepEqual(withAction('allowAllRequests'), []);
  assert.deepEqual(
    session().filter((rule) => rule.action.type === 'allow'),
    [],
  );
});

test('a change of settings sets the rules again', async () => {
  rules.watch();
  await settings.update((chosen) => settings.withPause(chosen, { host: 'shop.example', until: 0 }));
  await until('the pause', async () => withAction('allowAllRequests').length === 1);
});

test('unwrapping spares paused sites, sites with links off, and its own way on', async () => {
  await settings.update((chosen) =>
    settings.withPause({ ...chosen, linksOff: ['b.example'] }, { host: 'a.example', until: 0 }),
  );
  await rules.sync();
  const unwrap = session().find((rule) => rule.id === 10_000);
  assert.equal(unwrap?.action.redirect?.regexSubstitution, 'chrome-extension://detick/unwrap.html#\\0');
  assert.deepEqual(unwrap?.condition.excludedInitiatorDomains, ['detick', 'b.example', 'a.example']);
  assert.deepEqual(unwrap?.condition.excludedRequestDomains, ['b.example', 'a.example']);
  assert.deepEqual(unwrap?.condition.resourceTypes, ['main_frame']);
});

test('a kept parameter stays on its site: every rule that would take it there is copied without the name', async () => {
  await settings.update((chosen) => settings.withKept(chosen, { host: 'shop.example', name: 'q' }));
  await rules.sync();
  const copies = dynamic().filter((rule) => rule.id >= 2_000 && rule.id < 10_000);
  const summary = copies.map((rule) => [
    rule.action.type,
    rule.priority,
    rule.condition.requestDomains,
    rule.condition.urlFilter,
    rule.action.redirect?.transform?.queryTransform?.removeParams,
  ]);
  assert.deepEqual(summary, [
    ['redirect', 3, ['shop.example'], undefined, ['utm_source']],
    ['redirect', 3, ['shop.example'], undefined, ['t']],
    ['redirect', 4, ['www.shop.example'], '||www.shop.example/item/*^y=', ['y']],
  ]);
});

test('hosts on which the same is kept share their copies: five hundred need no more rules than one', async () => {
  const copiesFor = async (/** @type {import('../../extension/types.js').Kept[]} */ keep) => {
    await settings.update((chosen) => ({ ...chosen, keep }));
    await rules.sync();
    return dynamic().filter((rule) => rule.id >= 2_000 && rule.id < 10_000);
  };
  const one = await copiesFor([{ host: 'site0.example', name: 'q' }]);
  const hosts = Array.from({ length: 500 }, (_, index) => `site${index}.example`);
  const many = await copiesFor(hosts.map((host) => ({ host, name: 'q' })));
  assert.ok(one.length > 0);
  assert.equal(many.length, one.length);
  for (const { condition } of many) assert.deepEqual(condition.requestDomains, hosts);
  assert.equal(session().filter((rule) => rule.id >= 2_000 && rule.id < 10_000).length, 1);
  // A rule is copied once for each set of names that it must leave; names that it does not take make no difference.
  const more = await copiesFor(hosts.map((host, index) => ({ host, name: index === 7 ? 'utm_source' : 'q' })));
  assert.equal(more.length, one.length + 1);
  const strangers = await copiesFor(hosts.map((host, index) => ({ host, name: `q${index}` })));
  assert.equal(strangers.length, 1);
});

test('what is kept needs few rules, however many lines and exceptions there are', () => {
  const built = bundled('links');
  const guards = built.filter(({ action }) => action.type === 'allow').length;
  const counts = (/** @type {import('../../extension/types.js').Kept[]} */ keep) => keptRules(keep, built).length;
  assert.ok(guards > 400, `${guards} exceptions`);
  assert.equal(counts([{ host: 'site.example', name: 'q' }]), 1);
  assert.equal(counts([{ host: 'site.example', name: 'utm_source' }]), 1);
  const hosts = Array.from({ length: 500 }, (_, at) => `site${at}.example`);
  assert.equal(counts(hosts.map((host, at) => ({ host, name: `q${at}` }))), 1);
  assert.equal(
    counts(
      hosts.flatMap((host) => [
        { host, name: 'utm_source' },
        { host, name: 'fbclid' },
      ]),
    ),
    1,
  );
});

test('copies for five hundred names that are all taken everywhere fit beside lists that fill their budget', () => {
  const built = bundled('links');
  const everywhere = built.find(({ priority, condition }) => priority === 1 && !condition.requestDomains);
  const names = everywhere?.action.redirect?.transform?.queryTransform?.removeParams ?? [];
  assert.ok(names.length > 300);
  const keep = Array.from({ length: 500 }, (_, at) => ({
    host: `site${at}.example`,
    name: names[at % names.length] ?? '',
  }));
  const copies = keptRules(keep, built);
  assert.equal(copies.length, new Set(keep.map(({ name }) => name)).size);
  // What Chromium takes: MAX_NUMBER_OF_DYNAMIC_RULES and MAX_NUMBER_OF_UNSAFE_DYNAMIC_RULES. The other rules of ours
  // are some dozens.
  assert.ok(BUDGET.rules + copies.length + 100 <= 30_000, `${copies.length} copies`);
  assert.ok(BUDGET.unsafe + copies.length + 100 <= 5_000, `${copies.length} copies`);
});

test('exceptions win over copies, and none of our lines is above exceptions', () => {
  for (const { priority = 1, action } of ['links', 'referral'].flatMap(bundled)) {
    if (action.type === 'allow') assert.ok(priority >= PRIORITY.exception);
    else assert.ok(priority + PRIORITY.copy <= PRIORITY.exception);
  }
});

test('what is kept on a host above and what is kept below do not undo each other', async () => {
  const keep = [
    { host: 'below.example', name: 'q' },
    { host: 'www.below.example', name: 'utm_source' },
  ];
  await settings.update((chosen) => ({ ...chosen, keep }));
  await rules.sync();
  const removing = withAction('redirect').map(({ action, condition }) => [
    condition.requestDomains,
    condition.excludedRequestDomains,
    action.redirect?.transform?.queryTransform?.removeParams,
  ]);
  assert.deepEqual(removing, [[['below.example'], ['www.below.example'], ['utm_source']]]);
});

test('links with a kept parameter are shielded from the rules that would take it', async () => {
  const keep = [
    { host: 'shop.example', name: 'q' },
    { host: 'news.example', name: 'a|b' },
  ];
  await settings.update((chosen) => ({ ...chosen, keep }));
  await rules.sync();
  const shields = session().filter((rule) => rule.action.type === 'allow');
  assert.deepEqual(
    shields.map(({ action, priority, condition }) => [
      action.type,
      priority,
      condition.requestDomains,
      condition.urlFilter,
    ]),
    [
      ['allow', 2, ['shop.example'], '^q='],
      ['allow', 2, ['news.example'], undefined],
    ],
  );
});

test('links with a kept parameter that lines take out in spite of exceptions stay whole', () => {
  const own = { id: 10_000_000, priority: 5, ...removing(['q', 'r'], ['shop.example']) };
  const whole = { ...own, action: { type: 'redirect', redirect: { transform: { query: '' } } } };
  const exception = { id: 10_000_001, priority: 6, action: { type: 'allow' }, condition: {} };
  const ofLists = { id: 1_000_000, priority: 2, ...removing(['t']) };
  const asRules = (/** @type {object[]} */ ...some) => /** @type {Rule[]} */ (some);
  assert.deepEqual(insistentNames(asRules(own, exception, ofLists)), ['q', 'r']);
  assert.deepEqual(insistentNames(asRules(whole)), ['*']);
  const keep = [
    { host: 'shop.example', name: 'q' },
    { host: 'shop.example', name: 't' },
  ];
  const priorities = (/** @type {string[]} */ insistent) =>
    keptShields(keep, insistent).map(({ priority }) => priority);
  assert.deepEqual(priorities([]), [2, 2]);
  assert.deepEqual(priorities(['q', 'r']), [6, 2]);
  assert.deepEqual(priorities(['*']), [6, 6]);
});

test('short links travel without cookies and referrer', async () => {
  await rules.sync();
  const headers = withAction('modifyHeaders').filter(({ id }) => [3, 4].includes(id));
  assert.ok(headers[0]?.condition.requestDomains?.includes('vm.tiktok.com'));
  assert.equal(headers[1]?.condition.urlFilter, '||tiktok.com/t/');
  for (const rule of headers) {
    assert.deepEqual(
      rule.action.requestHeaders?.map((one) => one.header),
      ['cookie', 'referer'],
    );
    assert.deepEqual(
      rule.action.responseHeaders?.map((one) => one.header),
      ['set-cookie'],
    );
  }
});

test('a rule that the browser refuses costs only itself, and old rules go all the same', async (t) => {
  t.mock.method(console, 'warn', () => undefined);
  await settings.update((chosen) => settings.withPause(chosen, { host: 'shop.example', until: 0 }));
  await rules.sync();
  world.dynamic.refuses = (rule) => rule.id === 2;
  await settings.update((chosen) =>
    settings.withPause(settings.withLinksOff(settings.withoutPause(chosen, 'shop.example'), 'b.example'), {
      host: 'c.example',
      until: 0,
    }),
  );
  await rules.sync();
  assert.deepEqual(
    [1, 2].map((id) => dynamic().find((rule) => rule.id === id)?.condition.requestDomains),
    [['c.example'], undefined],
  );
});

test('kept parameters for which there is no room are given up at once, told of, and keep nothing else from being set', async (t) => {
  t.mock.method(console, 'error', () => undefined);
  world.dynamic.most = 13;
  const keep = Array.from({ length: 500 }, (_, index) => ({ host: `site${index}.example`, name: `q${index}` }));
  const names = ['utm_source', ...keep.map(({ name }) => name)];
  world.files.set('rules/links.json', JSON.stringify([{ id: 1, priority: 1, ...removing(names) }]));
  await settings.update((chosen) =>
    settings.withPause({ ...chosen, keep, level: 'lockout' }, { host: 'shop.example', until: 0 }),
  );
  await rules.sync();
  assert.ok(world.dynamic.updates <= 3, `${world.dynamic.updates} changes`);
  assert.ok(world.rulesets.has('lockout'));
  assert.equal(withAction('allowAllRequests').length, 1);
  assert.equal(typeof world.session.data.rulesSynced, 'string');
  assert.deepEqual(await faults(), ['faultKept']);
  // The parameters stay all the same: links that have one stay whole.
  assert.equal(session().filter(({ condition }) => /^\^q\d+=$/.test(condition.urlFilter ?? '')).length, 500);
  const { updates } = world.dynamic;
  await rules.sync();
  assert.equal(world.dynamic.updates, updates, 'nothing is tried again before something has changed');
  world.dynamic.most = 1_000;
  await settings.update((chosen) => ({ ...chosen, badge: false }));
  await rules.sync();
  assert.deepEqual(await faults(), []);
  assert.equal(withAction('redirect').length, 500);
});

test('where there is no room even for shields, sites on which something is kept have their links left whole', async (t) => {
  t.mock.method(console, 'error', () => undefined);
  world.sessionRules.most = 4;
  const keep = Array.from({ length: 50 }, (_, index) => ({ host: `site${index}.example`, name: `q${index}` }));
  await settings.update((chosen) => ({ ...chosen, keep }));
  await rules.sync();
  const shields = session().filter((rule) => rule.id >= 2_000 && rule.id < 10_000);
  assert.deepEqual(
    shields.map(({ action, condition }) => [action.type, condition.urlFilter, condition.requestDomains?.length]),
    [['allow', undefined, 50]],
  );
  assert.deepEqual(await faults(), ['faultKept']);
});

test('a newer wish ends an older run: lockout does not wait for parameters that are being kept', async (t) => {
  /** @type {string[]} */
  const done = [];
  const { update } = world.dynamic;
  const keep = [{ host: 'shop.example', name: 'q' }];
  t.mock.method(chrome.declarativeNetRequest, 'updateDynamicRules', async (/** @type {any} */ change) => {
    if (done.length === 0) {
      await settings.update((chosen) => ({ ...chosen, level: 'lockout' }));
      rules.sync();
    }
    const kept = change.addRules.some((/** @type {Rule} */ { id }) => id >= 2_000);
    done.push(`${kept ? 'kept' : 'others'}${world.rulesets.has('lockout') ? ', locked out' : ''}`);
    await update(change);
  });
  await settings.update((chosen) => ({ ...chosen, keep }));
  await rules.sync();
  assert.deepEqual(done, ['others', 'kept, locked out']);
  assert.equal(JSON.parse(String(world.session.data.rulesSynced)).level, 'lockout');
});

test('a wish that changes nothing ends no run', async (t) => {
  const { update } = world.dynamic;
  t.mock.method(chrome.declarativeNetRequest, 'updateDynamicRules', (/** @type {any} */ change) => {
    rules.sync(); // as when a tab is opened
    return update(change);
  });
  await settings.update((chosen) => ({ ...chosen, keep: [{ host: 'shop.example', name: 'q' }] }));
  await rules.sync();
  assert.equal(world.dynamic.updates, 2);
});

test('links let past are not stopped by a change of settings', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  await passUnwrapping({ url: 'https://go.example/' }, { tab: /** @type {chrome.tabs.Tab} */ ({ id: 7 }) });
  await rules.sync();
  assert.equal(session().filter(({ condition }) => condition.tabIds?.includes(7)).length, 1);
});

test('rules that were set only in part are set again when the next worker wakes', async (t) => {
  t.mock.method(console, 'error', () => undefined);
  await rules.sync();
  t.mock.method(world.session, 'set', async (/** @type {Record<string, unknown>} */ items) => {
    Object.assign(world.session.data, items);
    if ('rulesSynced' in items) throw new Error('the worker dies');
  });
  await settings.update((chosen) => settings.withPause(chosen, { host: 'shop.example', until: 0 }));
  await rules.sync();
  assert.equal(world.session.data.rulesSynced, false);
});

test('ids are unique', async () => {
  const change = settings.withKept(
    { ...settings.DEFAULTS, linksOff: ['b.example'] },
    { host: 'shop.example', name: 'q' },
  );
  await settings.update(() => settings.withPause(change, { host: 'a.example', until: 0 }));
  await rules.sync();
  assert.equal(new Set(dynamic().map((rule) => rule.id)).size, dynamic().length);
});

test('the question where a short link leads is let through for Detick alone', () => {
  for (const { action, condition } of questionRules()) {
    assert.equal(action.type, 'allow');
    assert.deepEqual(condition.resourceTypes, ['xmlhttprequest']);
    assert.deepEqual(condition.initiatorDomains, [new URL(chrome.runtime.getURL('')).hostname]);
  }
});

test('requests of our own reach no host that only the person can reach, unless they chose a list there', async () => {
  await rules.sync();
  const lists = ['https://nas.lan/list.txt', 'https://lists.example/a.txt'];
  await settings.update((chosen) => ({ ...chosen, lists: lists.map((url) => ({ url, on: true, trusted: false })) }));
  await rules.sync();
  const own = dynamic().filter(
    ({ condition }) => condition.regexFilter && condition.initiatorDomains?.[0] === 'detick',
  );
  const isStopped = (/** @type {string} */ host) =>
    own.some(({ condition }) => new RegExp(String(condition.regexFilter)).test(`https://${host}/x?y=//10.0.0.1/`));
  for (const { action, priority, condition } of own) {
    assert.deepEqual([action.type, priority, condition.resourceTypes], ['block', 2_000_000, undefined]);
    assert.deepEqual(condition.excludedRequestDomains, ['nas.lan', 'lists.example']);
  }
  const words = ['localhost', 'a.localhost', 'router', 'router.', 'printer.local', 'nas.lan', 'nas.home.arpa'];
  const fours = [
    '10.0.0.1',
    '127.0.0.1:8080',
    '192.168.1.1',
    '169.254.169.254',
    '172.31.0.1',
    '100.64.0.1',
    '0.0.0.0',
    '192.0.0.8',
    '198.18.0.1',
    '198.19.255.255',
    '224.0.0.1',
    '239.1.1.1',
    '240.0.0.1',
    '255.255.255.255',
  ];
  const sixes = [
    '[::1]',
    '[fe80::1]',
    '[fd00::1]',
    '[::ffff:a00:1]',
    '[64:ff9b::a00:1]',
    '[fec0::1]',
    '[feff::1]',
    '[ff02::1]',
    '[2002:a00:1::]',
    '[2001::a00:1]',
    '[2001:0:a00:1::1]',
    '[2001:1ff::1]',
    '[2606:4700::5efe:a00:1]',
    '[2606:4700::200:5efe:a00:1]',
    '[2606:4700:1:2:0:5efe:a00:1]',
  ];
  for (const host of [...words, ...fours, ...sixes, 'user:word@10.0.0.1']) assert.ok(isStopped(host), host);
  const names = ['lists.example', 'localhost.example', '10.example.com', 'lan.example', 'example.com.'];
  const publicFours = [
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '192.0.1.1',
    '198.20.0.1',
    '223.255.255.255',
    '25.1.2.3',
  ];
  const publicSixes = [
    '[2606:4700::1]',
    '[2001:4860:4860::8888]',
    '[2001:200::1]',
    '[2606:4700:5efe:1::1]',
    '[3ffe::1]',
  ];
  for (const host of [...names, ...publicFours, ...publicSixes]) assert.ok(!isStopped(host), host);
});

/** @returns {Rule[]} */
const passing = () => session().filter((rule) => rule.action.type === 'allow');

/** A message from a tab. @param {number} id */
const from = (id) => ({ tab: /** @type {chrome.tabs.Tab} */ ({ id }) });

test('a link that cannot be unwrapped is let past, itself, in its own tab', async () => {
  await passUnwrapping({ url: 'https://go.example/x?a=ü#y' }, from(7));
  assert.deepEqual(
    passing().map((rule) => rule.condition),
    [{ urlFilter: '|https://go.example/x?a=%C3%BC', resourceTypes: ['main_frame'], tabIds: [7] }],
  );
});

test('a link is let past however it ends and however long it is, once, and beside others', async () => {
  await passUnwrapping({ url: 'https://go.example/?a||' }, from(7));
  await passUnwrapping({ url: `https://go.example/?${'a'.repeat(65_000)}` }, from(7));
  await passUnwrapping({ url: 'https://go.example/?a||' }, from(7));
  await passUnwrapping({ url: 'https://go.example/?a||' }, from(8));
  assert.deepEqual(
    passing().map(({ id, condition }) => [
      id,
      condition.tabIds,
      condition.urlFilter?.slice(0, 30),
      condition.urlFilter?.length,
    ]),
    [
      [20_000, [7], '|https://go.example/?a', 22],
      [20_001, [7], '|https://go.example/?aaaaaaaaa', 1_001],
      [20_002, [8], '|https://go.example/?a', 22],
    ],
  );
});

test('an address that insists is left alone, whatever its parameters, and its redirectors are unwrapped', async () => {
  await leaveAlone('https://shop.example/p?utm_source=a');
  await leaveAlone('https://shop.example/q?utm_source=a', 7);
  assert.deepEqual(
    passing().map(({ priority, condition }) => [priority, condition.urlFilter, condition.tabIds]),
    [
      [8, '|https://shop.example/p?', undefined],
      [8, '|https://shop.example/q?', [7]],
    ],
  );
});

test('a hundred links are let past, and of more some one makes way', async () => {
  for (let index = 0; index < 120; index += 1) await leaveAlone(`https://shop.example/${index}`);
  assert.equal(passing().length, 100);
  assert.ok(passing().some((rule) => rule.condition.urlFilter === '|https://shop.example/119?'));
});

test('nobody but a tab is let past, and only to the web', async () => {
  await assert.rejects(passUnwrapping({ url: 'https://go.example/' }, {}));
  await assert.rejects(passUnwrapping({ url: 'file:///etc' }, { tab: /** @type {chrome.tabs.Tab} */ ({ id: 7 }) }));
  assert.deepEqual(
    session().filter((rule) => rule.action.type === 'allow'),
    [],
  );
});
