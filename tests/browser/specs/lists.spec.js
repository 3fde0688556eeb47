// Filter lists of others: in force as soon as they are switched on, and still in force whatever becomes of their
// updates.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { accessibilityFaults, faultsInAnyLook } from '../../../harness/axe.js';
import { addList, complaint, fare, inForce, loadPicture, press } from '../../../harness/lists.js';
import { BROWSER, openSession } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import {
  aPage,
  cutShort,
  enormous,
  garbage,
  LISTS_HOST,
  ListServer,
  stalled,
} from '../../../harness/world/filter-lists.js';
import { content } from '../../../harness/world/reply.js';

const CORPUS = join(
  process.env.DETICK_SHARED ?? join(import.meta.dirname, '../../../../shared'),
  'corpora/easyprivacy.txt',
);
/** Called like markup, by an author who hopes that somebody makes it of the name. */
const TITLE = 'A large <img src=x> list';
const HEAD = `! Title: ${TITLE}\n! Expires: 4 days\n||only.pictures.example^\n`;

const ONLY = 'https://only.pictures.example/a.gif';
const OTHER = 'https://other.pictures.example/a.gif';

/** As large as EasyPrivacy, or that itself. */
function largeList() {
  if (existsSync(CORPUS)) return HEAD + readFileSync(CORPUS, 'utf8').replace(/^! Title:.*$/m, '');
  const hosts = Array.from({ length: 45_000 }, (_, at) => `||t${at}.metrics${at % 97}.example^$third-party`);
  const paths = Array.from({ length: 7_000 }, (_, at) => `/track${at}/*/pixel.gif?`);
  return HEAD + [...hosts, ...paths].join('\n');
}

