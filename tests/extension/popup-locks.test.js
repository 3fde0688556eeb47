import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset } from './fake-browser.js';

const { AT_FIRST } = await import('../../extension/popup/state.js');
const { view } = await import('../../extension/popup/view.js');
const { DEFAULTS } = await import('../../extension/stored/settings.js');
const { addPassed, addStopped, emptyRecord } = await import('../../extension/stored/tab-record.js');

/** @import { State, ViewName } from '../../extension/popup/state.js' */

const SITE = 'shop.example';
const HOST = 'analytics.tiktok.com';
const ALLOWED = 'log.tiktok.com';
const LINE = `@@||${ALLOWED}^$domain=${SITE}`;

beforeEach(reset);

/** A page on which everything is to be seen that the popup can change. @returns {State} */
function everything() {
  const url = `https://${SITE}/?utm_source=1&fbclid=2`;
  const record = emptyRecord(url);
  const line = { filter: '||x', list: 'tiktok.txt', line: 1 };
  const stopped = {
    url: `https://${HOST}/api`,
    host: HOST,
    type: 'ping',
    company: 'TikTok',
    purpose: 'pixel',
    count: 1,
  };
  addStopped(record, { ...stopped, ...line, action: 'blocked' });
  addPassed(record, { why: 'allowed', host: ALLOWED, filter: LINE, count: 1 });
  const keep = [{ host: SITE, name: 'utm_source' }];
  const state = {
    ...AT_FIRST,
    ...{ tabId: 1, url, site: SITE, hasAccess: true, record, level: 'visitor', locked: [], nowMs: 1 },
    settings: { ...DEFAULTS, keep },
    cleaned: { url, removed: [{ name: 'fbclid', why: 'click' }] },
    ...{
      playedOn: [SITE],
      played: 0,
      waiting: 1,
      forgottenHere: {},
      liftedUntil: 0,
      isPartial: false,
      isStandIn: false,
    },
    ...{ ownLines: [LINE], allowed: [{ line: LINE, what: ALLOWED }], hasNews: false },
  };
  return /** @type {State} */ (/** @type {unknown} */ (state));
}

/** @param {State} state @param {ViewName} name @returns {string[]} ids of what can be pressed there */
function pressed(state, name) {
  const drawn = JSON.stringify(view({ ...state, view: name }, /** @type {any} */ ({})));
  return [...drawn.matchAll(/"id":"([^"]+)"/g)].map(([, id = '']) => id);
}

/**
 * What an organisation sets, and what can then no longer be pressed in which view.
 *
 * @type {[setting: string, view: ViewName, ids: string[]][]}
 */
const LOCKS = [
  ['paused', 'home', ['switch']],
  ['paused', 'trouble', ['off-and-reload']],
  ['ownLines', 'home', ['stop-again']],
  ['ownLines', 'trouble', ['allow-one']],
  ['ownLines', 'stopped', [`allow ${HOST}`, `allow ${HOST}/api`, `disallow ${ALLOWED}`]],
  ['keep', 'link', ['keep-utm_source', 'keep-fbclid']],
  ['linksOff', 'link', ['leave-links']],
  ['embedSites', 'videos', [`always-embeds ${SITE}`]],
];

for (const [setting, name, ids] of LOCKS) {
  test(`${setting}, once it is set by an organisation, cannot be changed in the view “${name}”`, () => {
    const [free, locked] = [everything(), { ...everything(), locked: [setting] }];
    for (const id of ids) {
      assert.ok(pressed(free, name).includes(id), `${id} is there while nobody has set it`);
      assert.ok(!pressed(locked, name).includes(id), id);
    }
  });
}
