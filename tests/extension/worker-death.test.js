/**
 * A background may die on any line. Each task is done once while every state is kept that the browser was in between:
 * dying there leaves just that state, and nothing of the life that was. From each of them a new background starts, as
 * after an idle worker and as after a closed browser, and must come to where an undisturbed one comes to.
 */

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { events, reset } from './fake-browser.js';
import { cookies, Life, more, NEXT_LIVES, restore, snapshot, statesOf } from './lives.js';

/** @typedef {import('./lives.js').Snapshot} Snapshot */

const PAUSE = { host: 'shop.example', until: Date.now() + 3_600_000 };
const CHOSEN = { paused: [PAUSE], keep: [{ host: 'news.example', name: 'q' }], embedSites: ['magazine.example'] };
const SESSION = { name: 'sessionid', domain: '.tiktok.com', value: 'x', path: '/', secure: true, storeId: '0' };
const SHORT = 'https://vm.tiktok.com/ZMabcdefg/';
const LONG = 'https://www.tiktok.com/@tina/video/7300000000000000001';

/** What a person or the browser does, and which keys of storage that may change. */
const TASKS = {
  'a start after installation': { from: empty, act: () => events.onInstalled.fire({ reason: 'install' }) },
  'a save of settings': { from: settled, act: () => save((chosen) => ({ ...chosen, ...CHOSEN })) },
  'an import of settings': {
    from: settled,
    act: () => save(() => ({ ...DEFAULTS, ...CHOSEN, removeReferral: true, level: 'lockout' })),
  },
  'a switch from visitor to member': {
    from: settled,
    act: () => {
      cookies.push(SESSION);
      more.onCookie.fire({ cookie: SESSION, removed: false });
    },
  },
  'an expansion of a short link': { from: settled, act: () => ask('expand', { url: SHORT }) },
  'a click on an embedded video': {
    from: settled,
    act: () => ask('playEmbed', { video: '7300000000000000001' }, { url: 'https://magazine.example/', tab: { id: 1 } }),
  },
};

const { DEFAULTS } = await import('../../extension/stored/settings.js');

/**
 * @param {(chosen: typeof DEFAULTS) => object} change as a page of ours does it, which may be closed at any time too
 */
async function save(change) {
  const settings = await import(`../../extension/stored/settings.js?life=${++pages}`);
  return settings.update(change);
}
let pages = 1_000_000;

/** @param {string} name @param {object} payload @param {object} [sender] */
function ask(name, payload, sender = { url: 'chrome-extension://detick/popup/page.html' }) {
  events.onMessage.fire({ name, payload }, { id: 'detick', ...sender }, () => undefined);
}

/** What a short host answers. */
const fetchFiles = globalThis.fetch;
let questions = 0;
globalThis.fetch = async (input, init) => {
  if (String(input) !== SHORT) return fetchFiles(input, init);
  questions += 1;
  const responseHeaders = [{ name: 'location', value: LONG }];
  events.onHeadersReceived.fire({ url: SHORT, tabId: -1, responseHeaders });
  return new Response();
};

/** @returns {Promise<Snapshot>} a browser in which Detick was never started */
async function empty() {
  reset();
  return snapshot();
}

/** @returns {Promise<Snapshot>} a browser in which it is at rest */
async function settled() {
  return outcome(await empty(), () => events.onInstalled.fire({ reason: 'install' }));
}

/**
 * @param {Snapshot} state
 * @param {() => unknown} act
 * @returns {Promise<Snapshot>} what an undisturbed background makes of it
 */
async function outcome(state, act) {
  restore(state);
  const life = await Life.start();
  await life.settle();
  await act();
  await life.settle();
  life.kill();
  return snapshot();
}

/** Only what must be the same however it came about. @param {Snapshot} state */
function essence({ local, session, dynamic, sessionRules, rulesets, scripts, alarms }) {
  const byId = (/** @type {{id: number | string}[]} */ list) =>
    [...list].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  const { settings, account } = local;
  return {
    settings,
    account,
    dynamic: byId(dynamic),
    sessionRules: byId(sessionRules),
    rulesets,
    scripts: byId(scripts),
    alarms,
    isSynced: Boolean(session.rulesSynced),
  };
}

describe('a background that dies anywhere leaves the old state or the new one', () => {
  for (const [task, { from, act }] of Object.entries(TASKS)) {
    describe(task, () => {
      /** @type {Snapshot} */
      let old;
      /** @type {Snapshot[]} */
      let states;
      before(async () => {
        cookies.length = 0;
        old = await from();
        states = await statesOf(old, act);
      });

      test('there are states in between, and protection holds in each', () => {
        assert.ok(states.length > 1);
        for (const { rulesets } of states) assert.ok(rulesets.includes('block'));
      });

      test('settings are the old or the new ones in each, never a mixture', () => {
        const last = states.at(-1)?.local.settings;
        for (const { local } of states) {
          const known = [old.local.settings, last].map((settings) => JSON.stringify(settings));
          assert.ok(known.includes(JSON.stringify(local.settings)));
          assert.deepEqual(local['settings:copy'], local.settings);
        }
      });

      for (const [how, continued, event] of NEXT_LIVES) {
        test(`${how} comes to where an undisturbed one comes to`, async () => {
          for (const [index, state] of states.entries()) {
            const start = continued(state);
            const reached = await outcome(start, event);
            const settings = { 'settings:copy': state.local['settings:copy'], settings: state.local.settings };
            const undisturbed = await outcome(
              { ...(await empty()), local: start.local.settings ? settings : {}, session: playersOf(start) },
              () => events.onInstalled.fire({ reason: 'install' }),
            );
            assert.deepEqual(essence(reached), essence(undisturbed), `after state ${index} of ${states.length}`);
          }
        });
      }
    });
  }

  test('a short link is asked once in each life, and what is remembered is whole', async () => {
    cookies.length = 0;
    const old = await settled();
    questions = 0;
    const states = await statesOf(old, TASKS['an expansion of a short link'].act);
    assert.equal(questions, 1);
    for (const { session } of states) assert.ok(session.expanded === undefined || session.expanded[SHORT] === LONG);
    assert.equal(states.at(-1)?.session.expanded[SHORT], LONG);
  });
});

/** What people started in a tab is theirs until that goes on. @param {Snapshot} state */
const playersOf = ({ session }) => (session.players ? { players: session.players } : {});
