// Backgrounds that are killed for real, in the middle of what they do. What the world has heard, what the popup and the
// settings page say and what the rules are then tells whether the next one found the old state or the new one, and
// nothing in between.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { addList, fare, inForce, press } from '../../../harness/lists.js';
import { loadSettings } from '../../../harness/own-module.js';
import { BROWSER, leaveTikTokAlone, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { ListServer } from '../../../harness/world/filter-lists.js';
import { Gate } from '../../../harness/world/gate.js';
import { TRACKERS } from '../../../harness/world/trackers.js';

/** @typedef {import('puppeteer-core').Page} Page */

/** A page with four requests of trackers. */
const PAGE = 'https://shop.example/tagged';
const SHORT_HOST = 'vm.tiktok.com';

describe(`${BROWSER}: a background that is killed`, () => {
  const server = new ListServer();
  const shortHost = new Gate();
  const session = openSession('with Detick', async (request, log) => {
    if (request.host === SHORT_HOST) await shortHost.passed();
    return server.respond(request, log);
  });
  const url = server.put('/list.txt', listOf(0));
  /** The list's version; each blocks a picture of its own. */
  let version = 0;

  /** The settings page: it stays open, and counts the changes of what is stored. @type {Page} */
  let options;

  before(async () => {
    await leaveTikTokAlone(session);
    options = await session.browser.openExtensionPage('options/page.html');
    await options.evaluate(countChanges);
    await loadSettings(options);
    await addList(options, url);
    await inForce(options, url);
    await atRest();
  });

  for (const changes of [1, 2]) {
    it(`while it starts, after ${changes} changes, sets its rules all the same`, async () => {
      const counted = await changesSoFar();
      await options.evaluate(() => chrome.storage.session.remove('rulesSynced')); // as after the browser has started
      await session.browser.crashBackground();
      await options.evaluate(() => void chrome.runtime.sendMessage({}).catch(() => undefined));
      await crashAt(counted + 1 + changes); // the first is the removal; the others begin with whatever has woken it
      await protects();
      await rulesFollow();
    });
  }

  for (const changes of [1, 3, 5, 6, 7]) {
    it(`while it updates a list, after ${changes} changes, leaves one version of it in force, and says which`, async () => {
      server.put('/list.txt', listOf(version + 1));
      await crashAfter(
        changes,
        (list) =>
          void chrome.runtime.sendMessage({ name: 'updateList', payload: { url: list } }).catch(() => undefined),
        url,
      );
      await protects();
      await atRest();
      const blocked = await versionsInForce();
      assert.equal(blocked.length, 1, `pictures of ${blocked} are blocked`);
      const { states } = await fare(options);
      const words = states[url]?.problem
        ? /1 filter in force.*stopped Detick in the middle.*stays in force/s
        : /1 filter in force/;
      await until('the settings page to say so', async () => words.test(await saidOf(url)));
      await press(options, 'update', url);
      await until('the new version', async () => String(await versionsInForce()) === `${version + 1}`);
      version += 1;
      await atRest();
    });
  }

  for (const changes of [0, 1, 2]) {
    it(`while settings are saved, after ${changes} changes, follows those that were`, async () => {
      await crashAfter(changes, async () => {
        const { update } = /** @type {any} */ (globalThis).settings;
        update((/** @type {{embeds: string}} */ chosen) => ({
          ...chosen,
          embeds: chosen.embeds === 'ask' ? 'load' : 'ask',
        }));
      });
      await protects();
      await rulesFollow();
      const { settings, 'settings:copy': copy } = await stored();
      assert.deepEqual(copy, settings);
      await until('the settings page to say so', () =>
        options.evaluate((id) => document.querySelector(`#${id}:checked`) !== null, `embeds-${settings.embeds}`),
      );
    });
  }

  for (const changes of [1, 2, 3]) {
    it(`while settings and own lines are imported, after ${changes} changes, follows what was`, async () => {
      const host = `own${changes}.pictures.example`;
      const file = {
        detick: 2,
        settings: { badge: changes === 2, keep: [{ host, name: 'q' }] },
        ownLines: `||${host}^\n`,
      };
      await crashAfter(
        changes,
        (text) => {
          const choice = new DataTransfer();
          choice.items.add(new File([text], 'detick.json', { type: 'application/json' }));
          const input = /** @type {HTMLInputElement} */ (document.getElementById('import-file'));
          input.files = choice.files;
          input.dispatchEvent(new Event('change'));
        },
        JSON.stringify(file),
      );
      await protects();
      await until('the import', async () => (await stored()).ownLines?.text === file.ownLines);
      const { settings } = await stored();
      assert.deepEqual([settings.badge, settings.keep], [file.settings.badge, file.settings.keep]);
      await until('the own lines to be in force', async () => (await blockedOf([host])).length === 1);
      await atRest();
    });
  }

  for (const [index, changes] of [0, 1, 2, 3].entries()) {
    const [account, act] = index % 2 === 0 ? ['member', signIn] : ['visitor', signOut];
    it(`while somebody becomes a ${account}, after ${changes} changes, knows who is there`, async () => {
      if (index === 0) await setLevel('auto');
      await crashAfter(changes, act);
      await protects();
      await until('the account', async () => (await stored()).account?.state === account);
      await rulesFollow();
      if (index === 3) await setLevel('pixels');
    });
  }

  it('while it asks where a short link leads, asks again when it is asked again', async () => {
    const short = `https://${SHORT_HOST}/ZMkilled1/`;
    const asked = shortHost.close();
    const question = options.evaluate(expand, short);
    await asked;
    await session.browser.crashBackground();
    shortHost.open();
    assert.equal((await question).ok, false, 'who asked is told');
    await protects();
    const { value } = await options.evaluate(expand, short);
    assert.match(value?.url ?? '', /^https:\/\/www\.tiktok\.com\/@\w+\/video\/\d+$/);
    assert.equal(session.world.log.to(SHORT_HOST).length, 1);
  });

  /**
   * Does something in the settings page, and kills the background after so many changes of what is stored.
   *
   * @template {unknown[]} A
   * @param {number} changes
   * @param {(...values: A) => unknown} act
   * @param {A} values
   */
  async function crashAfter(changes, act, ...values) {
    const counted = await changesSoFar();
    await options.evaluate(/** @type {any} */ (act), ...values);
    await crashAt(counted + changes);
  }

  /** @returns {Promise<number>} how often what is stored has changed */
  function changesSoFar() {
    return options.evaluate(() => /** @type {any} */ (globalThis).changes.count);
  }

  /** Kills the background once there have been so many changes. @param {number} changes */
  async function crashAt(changes) {
    await options.evaluate((number) => /** @type {any} */ (globalThis).changes.reach(number), changes);
    await session.browser.crashBackground();
  }

  /**
   * A page's trackers are stopped, and the popup counts them. What Chromium tells a worker that is just being killed is
   * lost: then the next page's.
   */
  async function protects() {
    session.world.log.clear();
    await until('a page that is counted', async () => {
      const { page } = await visit(session, `${PAGE}?${Math.random()}`);
      const popup = await session.browser.openPopup(page);
      const says = () => popup.evaluate(() => document.querySelector('h1')?.textContent ?? '');
      const isCounted = await until('its count', async () => /^4 trackers/.test(await says()), 5_000).catch(
        () => false,
      );
      await popup.close();
      await page.close();
      return isCounted;
    });
    assert.deepEqual(session.world.log.to(TRACKERS), []);
  }

  /** Waits until the browser's rules are what settings and account ask for. */
  async function rulesFollow() {
    await until('the rules to follow', async () => {
      const { settings, account } = await stored();
      const on = await options.evaluate(() => chrome.declarativeNetRequest.getEnabledRulesets());
      const synced = await options.evaluate(() => chrome.storage.session.get('rulesSynced'));
      const isVisitor = settings.level === 'auto' && account?.state === 'visitor';
      return (
        typeof synced.rulesSynced === 'string' &&
        on.includes('block') &&
        on.includes('embeds') === (settings.embeds === 'ask') &&
        on.includes('visitor') === isVisitor
      );
    });
  }

  /** Waits until nothing is being done about lists. */
  async function atRest() {
    await until('lists to be at rest', async () => {
      const { set, states } = await fare(options);
      return !set.doing && Object.values(states).every(({ doing }) => !doing);
    });
  }

  /** @returns {Promise<number[]>} the versions of the list whose pictures are blocked */
  async function versionsInForce() {
    const blocked = await blockedOf([version, version + 1].map(hostOf));
    return [version, version + 1].filter((number) => blocked.includes(hostOf(number)));
  }

  /** @param {string[]} hosts @returns {Promise<string[]>} those of which a page gets nothing */
  async function blockedOf(hosts) {
    const { page } = await visit(session, 'https://destination.example/');
    const came = await page.evaluate(
      (all) =>
        Promise.all(
          all.map((host) =>
            fetch(`https://${host}/${Math.random()}.gif`, { mode: 'no-cors' }).then(
              () => true,
              () => false,
            ),
          ),
        ),
      hosts,
    );
    await page.close();
    return hosts.filter((_, index) => !came[index]);
  }

  /** @returns {Promise<any>} what is stored for good */
  function stored() {
    return options.evaluate(() => chrome.storage.local.get(null));
  }

  /** @param {string} list @returns {Promise<string>} what the settings page says of it */
  function saidOf(list) {
    return options.evaluate((id) => document.getElementById(id)?.closest('li')?.textContent ?? '', `list-${list}`);
  }

  /** @param {string} level */
  async function setLevel(level) {
    await options.evaluate(async (wanted) => {
      const { update } = /** @type {any} */ (globalThis).settings;
      await update((/** @type {object} */ chosen) => ({ ...chosen, level: wanted }));
    }, level);
    await rulesFollow();
  }
});

/** @param {number} version */
function hostOf(version) {
  return `v${version}.pictures.example`;
}

/** @param {number} version @returns {string} each is longer than the one before, so that the server tells them apart */
function listOf(version) {
  return `! Title: A list\n! ${'more '.repeat(version)}\n||${hostOf(version)}^\n`;
}

/** Counts the changes of what is stored. Runs in the settings page. */
function countChanges() {
  /** @type {{ number: number, tell: () => void }[]} */
  const waiting = [];
  const changes = {
    count: 0,
    reach: (/** @type {number} */ number) =>
      new Promise((/** @type {(value?: undefined) => void} */ tell) => {
        if (changes.count >= number) tell();
        else waiting.push({ number, tell });
      }),
  };
  Object.assign(globalThis, { changes });
  chrome.storage.onChanged.addListener(() => {
    changes.count += 1;
    for (const { number, tell } of waiting) if (changes.count >= number) tell();
  });
}

/** Runs in the settings page. */
function signIn() {
  const where = { url: 'https://www.tiktok.com/', domain: '.tiktok.com', path: '/', secure: true };
  chrome.cookies.set({ ...where, name: 'sessionid', value: 'of-the-world' });
}

/** Runs in the settings page. */
function signOut() {
  chrome.cookies.remove({ url: 'https://www.tiktok.com/', name: 'sessionid' });
}

/** Runs in the settings page. @param {string} short @returns {Promise<{ok: boolean, value?: {url: string}}>} */
async function expand(short) {
  try {
    return (await chrome.runtime.sendMessage({ name: 'expand', payload: { url: short } })) ?? { ok: false };
  } catch {
    return { ok: false }; // nobody is there to answer any more
  }
}
