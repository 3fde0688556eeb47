// Clean links by the keyboard alone: the address bar's keyword, and the shortcut.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { EXTENSION_DIR, readManifest } from '../../../harness/extension.js';
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

  it('gets the keys that it asks for: a browser leaves those unset that it has a use for itself', async () => {
    const { commands } = readManifest(EXTENSION_DIR);
    const wanted = Object.values(commands ?? {}).map(({ suggested_key: key }) =>
      typeof key === 'object' ? key.default : key,
    );
    assert.equal(wanted.length, 2);
    const given = await session.browser.inExtension(async () =>
      (await chrome.commands.getAll()).map(({ shortcut }) => shortcut),
    );
    assert.deepEqual(given, wanted);
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
