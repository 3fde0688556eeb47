// The popup is opened as a page loads, and reads while the background counts: it shows what it was told meanwhile.

import { after, before, describe, it } from 'node:test';
import { launch } from '../../../harness/browser.js';
import { followLink } from '../../../harness/following.js';
import { headline } from '../../../harness/popup.js';
import { BROWSER, isSetUp } from '../../../harness/session.js';
import { beforePage } from '../../../harness/translated.js';
import { until } from '../../../harness/until.js';
import { startWorld } from '../../../harness/world.js';

/** What the popup reads first of a tab, it gets when the tab has been counted on for long. */
const SLOW = `{
  const read = chrome.storage.session.get.bind(chrome.storage.session);
  let isFirst = true;
  chrome.storage.session.get = async (keys) => {
    const isSlow = isFirst && JSON.stringify(keys).includes('tab:');
    if (isSlow) isFirst = false;
    const found = await read(keys);
    if (isSlow) await new Promise((wait) => setTimeout(wait, 3000));
    return found;
  };
}`;

describe(`${BROWSER}: a popup that is slow to open`, () => {
  const session = /** @type {import('../../../harness/session.js').Session} */ ({});
  const extension = beforePage('popup', SLOW);
  before(async () => {
    session.world = await startWorld();
    session.browser = await launch(BROWSER, { world: session.world, extensionDir: extension.dir });
    await until('Detick to be set up', () => isSetUp(session));
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
    extension.remove();
  });

  it('shows what was stopped while it read', async () => {
    const page = await session.browser.newPage();
    await followLink(page, 'https://destination.example/plain');
    const popup = await session.browser.openPopup(page);
    await page.evaluate(() => {
      fetch('https://analytics.tiktok.com/api/v2/pixel', { mode: 'no-cors' }).catch(() => undefined);
    });
    await headline(popup, /^1 tracker stopped$/);
  });
});
