// The user's own lines: looked at while they are typed, in force when they are saved, and above all lists.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addList, inForce, loadPicture, saveOwnLines, typeOwnLines } from '../../../harness/lists.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { ListServer } from '../../../harness/world/filter-lists.js';

describe(`${BROWSER}: own lines`, () => {
  const server = new ListServer();
  const session = openSession('with Detick', server.respond);
  const url = server.put('/small.txt', '! Title: A small list\n||ads.pictures.example^\n');

  /** @type {import('puppeteer-core').Page} */
  let options;

  it('a typo shows its line, column and reason while it is typed', async () => {
    options = await session.browser.openExtensionPage('options/page.html');
    await typeOwnLines(options, '||mine.pictures.example^\n||ads.example^$scirpt\n');
    const [said] = await until('the complaint', async () => {
      const found = await complaints();
      return found.length > 0 && found;
    });
    assert.deepEqual([said?.line, said?.column], ['2', '16']);
    assert.match(said?.words ?? '', /scirpt/);
    assert.match(await gutter(), /^1\n● 2\n3$/);
    assert.equal((await loadPicture(session, 'https://mine.pictures.example/a.gif')).came, true, 'it is not saved yet');
  });

  it('a complaint takes the caret to its place', async () => {
    await options.bringToFront();
    await options.evaluate(() => {
      /** @type {HTMLElement | null} */ (document.querySelector('.complaints button'))?.click();
    });
    const caret = await options.evaluate(() => {
      const field = /** @type {HTMLTextAreaElement} */ (document.getElementById('own-lines'));
      return document.activeElement === field && field.selectionStart;
    });
    assert.equal(caret, '||mine.pictures.example^\n||ads.example^$'.length);
  });

  it('saved lines are in force at once, and their place is named', async () => {
    await typeOwnLines(options, '! mine\n||mine.pictures.example^\n');
    await until('the complaint to go', async () => (await complaints()).length === 0);
    await saveOwnLines(options);
    await inForce(options, '');
    const { came, stopped } = await loadPicture(session, 'https://mine.pictures.example/a.gif');
    assert.equal(came, false);
    assert.deepEqual([stopped[0]?.list, stopped[0]?.line], ['your own lines', 2]);
  });

  it('an own exception beats the block of a list', async () => {
    await addList(options, url);
    await inForce(options, url);
    const picture = 'https://ads.pictures.example/a.gif';
    assert.equal((await loadPicture(session, picture)).came, false);
    await typeOwnLines(options, '@@||ads.pictures.example/a.gif\n');
    await saveOwnLines(options);
    await until('the exception to be in force', async () => (await loadPicture(session, picture)).came);
    assert.equal((await loadPicture(session, 'https://ads.pictures.example/b.gif')).came, false);
  });

  it('they are there when the page is opened again', async () => {
    await options.close();
    options = await session.browser.openExtensionPage('options/page.html');
    await until('the lines', async () => (await written()) === '@@||ads.pictures.example/a.gif\n');
  });

  it('a line about pages names the host that is opened, wherever the link to it stands', async () => {
    await typeOwnLines(options, '/landing/*$document,domain=bad.pictures.example\n');
    await saveOwnLines(options);
    const open = async (/** @type {string} */ address) => {
      const { page } = await visit(session, 'https://destination.example/');
      await page.goto(address).catch(() => undefined);
      return session.world.log.to(new URL(address).hostname, new URL(address).pathname).length;
    };
    const bad = () => open(`https://bad.pictures.example/landing/${Math.random()}`);
    await until('the page to be stopped', async () => (await bad()) === 0);
    assert.equal(await open('https://good.pictures.example/landing/1'), 1);
    assert.equal(await open('https://bad.pictures.example/other/1'), 1);
  });

  it('a line that does nothing here, and one that says nothing new, are told', async () => {
    await typeOwnLines(options, 'pictures.example##.ad\n||mine.pictures.example^\n||mine.pictures.example^\n');
    const found = await until('the complaints', async () => {
      const said = await complaints();
      return said.length === 2 && said;
    });
    assert.match(found[0]?.words ?? '', /does nothing here/);
    assert.match(found[1]?.words ?? '', /the same filter stands in line 2/);
    const head = await options.evaluate(() => document.querySelector('#own-complaints > p')?.textContent);
    assert.match(head ?? '', /^1 /, 'a line that is in force is not counted');
  });

  function written() {
    return options.evaluate(
      () => /** @type {HTMLTextAreaElement | null} */ (document.getElementById('own-lines'))?.value,
    );
  }

  function gutter() {
    return options.evaluate(() => document.getElementById('own-gutter')?.textContent ?? '');
  }

  function complaints() {
    return options.evaluate(() =>
      [...document.querySelectorAll('.complaints li')].map((entry) => {
        const { line, column } = entry.querySelector('button')?.dataset ?? {};
        return { line, column, words: entry.textContent };
      }),
    );
  }
});
