import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset, world } from './fake-browser.js';

const { AT_FIRST, statusOf } = await import('../../extension/popup/state.js');
const { byCompany } = await import('../../extension/popup/companies.js');
const { totalsSection } = await import('../../extension/popup/totals.js');
const { levelReason } = await import('../../extension/popup/visitor.js');
const { filledIn } = await import('../../extension/popup/report.js');
const { DEFAULTS } = await import('../../extension/stored/settings.js');
const { addPassed, addStopped, emptyRecord } = await import('../../extension/stored/tab-record.js');

/** @import { State } from '../../extension/popup/state.js' */

beforeEach(reset);

/** @param {Partial<State>} what @param {number} [removed] */
function status(what, removed = 0) {
  const quiet = { site: 'shop.example', hasAccess: true, settings: DEFAULTS, level: 'visitor', nowMs: 1 };
  const nothing = { played: 0, liftedUntil: 0, isPartial: false, isStandIn: false };
  return statusOf(/** @type {State} */ ({ ...AT_FIRST, ...quiet, ...nothing, ...what }), removed);
}

/** @param {number} count @param {'paused' | 'allowed' | 'video'} [why] */
function recordOf(count, why) {
  const record = emptyRecord('https://shop.example/');
  const line = { filter: '', list: 'tiktok.txt', line: 1 };
  const stopped = { url: '', host: '', type: 'ping', company: 'TikTok', purpose: '', count, ...line };
  if (count > 0) addStopped(record, { ...stopped, action: 'blocked' });
  if (why) addPassed(record, { why, host: 'analytics.tiktok.com', filter: '', count: 1 });
  return record;
}

test('nothing is said to have been there only where that is known', () => {
  assert.equal(status({}), 'quiet');
  assert.equal(status({ isPartial: true }), 'partial');
  assert.equal(status({ record: recordOf(0, 'paused') }), 'letThrough');
  assert.equal(status({ record: recordOf(0, 'allowed') }), 'allowed');
  assert.equal(status({ record: recordOf(0, 'video') }), 'played');
  assert.equal(status({ played: 1 }), 'played');
});

test('what got through comes before what was stopped', () => {
  assert.equal(status({ record: recordOf(24) }), 'protecting');
  assert.equal(status({ record: recordOf(24, 'video') }), 'played');
  assert.equal(status({ record: recordOf(24, 'allowed') }), 'allowed');
});

test('links and videos count where there were no trackers', () => {
  assert.equal(status({}, 2), 'cleaned');
  assert.equal(status({ waiting: 6 }, 2), 'waiting');
  assert.equal(status({ waiting: 6, record: recordOf(1) }), 'protecting');
});

test('a page of TikTok’s that stays over a lockout is not said to be locked out', () => {
  const locked = { site: 'tiktok.com', level: /** @type {const} */ ('lockout') };
  assert.equal(status(locked), 'lockedFromNow');
  assert.equal(status({ ...locked, isStandIn: true }), 'lockout');
  assert.equal(status({ ...locked, site: 'shop.example' }), 'lockout');
  assert.equal(status({ site: 'tiktok.com', liftedUntil: 9 }), 'lifted');
});

test('while a lockout rests, what is said beside the levels is until when', () => {
  world.messages = { ...world.messages, openUntil: 'open until $1', isVisitor: 'a visitor' };
  const lifted = { settings: { ...DEFAULTS, level: 'lockout' }, level: 'visitor', account: { state: 'visitor' } };
  /** @param {number} liftedUntil */
  const said = (liftedUntil) => levelReason(/** @type {any} */ ({ ...lifted, liftedUntil, nowMs: Date.now() }));
  assert.match(said(Date.now() + 60_000), /^open until /);
  assert.equal(said(0), 'a visitor');
});

test('the same number is not said twice in the first thirty days', () => {
  const nowMs = new Date('2026-06-15T12:00').getTime();
  /** @param {number} all */
  const words = (all) => JSON.stringify(totalsSection({ all, since: '2026-06-14', days: { '2026-06-14': 7 } }, nowMs));
  assert.doesNotMatch(words(7), /inDays/);
  assert.match(words(9), /inDays/);
});

test('a video of another page is not said to be TikTok’s own site', () => {
  const one = { company: 'TikTok', host: 'www.tiktok.com', purpose: 'site', count: 1 };
  /** @param {string} list */
  const purposes = (list) => byCompany([/** @type {any} */ ({ ...one, list })])[0]?.purposes;
  assert.deepEqual(purposes('embeds.txt'), ['embed']);
  assert.deepEqual(purposes('lockout.txt'), ['site']);
});

test('a report goes into a form filled in, no longer than servers take', () => {
  const url = new URL(filledIn('https://forge.example/issues/new', 'shop.example', 'x&y'.repeat(9000)));
  assert.equal(url.searchParams.get('title'), 'shop.example');
  assert.equal(url.searchParams.get('body')?.length, 4000);
});
