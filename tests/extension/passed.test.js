import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset } from './fake-browser.js';
import { fakeEngine } from './fake-engine.js';

const { whyPassed } = await import('../../extension/background/requests/passed.js');
const { addPassed, asStored, emptyRecord, isTabRecord, merged, tellsSomething } = await import(
  '../../extension/stored/tab-record.js'
);
const { DEFAULTS } = await import('../../extension/stored/settings.js');
const { text } = await import('../../extension/shared/text.js');
const { playerOf } = await import('../../extension/shared/player.js');

/** @import { Engine, RequestDetails, Settings } from '../../extension/types.js' */

const SHOP = 'https://shop.example/p';
const PIXEL = 'https://analytics.tiktok.com/api/v2/pixel';

beforeEach(reset);

/**
 * @param {Partial<RequestDetails>} details
 * @param {Partial<Settings>} [chosen]
 * @param {Engine} [engine]
 */
function why(details, chosen = {}, engine = fakeEngine) {
  const known = { settings: { ...DEFAULTS, ...chosen }, account: undefined, liftedUntil: undefined };
  const request = { requestId: '1', url: PIXEL, method: 'GET', type: 'ping', tabId: 1, frameId: 0, timeStamp: 1 };
  return whyPassed(engine, known, { ...request, ...details }, SHOP)?.why;
}

/** @param {string} list @returns {Engine} whose line lets everything through */
const allowingBy = (list) => ({
  ...fakeEngine,
  check: () => ({ action: 'allow', filter: '@@||analytics.', list, line: 1 }),
});

test('what leaves because of a pause is told from what would have left anyway', () => {
  const paused = { paused: [{ host: 'shop.example', until: 0 }] };
  assert.equal(why({}, paused), 'paused');
  assert.equal(why({ url: 'https://www.tiktok.com/logo.png' }, paused), undefined);
  assert.equal(why({ type: 'main_frame' }, paused), undefined);
});

test('an own line allows, a line of Detick’s lists does not count', () => {
  assert.equal(why({}, {}, allowingBy(text('ownLinesName'))), 'allowed');
  assert.equal(why({}, {}, allowingBy('tiktok.txt')), undefined);
});

test('a video that was put in is one, other frames of TikTok’s are not', () => {
  assert.equal(why({ url: playerOf('7300000000000000001', 'token'), type: 'sub_frame' }), 'video');
  assert.equal(why({ url: 'https://www.tiktok.com/embed/v2/1', type: 'sub_frame' }), undefined);
});

test('what passed is stored, added up, and checked when it is read', () => {
  const record = emptyRecord(SHOP);
  assert.equal(tellsSomething(record), false);
  addPassed(record, { why: 'paused', host: 'analytics.tiktok.com', filter: '', count: 1 });
  addPassed(record, { why: 'paused', host: 'analytics.tiktok.com', filter: '', count: 2 });
  assert.deepEqual(record.passed, [{ why: 'paused', host: 'analytics.tiktok.com', filter: '', count: 3 }]);
  assert.ok(tellsSomething(record) && isTabRecord(asStored(record)));
  assert.equal(merged(record, record).passed?.[0]?.count, 6);
  assert.equal(isTabRecord({ ...asStored(record), passed: [{ why: 'luck', host: '', filter: '', count: 1 }] }), false);
});
