// Clean links by the keyboard alone: the address bar's keyword, and the shortcut.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';

const CLEAN = 'https://destination.example/article?id=7';

describe(`${BROWSER}: keyboard`, () => {
  const session = openSession('with Detick');
  before(() => session.browser.killBackground());

  it('opens a clean link from the address bar, though the background slept', async () => {
    await visit(session, 'https://news.example/');
    session.world.log.clear();
    await session.browser.openByKeyword(`${CLEAN}&utm_source=x&clickid=3`);
    await session.world.log.arrival('destination.example', '/article');
    assert.deepEqual(
      session.world.log.to('destination.example', '/article').map(({ url }) => url),
      [CLEAN],
    );
  });

  it('copies the clean link of a page by the shortcut', async () => {
    const { page } = await visit(session, 'https://destination.example/shown?id=8');
    // What is shared goes further than what is opened: the page may have more in its address.
    await page.evaluate(() => history.replaceState(undefined, '', '?id=8&clickid=x'));
    await session.browser.pressShortcut(page);
    await until('the clean link on the clipboard', async () => {
      return (await session.browser.readClipboard(page)) === 'https://destination.example/shown?id=8';
    });
  });
});