describe(`${BROWSER}: filter lists`, () => {
  const server = new ListServer();
  const session = openSession('with Detick', server.respond);
  const url = server.put('/large.txt', largeList());

  /** @type {import('puppeteer-core').Page} */
  let options;

  /** What a test needs that may run without those before it. */
  async function haveLargeList() {
    options ??= await session.browser.openExtensionPage('options/page.html');
    if ((await fare(options)).states[url] === undefined) await addList(options, url);
    await inForce(options, url);
  }

  it('nobody is asked for a list before one is switched on', async () => {
    options = await session.browser.openExtensionPage('options/page.html');
    await until('the catalogue', () => options.evaluate(() => document.querySelectorAll('.lists li').length >= 5));
    const asked = session.world.log
      .all()
      .filter(({ method, url: asked }) => method === 'GET' && /\.(txt|php)\b/.test(asked));
    assert.deepEqual(asked, []);
    assert.equal((await loadPicture(session, ONLY)).came, true);
  });

  it('a large list is in force a moment after it is added, and names its line', async (test) => {
    const began = Date.now();
    await addList(options, url);
    await inForce(options, url);
    const { set } = await fare(options);
    test.diagnostic(
      `${set.rules} rules; in force after ${Date.now() - began} ms, compiled and swapped in ${set.ms} ms`,
    );
    const { came, stopped } = await loadPicture(session, ONLY);
    assert.equal(came, false);
    const [{ list, line, filter }] = /** @type {[import('../../../extension/types.js').Stopped]} */ (stopped);
    assert.deepEqual({ list, line, filter }, { list: TITLE, line: 3, filter: '||only.pictures.example^' });
  });

  it('the settings page shows what it is called, and makes no markup of it', async () => {
    const shown = await options.evaluate(() => document.querySelector('.lists')?.parentElement?.textContent ?? '');
    assert.ok(shown.includes(TITLE), shown.slice(0, 500));
    assert.equal(await options.$('.lists img'), null);
  });

  it('the settings page says how it fares to everybody', async () => {
    await options.bringToFront();
    assert.deepEqual(await accessibilityFaults(options), []);
    await options.$$eval('details', (all) => {
      for (const fold of all) fold.open = true;
    });
    assert.deepEqual(await faultsInAnyLook(session.browser, options), []);
    await options.$$eval('details', (all) => {
      for (const fold of all) fold.open = false;
    });
  });

  it('the request for it carries no cookie and no referrer', async () => {
    const { headers } = await session.world.log.arrival(LISTS_HOST);
    assert.equal(headers.cookie, undefined);
    assert.equal(headers.referer, undefined);
  });

  it('switching it off restores what was, and on again needs nobody', async (test) => {
    await press(options, 'list', url);
    await until('the list to be out of force', async () => (await fare(options)).set.counts?.[url] === undefined);
    assert.equal((await loadPicture(session, ONLY)).came, true);
    session.world.log.clear();
    const began = Date.now();
    await press(options, 'list', url);
    await inForce(options, url);
    test.diagnostic(`in force again after ${Date.now() - began} ms`);
    assert.equal((await loadPicture(session, ONLY)).came, false);
    assert.deepEqual(session.world.log.to(LISTS_HOST), []);
  });

  it('an update carries nothing that the server gave, and the same text is not compiled again', async () => {
    await haveLargeList();
    const { set } = await fare(options);
    const before = (await fare(options)).states[url]?.checked;
    session.world.log.clear();
    await press(options, 'update', url);
    const { headers } = await session.world.log.arrival(LISTS_HOST);
    for (const name of ['if-none-match', 'if-modified-since', 'if-range', 'cookie'])
      assert.equal(headers[name], undefined);
    await until('the update', async () => (await fare(options)).states[url]?.checked !== before);
    assert.deepEqual((await fare(options)).set, set);
  });

  for (const place of ['192.168.0.1', 'router', '[::1]', 'nas.lan']) {
    it(`a server that sends on to ${place} has nobody there asked`, async () => {
      await haveLargeList();
      session.world.log.clear();
      const location = `https://${place}/admin?reboot=1`;
      server.serve('/large.txt', () => ({ status: 302, headers: { location }, body: '' }));
      await press(options, 'update', url);
      await complaint(options, url, 'listUnreachable');
      assert.deepEqual(
        session.world.log.all().filter((arrival) => arrival.host === place || arrival.query === 'reboot=1'),
        [],
      );
      server.put('/large.txt', largeList());
      await press(options, 'update', url);
      await until('the reason to go', async () => (await fare(options)).states[url]?.problem === undefined);
    });
  }

  it("a list on a host of the person's own may be had from there", async () => {
    const own = 'https://nas.lan/list.txt';
    server.serve('/list.txt', () => content('text/plain', '||home.pictures.example^\n'));
    await addList(options, own);
    await inForce(options, own);
    await press(options, 'remove', own);
  });

  for (const [name, handler, key] of /** @type {const} */ ([
    ['garbage', garbage, 'listIsNoText'],
    ['a web page', aPage, 'listIsPage'],
    ['a 404', undefined, 'listStatus'],
    ['a body cut short', cutShort, 'listUnreachable'],
    ['a body of 200 MB', enormous, 'listTooLarge'],
  ])) {
    it(`an update that turns to ${name} leaves the old version in force, and the list says why`, async () => {
      server.serve('/large.txt', handler ?? (() => ({ status: 404, headers: {}, body: '' })));
      await press(options, 'update', url);
      await complaint(options, url, key);
      const words = await until('the words', () =>
        options.evaluate(
          (id) => document.getElementById(id)?.closest('li')?.querySelector('.notice')?.textContent,
          `list-${url}`,
        ),
      );
      assert.match(words, /stays in force/);
      assert.equal((await loadPicture(session, ONLY)).came, false);
      assert.equal((await loadPicture(session, OTHER)).came, true);
      server.put('/large.txt', largeList());
      await press(options, 'update', url);
      await until('the reason to go', async () => (await fare(options)).states[url]?.problem === undefined);
    });
  }

  it('a background that dies half-way leaves the old version in force, and the list says why', async () => {
    server.serve('/large.txt', stalled);
    session.world.log.clear();
    await press(options, 'update', url);
    await session.world.log.arrival(LISTS_HOST);
    await until('the list to be fetched', async () => (await fare(options)).states[url]?.doing === 'fetching');
    await session.browser.killBackground();
    // What Chromium tells a worker that is just being killed is lost: then it hears of the next page.
    await until('a picture that is counted', async () => {
      const { came, stopped } = await loadPicture(session, ONLY, 5_000);
      assert.equal(came, false);
      return stopped.length > 0;
    });
    await complaint(options, url, 'listInterrupted');
    const { states } = await fare(options);
    assert.equal(states[url]?.doing, undefined);
    assert.equal((await loadPicture(session, OTHER)).came, true);
  });

  it('a list that is removed leaves nothing behind', async () => {
    await press(options, 'remove', url);
    await until('the list to go', async () => {
      const { set, states } = await fare(options);
      return set.key === '' && states[url] === undefined;
    });
    assert.equal((await loadPicture(session, ONLY)).came, true);
    const rules = await session.browser.inExtension(async () => {
      const all = await chrome.declarativeNetRequest.getDynamicRules();
      return all.filter(({ id }) => id >= 1_000_000).length;
    });
    assert.equal(rules, 0);
  });
});
