import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset } from './fake-browser.js';
import { fakeEngine } from './fake-engine.js';

const { judge } = await import('../../extension/log/judge.js');
const { DEFAULTS } = await import('../../extension/stored/settings.js');

/** @import { Engine, RequestDetails, Settings } from '../../extension/types.js' */

const SHOP = 'https://shop.example/p';
const PIXEL = 'https://analytics.tiktok.com/api/v2/pixel';
const SCRIPT = 'https://analytics.tiktok.com/i18n/pixel/events.js';
const BLOCKED = 'net::ERR_BLOCKED_BY_CLIENT';
const OWN = 'chrome-extension://detick/';
const INTERNAL = 'HTTP/1.1 307 Internal Redirect';

beforeEach(reset);

/**
 * @param {Partial<RequestDetails>} details
 * @param {Partial<Settings>} [chosen]
 * @param {Engine} [engine]
 */
function judged(details, chosen = {}, engine = fakeEngine) {
  const known = { settings: { ...DEFAULTS, ...chosen }, account: undefined, liftedUntil: undefined };
  const request = {
    requestId: '1',
    url: PIXEL,
    method: 'GET',
    type: 'ping',
    tabId: 1,
    frameId: 0,
    timeStamp: 1,
    ...details,
  };
  return judge(engine, known, request, { url: SHOP, isPrivate: false });
}

const PAUSED = { paused: [{ host: 'shop.example', until: 0 }] };

/** @type {Engine} */
const allowing = {
  ...fakeEngine,
  check: () => ({ action: 'allow', filter: '@@||analytics.', list: 'tiktok.txt', line: 9 }),
};

test('what the rules block is blocked, and the line that says so is told', () => {
  const entry = judged({ error: BLOCKED });
  assert.equal(entry?.outcome, 'blocked');
  assert.deepEqual(
    [entry?.company, entry?.list, entry?.line, entry?.site],
    ['TikTok', 'tiktok.txt', 7, 'shop.example'],
  );
});

test('what another extension blocks is not called ours', () => {
  const entry = judged({ url: 'https://ads.example/x.js', error: BLOCKED });
  assert.equal(entry?.outcome, 'ended');
  assert.equal(entry?.filter, undefined);
  assert.equal(judged({ error: BLOCKED }, PAUSED)?.outcome, 'ended');
  assert.equal(judged({ error: BLOCKED }, {}, allowing)?.outcome, 'ended');
});

test('what breaks off by itself was not stopped', () => {
  assert.equal(judged({ error: 'net::ERR_CONNECTION_RESET' })?.outcome, 'ended');
});

test('what leaves has passed, was let through by a line, or by a pause', () => {
  assert.equal(judged({ url: 'https://shop.example/x.js' })?.outcome, 'passed');
  assert.equal(judged({}, PAUSED)?.outcome, 'paused');
  const allowed = judged({}, {}, allowing);
  assert.deepEqual([allowed?.outcome, allowed?.line], ['allowed', 9]);
});

test('a surrogate is told from a redirect of a server', () => {
  const details = { url: SCRIPT, type: 'script' };
  assert.equal(judged({ ...details, redirectUrl: `${OWN}surrogates/ttq.js` })?.outcome, 'stand-in');
  assert.equal(judged({ ...details, redirectUrl: 'https://cdn.example/events.js' }), undefined);
});

test('a cleaned address is told with what went; a step to https is no matter', () => {
  const url = 'https://news.example/?ttclid=1&p=2';
  const clean = 'https://news.example/?p=2';
  const entry = judged({ type: 'main_frame', url, redirectUrl: clean });
  assert.deepEqual([entry?.outcome, entry?.cleanUrl, entry?.removed?.[0]?.name], ['cleaned', clean, 'ttclid']);
  const step = {
    type: 'main_frame',
    url: 'http://news.example/',
    redirectUrl: 'https://news.example/',
    statusLine: INTERNAL,
  };
  assert.equal(judged(step), undefined);
});

test('a redirector that is skipped is told, and a page that is locked out', () => {
  const url = 'https://go.example/?u=https%3A%2F%2Fnews.example%2F';
  const entry = judged({ type: 'main_frame', url, redirectUrl: `${OWN}unwrap.html#${url}`, statusLine: INTERNAL });
  assert.deepEqual([entry?.outcome, entry?.unwrapped], ['cleaned', ['go.example']]);
  const locked = { type: 'main_frame', url: 'https://www.tiktok.com/', redirectUrl: `${OWN}lockout/page.html#x` };
  assert.equal(judged(locked)?.outcome, 'blocked');
});

test('a request in a private window is marked, whoever knows that it is one', () => {
  assert.equal(judged({})?.isPrivate, false);
  assert.equal(judged({ incognito: true })?.isPrivate, true);
});
