// Access to sites as people give it and take it away: what holds in each case, and what the popup says.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headline } from '../../../harness/popup.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { TRACKERS } from '../../../harness/world/trackers.js';

/** @typedef {import('../../../harness/session.js').Session} Session */

const PAGE = 'https://shop.example/tagged';
const COUNTED = /^4 trackers/;
const MISSING = /needs access/;

/** In the order in which a person changes their mind. */
const CASES = [
  { name: 'given for all sites', sites: 'all', hasSurrogates: true, says: COUNTED },
  {
    name: 'taken away while the browser runs ("on click" in Chromium)',
    sites: 'none',
    hasSurrogates: false,
    says: MISSING,
  },
  { name: 'given for this site alone', sites: 'https://shop.example', hasSurrogates: false, says: MISSING },
  { name: 'given for another site alone', sites: 'https://news.example', hasSurrogates: false, says: MISSING },
  { name: 'given for all sites again', sites: 'all', hasSurrogates: true, says: COUNTED },
];

describe(`${BROWSER}: access to sites`, () => {
  const session = openSession('with Detick');

  for (const { name, sites, hasSurrogates, says } of CASES) {
    it(`${name}: trackers hear nothing, and the popup says how it is`, async () => {
      await session.browser.setSiteAccess(sites);
      await until('the rules to follow', async () => (await surrogatesAreOn(session)) === hasSurrogates);
      session.world.log.clear();
      const { page } = await visit(session, PAGE);
      const tabId = await youngestTab(session);
      const popup = await session.browser.openExtensionPage(`${session.browser.popupPath}?tab=${tabId}`);
      await headline(popup, says);
      assert.equal((await popup.$('#access')) !== null, !hasSurrogates);
      assert.deepEqual(told(session), []);
      await popup.close();
      await page.close();
    });
  }

  it('is what Chromium warns of when Detick is installed, and copying', { skip: BROWSER === 'firefox' }, async () => {
    const warnings = await session.browser.inExtension(() =>
      chrome.management.getPermissionWarningsByManifest(JSON.stringify(chrome.runtime.getManifest())),
    );
    assert.deepEqual(warnings, ['Read and change all your data on all websites', 'Modify data you copy and paste']);
  });
});

describe(`${BROWSER}: private windows`, () => {
  const session = openSession('with Detick');

  it('are as without Detick unless the person allows it there', async () => {
    session.world.log.clear();
    await session.browser.visitPrivately(PAGE);
    await session.world.log.arrival(TRACKERS);
  });
});

/** @param {Session} session @returns {Promise<boolean>} */
async function surrogatesAreOn({ browser }) {
  const on = await browser.inExtension(() => chrome.declarativeNetRequest.getEnabledRulesets());
  return on.includes('surrogates');
}

/**
 * Without access Detick does not learn what a tab shows, so it is known by what it is not.
 *
 * @param {Session} session
 * @returns {Promise<number | undefined>} the youngest tab that is not Detick's
 */
function youngestTab({ browser }) {
  return browser.inExtension(async () => {
    const own = await chrome.tabs.query({ url: chrome.runtime.getURL('*') });
    const others = (await chrome.tabs.query({})).filter(({ id }) => own.every((tab) => tab.id !== id));
    return Math.max(...others.map(({ id = 0 }) => id));
  });
}

/** @param {Session} session @returns {string[]} */
const told = ({ world }) => world.log.to(TRACKERS).map(({ method, url }) => `${method} ${url}`);
