import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { addressesOf, addressOf, exampleOf, withParameter } from '../../scripts/pass/example.mjs';
import { familyOf } from '../../scripts/pass/family.mjs';
import { exceptionsOf } from '../../scripts/pass/ours.mjs';
import { compare, leftOut, written } from '../../scripts/pass.mjs';

const ROOT = join(import.meta.dirname, '../..');
const isBuilt = existsSync(join(ROOT, 'extension/wasm/detick_bg.wasm'));
const skip = isBuilt ? false : 'the engine is not built: run `cargo xtask build`';

/** @type {string} */
let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'detick-pass-'));
});

after(() => rmSync(folder, { recursive: true }));

/**
 * @param {string} name
 * @param {string} text
 * @returns {string} the path of a new file
 */
function file(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/**
 * What is reported of files.
 *
 * @param {string[]} paths
 * @returns {Promise<string[]>} `group what from`, a row each
 */
async function rowsOf(...paths) {
  const { rows, unread } = await compare(paths);
  assert.deepEqual(unread, []);
  return rows.map(({ group, what, from }) => `${group} ${what} ${from.join(' ')}`);
}

test('requests that a filter list stops and ours do not', { skip }, async () => {
  const list = file(
    'requests.txt',
    `! Title: made up
||made-up.tiktok.com^
||analytics-made-up.tiktok.com^$third-party
@@||excepted.tiktok.com^
||shop.example^
/tiktok-made-up.js$script
||hidden.tiktok.com##.banner
||made-up.tiktok.com/at/*/log^$image,domain=news.example
/lone-log?$image,domain=tiktok.com
||styled.tiktok.com^$csp=script-src 'none'
`,
  );
  assert.deepEqual(await rowsOf(list), [
    'hosts made-up.tiktok.com requests.txt:2',
    'names shop.example/tiktok-made-up.js requests.txt:6',
    'hosts made-up.tiktok.com/at/x/log requests.txt:8',
    'hosts tiktok.com/lone-log requests.txt:9',
  ]);
});

test('what is left out on purpose is counted, with a reason each', { skip }, async () => {
  const isLeft = leftOut('# words\n\nmade-up.example/*/a.js | because\na8 | short\nhttps://x.example/?a=* | any\n');
  assert.deepEqual(
    ['made-up.example/x/y/a.js', 'made-upxexample/x/a.js', 'a8', 'a89', 'https://x.example/?a=1', 'b'].map(isLeft),
    [true, false, true, false, true, false],
  );
  for (const bare of ['a8', 'a8 |', 'a8 | ', ' | why']) assert.throws(() => leftOut(`${bare}\n`), /no reason/);
  const list = file('left.txt', '||tiktok-fly.com^\n||tiktok-made-up.example^\n$removeparam=a8\n');
  const report = await compare([list]);
  assert.deepEqual(
    report.rows.map(({ group, what }) => `${group} ${what}`),
    ['left tiktok-fly.com', 'names tiktok-made-up.example', 'left a8'],
  );
  const text = written(report, { sites: true });
  assert.match(text, /Left out on purpose, see data\/left-out\.txt: 2\n/);
  assert.doesNotMatch(text, /tiktok-fly/);
});

test('what ours stop in part is told with the line', { skip }, async () => {
  const list = file('part.txt', '||www.tiktok.com/slardar/*/sdk-web/a^\n||www.tiktok.com/embed/$subdocument\n');
  const { rows } = await compare([list]);
  assert.match(
    rows[0]?.ours ?? '',
    /^lets image, xmlhttprequest, ping, sub_frame pass; stops by tiktok\.txt:\d+; .*TikTok, /,
  );
  assert.match(rows[1]?.ours ?? '', /^lets it pass; embeds\.txt stops that until a video is wanted; TikTok, /);
});

test('hosts files and lists of domains; a host that two of them have is one row', { skip }, async () => {
  const hosts = file(
    'hosts',
    '# made up\n127.0.0.1 localhost\n0.0.0.0 made-up.tiktok.com # new\n0.0.0.0 shop.example\n',
  );
  const domains = file(
    'domains.list',
    '# made up\nshop.example\n*.made-up.tiktok.com\nmon.tiktok.com\ntiktokish.example\n',
  );
  assert.deepEqual(await rowsOf(hosts, domains), [
    'hosts made-up.tiktok.com hosts:3 domains.list:3',
    'names tiktokish.example domains.list:5',
  ]);
});

test('parameters that a filter list removes and ours leave', { skip }, async () => {
  const list = file(
    'parameters.txt',
    `||tiktok.com^$removeparam=made_up
||tiktok.com^$removeparam=share_link_id
$removeparam=made_up
*$removeparam=fbclid
$removeparam=/^made_up_\\w+=/
||ads.tiktok.com^$removeparam=region
$removeparam=made_up,domain=one.example|two.example
||made-up.tiktok.com^$removeparam
||one.example^$removeparam=~kept
`,
  );
  assert.deepEqual(await rowsOf(list), [
    'family made_up in https://tiktok.com/ parameters.txt:1',
    'everywhere made_up parameters.txt:3',
    'everywhere made_up_aaaaaaaa parameters.txt:5',
    'kept region in https://ads.tiktok.com/ parameters.txt:6',
    'sites made_up in https://one.example/ parameters.txt:7',
    'sites made_up in https://two.example/ parameters.txt:7',
    'family anything in https://made-up.tiktok.com/ parameters.txt:8',
    'untried ||one.example^$removeparam=~kept parameters.txt:9',
  ]);
  const { rows } = await compare([list]);
  assert.match(rows.find(({ group }) => group === 'kept')?.ours ?? '', /^filters\/links\.txt:\d+ TikTok: login/);
});

test('redirectors that a filter list unwraps and ours do not', { skip }, async () => {
  const list = file(
    'redirectors.txt',
    `||leave.example/out?to=http$urlskip=?to
||tiktok.com/link/v2$urlskip=?target
||coded.example/go^$urlskip=?u -base64
||tiktok.com/made-up^$urlskip=?target
||path.example/a/*/to/http$urlskip=/\\/to\\/(http.+)/ -uricomponent
||asked.example^$urlskip=?a -json:b
||blocked.example^$urlskip=?a -blocked
`,
  );
  const found = await rowsOf(list);
  assert.deepEqual(
    found.map((row) => row.replace(/%3A\S*|aHR0\S*/, '…')),
    [
      'redirectors https://leave.example/out?to=https… redirectors.txt:1',
      'redirectors https://coded.example/go?u=… redirectors.txt:3',
      'forms https://tiktok.com/made-up?target=https… redirectors.txt:4',
      'redirectors https://path.example/a/x/to/https… redirectors.txt:5',
      'untried ||asked.example^$urlskip=?a -json:b redirectors.txt:6',
    ],
  );
  const { rows } = await compare([list]);
  assert.match(
    rows.find(({ group }) => group === 'forms')?.ours ?? '',
    /^filters\/links\.txt:\d+ unwraps other addresses of it$/,
  );
});

test("ClearURLs' rules", { skip }, async () => {
  const providers = {
    globalRules: { urlPattern: '.*', rules: ['(?:%3F)?made_up', 'fbclid'] },
    tiktok: {
      urlPattern: '^https?:\\/\\/(?:[a-z0-9-]+\\.)*?tiktok\\.com',
      rules: ['made_up', 'share_link_id'],
      referralMarketing: ['made_up_paid'],
      redirections: ['^https?:\\/\\/(?:[a-z0-9-]+\\.)*?tiktok\\.com\\/link\\/v2.*target=([^&]*)'],
    },
    leave: {
      urlPattern: '^https?:\\/\\/leave(?:\\.[a-z]{2,}){1,}',
      redirections: ['^https?:\\/\\/leave(?:\\.[a-z]{2,}){1,}\\/out\\?.*?to=([^&]*)'],
    },
  };
  const rules = file('data.json', JSON.stringify({ providers }, undefined, 1));
  const found = await rowsOf(rules);
  assert.deepEqual(
    found.map((row) => row.replace(/%3A\S*/, '…')),
    [
      'everywhere made_up data.json:6',
      'family made_up in https://tiktok.com/ data.json:13',
      'family made_up_paid in https://tiktok.com/ data.json:17',
      'redirectors https://leave.com/out?to=https… data.json:26',
    ],
  );
});

test("Brave's names and redirectors", { skip }, async () => {
  const names = file(
    'names.json',
    JSON.stringify(
      [
        { include: ['*://*/*'], exclude: [], params: ['made_up', 'fbclid'] },
        { include: ['*://*.tiktok.com/*', '*://www.capcut.com/*'], exclude: [], params: ['made_up'] },
      ],
      undefined,
      1,
    ),
  );
  const redirectors = file(
    'redirectors.json',
    JSON.stringify([
      { include: ['*://*.leave.example/out?*'], exclude: [], action: 'redirect', param: 'to' },
      { include: ['*://www.tiktok.com/link/*'], exclude: [], action: 'redirect', param: 'target' },
      {
        include: ['*://path.example/*'],
        exclude: [],
        action: 'regex-path',
        param: '^/to/(.*)$',
        prepend_scheme: 'https',
      },
    ]),
  );
  const found = await rowsOf(names, redirectors);
  assert.deepEqual(
    found.map((row) => row.replace(/%3A\S*/, '…')),
    [
      'everywhere made_up names.json:8',
      'family made_up in https://tiktok.com/ names.json:19',
      'family made_up in https://www.capcut.com/ names.json:19',
      'redirectors https://leave.example/out?to=https… redirectors.json:1',
      'redirectors https://path.example/to/destination.example%2Fgoods%3Fid%3D123 redirectors.json:1',
    ],
  );
});

test('files that are of no known kind are named, and the rest goes on', { skip }, async () => {
  const paths = [
    file('letter.txt', 'Dear reader,\nthis is a letter.\nIt has no list in it.\n'),
    file('other.json', '{"a": 1}'),
    file('broken.json', '{"providers": '),
    join(folder, 'missing.txt'),
    file('good.txt', '||made-up.tiktok.com^\n'),
  ];
  const report = await compare(paths);
  assert.deepEqual(
    report.unread.map((sentence) => sentence.split(folder)[1]?.slice(1, 40)),
    [
      'letter.txt: neither a list of filters, ',
      'other.json: neither a list of filters, ',
      'broken.json: it begins as JSON and is n',
      'missing.txt: ENOENT: no such file or di',
    ],
  );
  assert.equal(report.rows.length, 1);
  const text = written(report, { sites: false });
  assert.match(text, /^Not read\n {2}.*letter\.txt: neither/m);
  assert.match(text, /pass here: 1\n {2}made-up\.tiktok\.com\n {6}good\.txt:1\n {6}ours: lets it pass/);
});

test('parameters of other sites are counted until they are asked for, a line of many hosts once', {
  skip,
}, async () => {
  const report = await compare([file('sites.txt', '$removeparam=made_up,domain=one.example|two.example\n')]);
  assert.match(
    written(report, { sites: false }),
    /^Parameters of links to other sites that stay here: 1 \(--sites names/m,
  );
  assert.match(written(report, { sites: true }), /^ {2}made_up in https:\/\/one\.example\/ and 1 more$/m);
});

test('for programs it is JSON, and it ends well whatever was found', { skip }, () => {
  const arguments_ = [
    'scripts/pass.mjs',
    '--json',
    file('one.txt', '||made-up.tiktok.com^\n'),
    join(folder, 'missing'),
  ];
  const { status, stdout } = spawnSync(process.execPath, arguments_, { cwd: ROOT, encoding: 'utf8' });
  const { rows, unread } = JSON.parse(stdout);
  assert.deepEqual([status, rows.length, unread.length], [0, 1, 1]);
});

test('examples of patterns', () => {
  const rows = {
    '||a.example^': 'https://a.example/',
    '||a.example/b*/c^d=': 'https://a.example/bx/c?d=',
    '||a.*/b?c=*^d=1': 'https://a.com/b?c=x&d=1',
    '/b.js': 'https://shop.example/b.js',
    '&b=': 'https://shop.example/?x=1&b=',
    '|https://a.example/b|': 'https://a.example/b',
    'a.com^': 'https://a.com/',
    '': 'https://shop.example/',
  };
  for (const [pattern, address] of Object.entries(rows)) assert.equal(addressOf(pattern), address, pattern);
});

test('examples of regular expressions', () => {
  const rows = {
    'utm(?:_[a-z_]*)?': 'utm_a',
    '[^a]b{2,3}c*(?:d|e)': '0bbcd',
    '(?!x)a\\.b\\d+$': 'a.b11111111',
  };
  for (const [source, text] of Object.entries(rows)) {
    assert.equal(exampleOf(source), text);
    assert.match(text, new RegExp(source));
  }
  assert.deepEqual(
    addressesOf('a\\.example\\/.*to=([^&]+)', 'b.example', 'HERE')[0],
    'https://b.example/a.example/?to=HERE',
  );
  assert.equal(
    addressesOf('^https:\\/\\/a\\.example\\/.*to=([^&]+)', 'b.example', 'HERE')[0],
    'https://a.example/?to=HERE',
  );
  assert.equal(withParameter('https://a.example/?b=&c=1', 'b', '2'), 'https://a.example/?b=2&c=1');
});

test('the family is who is in the table; a name that begins as theirs do sounds like them', () => {
  const rows = [
    'tok.example',
    'tok-a.example',
    'tokb.example',
    'tocktock.example',
    'tocktock2.example',
    'tocktockcdn.example',
  ];
  const family = familyOf(`# made up\n${rows.map((domain) => `${domain} site x Made Up`).join('\n')}\n`);
  assert.equal(family.has('a.tok.example'), true);
  assert.equal(family.has('atok.example'), false);
  assert.equal(family.soundsLike('https://new.tocktockshop.example/'), true);
  assert.equal(family.soundsLike('https://shop.example/madeup.js'), true);
  assert.equal(family.soundsLike('https://tokyo.example/'), false);
  assert.equal(family.soundsLike('https://atocktock.example/'), false);
});

test('what ours keep, with the sentence above it', () => {
  const [gift, all, others] = exceptionsOf(
    'links.txt',
    `! A gift
! is opened by it.
@@||a.example^$removeparam=gift

@@/login^$removeparam,to=~b.example
||a.example/@$removeparam=~/^lang(?:=|$)/
@@/cb^$removeparam,with=code&state
`,
  );
  assert.equal(gift?.why, 'filters/links.txt:3 A gift is opened by it.');
  assert.equal(gift?.holds('https://www.a.example/', 'gift'), true);
  assert.equal(gift?.holds('https://www.a.example/', 'other'), false);
  assert.equal(gift?.holds('https://b.example/a.example', 'gift'), false);
  assert.equal(all?.holds('https://c.example/login?x=1', 'x'), true);
  assert.equal(all?.holds('https://b.example/login?x=1', 'x'), false);
  assert.equal(others?.holds('https://a.example/@me', 'lang'), true);
  assert.equal(others?.holds('https://a.example/@me', 'x'), false);
});
