// The user's own lines: looked at while they are typed, in force when they are saved, and above all lists.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessibilityFaults, faultsInAnyLook } from '../../../harness/axe.js';
import {
  addList,
  inForce,
  loadPicture,
  openEditor,
  saveOwnLines,
  shownInEditor,
  typeOwnLines,
  writeOwnLines,
} from '../../../harness/lists.js';
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
    assert.deepEqual(await shownInEditor(options, '.cm-lineNumbers .cm-gutterElement:not([style*=hidden])'), [
      '1',
      '2',
      '3',
    ]);
    assert.deepEqual(await shownInEditor(options, '.cm-gutterElement:not([style*=hidden]) .sign'), ['●']);
    assert.equal((await loadPicture(session, 'https://mine.pictures.example/a.gif')).came, true, 'it is not saved yet');
  });

  it('a complaint takes the caret to its place', async () => {
    await options.bringToFront();
    await options.evaluate(() => {
      /** @type {HTMLElement | null} */ (document.querySelector('.complaints button'))?.click();
    });
    await options.keyboard.type('~');
    await until(
      'what is typed there',
      async () => (await written()) === '||mine.pictures.example^\n||ads.example^$~scirpt\n',
    );
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
    await openEditor(options);
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

  it('the editor comes when it is opened, can be searched, and is usable by everybody', async () => {
    await writeOwnLines(options, '! a note\n@@||a.example^$script\nb.example##.ad\n||mine.pictures.example^\n');
    await options.close();
    options = await session.browser.openExtensionPage('options/page.html');
    await options.waitForSelector('#own-open');
    assert.equal(await options.$('#own-lines'), null);
    await openEditor(options);
    await until('the complaint', async () => (await complaints()).length === 1);
    assert.deepEqual(await shownInEditor(options, '.comment, .allows, .options, .dead'), [
      '! a note',
      '@@',
      '$script',
      'b.example##.ad',
    ]);
    assert.deepEqual(await faultsInAnyLook(session.browser, options), []);
    await options.keyboard.down('Control');
    await options.keyboard.press('f');
    await options.keyboard.up('Control');
    await options.keyboard.type('MINE.');
    await options.keyboard.press('Enter');
    await until('the place', async () => (await shownInEditor(options, '.cm-searchMatch-selected')).length === 1);
    assert.deepEqual(await accessibilityFaults(options), []);
    await options.keyboard.press('Escape');
    assert.deepEqual(await shownInEditor(options, '.search'), []);
  });

  it('what was changed is saved by a key, and undone by one', async () => {
    await typeOwnLines(options, '||one.example^');
    await options.keyboard.down('Control');
    await options.keyboard.press('s');
    await options.keyboard.up('Control');
    await until('the lines to be stored', async () => (await storedLines()) === '||one.example^');
    await options.keyboard.down('Control');
    await options.keyboard.press('z');
    await options.keyboard.up('Control');
    await until('the change to be gone', async () => (await written()).startsWith('! a note'));
    assert.match(await options.$eval('#own-state', (state) => state.textContent), /Not saved/);
    await saveOwnLines(options);
  });

  it('thirty thousand of them open and are edited without delay', async () => {
    const many = Array.from({ length: 30_000 }, (_, index) => `||h${index}.example^$script`).join('\n');
    await writeOwnLines(options, many);
    await options.close();
    options = await session.browser.openExtensionPage('options/page.html');
    await options.waitForSelector('#own-open');
    const opened = await options.evaluate(async () => {
      const start = performance.now();
      document.getElementById('own-open')?.click();
      while (!document.getElementById('own-lines')?.shadowRoot?.querySelector('.cm-line'))
        await new Promise((go) => setTimeout(go, 5));
      return performance.now() - start;
    });
    await options.bringToFront();
    await options.evaluate(() => {
      const slow = /** @type {{ strokes: number[] }} */ (Object.assign(globalThis, { strokes: [] })).strokes;
      addEventListener(
        'keydown',
        () => {
          const start = performance.now();
          requestAnimationFrame(() => setTimeout(() => slow.push(performance.now() - start)));
        },
        true,
      );
    });
    for (const _ of Array(20)) await options.keyboard.press('x');
    await until('the strokes', () => options.evaluate(() => /** @type {any} */ (globalThis).strokes.length === 20));
    const strokes = await options.evaluate(() => /** @type {number[]} */ (/** @type {any} */ (globalThis).strokes));
    const middle = strokes.sort((one, other) => one - other)[10] ?? 0;
    const scrolled = await options.evaluate(async () => {
      const scroller = document.getElementById('own-lines')?.shadowRoot?.querySelector('.cm-scroller');
      if (!scroller) throw new Error('There is no editor.');
      const start = performance.now();
      for (let step = 1; step <= 10; step += 1) {
        scroller.scrollTop = (scroller.scrollHeight * step) / 10;
        await new Promise((go) => requestAnimationFrame(go));
      }
      return (performance.now() - start) / 10;
    });
    console.log(
      `30,000 lines: opened in ${opened.toFixed()} ms, a key ${middle.toFixed()} ms (longest ${strokes.at(-1)?.toFixed()} ms), a page of scrolling ${scrolled.toFixed()} ms`,
    );
    assert.ok(opened < 5000 && middle < 250, 'a machine under load is forgiven, an editor that draws all lines is not');
    assert.ok((await shownInEditor(options, '.cm-line')).length < 200, 'what is out of sight is not drawn');
  });

  /** @returns {Promise<string>} for as few lines as are in sight */
  async function written() {
    return (await shownInEditor(options, '.cm-line')).join('\n');
  }

  /** @returns {Promise<unknown>} */
  function storedLines() {
    return options.evaluate(
      async () => /** @type {any} */ ((await chrome.storage.local.get('ownLines')).ownLines).text,
    );
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
