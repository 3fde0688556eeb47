// The popup in every state it can be in: what it says, and that everybody can use it.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessibilityFaults } from '../axe.js';
import { headline } from '../popup.js';
import { BROWSER, openSession, visit } from '../session.js';

describe(`${BROWSER}: popup`, () => {
  const session = openSession('with Detick');

  it('is looked at by something that sees faults', async () => {
    const { page } = await visit(session, 'https://destination.example/');
    await page.evaluate(() => document.body.append(document.createElement('button')));
    assert.match((await accessibilityFaults(page)).join('\n'), /^button-name: /m);
  });

  it('is usable by everybody where something was stopped', async () => {
    const { page } = await visit(session, 'https://shop.example/tagged');
    const popup = await session.browser.openPopup(page);
    await headline(popup, /^4 /);
    assert.deepEqual(await accessibilityFaults(popup), []);
    await popup.close();
  });
});
