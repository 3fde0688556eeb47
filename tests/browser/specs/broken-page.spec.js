// A page that has broken into its own process speaks as Detick's scripts there do: what it can reach then.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choose } from '../../../harness/chosen.js';
import { fare, inForce } from '../../../harness/lists.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { ListServer } from '../../../harness/world/filter-lists.js';

const PAGE = 'https://hostile.example/plain';
const HARMFUL = '! Title: A list\n||ads.example^\n||bank.example^$removeheader=content-security-policy\n';

describe(`${BROWSER}: a page that speaks as our scripts do`, () => {
  const server = new ListServer();
  const session = openSession('with Detick', server.respond);
  const url = server.put('/harmful.txt', HARMFUL);

  it('can neither read nor write what Detick has stored', { skip: BROWSER === 'firefox' }, async () => {
    await visit(session, PAGE);
    await session.browser.inExtension(() => chrome.storage.local.set({ settings: { badge: false } }));
    assert.deepEqual(await session.browser.inExtension(tryStorage, { page: PAGE, entries: { settings: {} } }), {
      read: 'refused',
      written: 'refused',
      readSession: 'refused',
      writtenSession: 'refused',
    });
    const { settings } = await session.browser.inExtension(() => chrome.storage.local.get('settings'));
    assert.deepEqual(settings, { badge: false });
  });

  it('has no list trusted and no line taken for the person’s own, whatever it stores', async () => {
    const options = await session.browser.openExtensionPage('options/page.html');
    await visit(session, PAGE);
    const entries = {
      settings: { lists: [{ url, on: true, trusted: true }] },
      ownLines: { text: '||shop.example^\n' },
    };
    const { written } = await session.browser.inExtension(tryStorage, { page: PAGE, entries });
    if (written === 'refused') {
      await choose(session, { lists: [{ url, on: true, trusted: false }] });
    }
    await inForce(options, url);
    const { set } = await fare(options);
    assert.equal(set.counts?.[url]?.unprivileged, 1);
    assert.equal(set.counts?.[''], undefined);
    const rules = await session.browser.inExtension(async () => chrome.declarativeNetRequest.getDynamicRules());
    assert.deepEqual(
      rules.filter((rule) => JSON.stringify(rule).includes('content-security-policy')),
      [],
    );
  });

  it('which a person can, on a page of Detick’s', async () => {
    const options = await session.browser.openExtensionPage('options/page.html');
    for (const trusted of [false, true]) await choose(session, { lists: [{ url, on: true, trusted }] });
    await until('the list to be trusted', async () => {
      const { set } = await fare(options);
      return set.counts?.[url]?.unprivileged === 0;
    });
  });
});

/**
 * Runs in Detick: reads and writes its storage as a script of its own in a page.
 *
 * @param {{ page: string, entries: Record<string, object> }} what the page's address, and what it writes
 * @returns {Promise<Record<string, string>>} what came of each
 */
async function tryStorage({ page, entries }) {
  const [tab] = await chrome.tabs.query({ url: page });
  const results = await chrome.scripting.executeScript({
    target: { tabId: Number(tab?.id) },
    args: [entries],
    func: async (items) => {
      const { local, session } = chrome.storage;
      /** @param {() => Promise<unknown>} work */
      const outcome = async (work) => {
        try {
          await work();
          return 'done';
        } catch {
          return 'refused';
        }
      };
      return {
        read: await outcome(() => local.get(null)),
        written: await outcome(() => local.set(items)),
        readSession: await outcome(() => session.get(null)),
        writtenSession: await outcome(() => session.set({ liftedUntil: 1 })),
      };
    },
  });
  return results[0]?.result ?? {};
}
