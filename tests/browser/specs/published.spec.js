// Our own lists between releases: fetched by nobody before they are chosen, in force once they are, and never in place
// of something newer.

import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launch } from '../../../harness/browser.js';
import { readManifest } from '../../../harness/extension.js';
import { fare, inForce, loadPicture, press } from '../../../harness/lists.js';
import { BROWSER, isSetUp, visit } from '../../../harness/session.js';
import { copied } from '../../../harness/translated.js';
import { until } from '../../../harness/until.js';
import { ListServer } from '../../../harness/world/filter-lists.js';
import { TRACKERS } from '../../../harness/world/trackers.js';
import { startWorld } from '../../../harness/world.js';
import { PUBLISHED, publishedLists } from '../../../scripts/published.mjs';

/** It plays the host of the project's releases. */
const HOME = 'https://lists.example/detick';
const PATH = `/detick/releases/latest/download/${PUBLISHED}`;

const NEW = 'https://new.pictures.example/a.gif';
const NEW_LINE = '||new.pictures.example^\n';

describe(`${BROWSER}: our lists between releases`, () => {
  const server = new ListServer();
  const session = /** @type {import('../../../harness/session.js').Session} */ ({});
  const dir = copied();
  const manifest = readManifest(dir);
  const url = server.put(PATH, `${publishedLists(manifest.version)}\n${NEW_LINE}`);
  /** @type {import('puppeteer-core').Page} */
  let options;

  before(async () => {
    writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ ...manifest, homepage_url: HOME }));
    session.world = await startWorld(server.respond);
    session.browser = await launch(BROWSER, { world: session.world, extensionDir: dir });
    await until('Detick to be set up', () => isSetUp(session));
  });
  after(async () => {
    await session.browser?.close();
    await session.world?.close();
    rmSync(dir, { recursive: true });
  });

  it('are one row of the settings, and nobody is asked for them before that is switched on', async () => {
    options = await session.browser.openExtensionPage('options/page.html');
    const row = await options.waitForSelector('.lists li:first-child');
    assert.match((await row?.evaluate((one) => one.textContent)) ?? '', /^Detick’s lists between releases/);
    assert.equal((await loadPicture(session, NEW)).came, true);
    assert.deepEqual(session.world.log.to('lists.example'), []);
  });

  it('are in force once that is switched on: all that ships, and what is new', async (test) => {
    await press(options, 'list', url);
    await inForce(options, url);
    const { set } = await fare(options);
    test.diagnostic(`${set.rules} rules, in force after ${set.ms} ms`);
    const { came, stopped } = await loadPicture(session, NEW);
    assert.equal(came, false);
    assert.equal(/** @type {{ filter: string }[]} */ (stopped)[0]?.filter, NEW_LINE.trim());
    const { headers } = await session.world.log.arrival('lists.example', PATH);
    assert.deepEqual([headers.cookie, headers.referer], [undefined, undefined]);
    await shopIsProtected();
  });

  it('are left aside where they are older than the package, whatever they would let through', async () => {
    const older = `${publishedLists('0.9.9')}\n${NEW_LINE}@@||analytics.tiktok.com^\n`;
    server.put(PATH, older);
    await press(options, 'update', url);
    await until('the list to be out of force', async () => (await fare(options)).set.counts?.[url] === undefined);
    await options.waitForFunction(() => document.querySelector('.lists li')?.textContent?.includes('is left aside'));
    assert.equal((await loadPicture(session, NEW)).came, true);
    await shopIsProtected();
    // The same lines under a newer number are the person's choice.
    server.put(PATH, older.replace('0.9.9', '999.0.0'));
    await press(options, 'update', url);
    await inForce(options, url);
    assert.equal((await loadPicture(session, NEW)).came, false);
  });

  async function shopIsProtected() {
    session.world.log.clear();
    const { page } = await visit(session, 'https://shop.example/tagged');
    await until('all to be counted', async () => (await session.browser.badgeText(page)) === '4');
    assert.deepEqual(session.world.log.to(TRACKERS), []);
    await page.close();
  }
});
