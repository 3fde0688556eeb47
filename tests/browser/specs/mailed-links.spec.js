// Links as mails and searches have them, followed and copied: where a wrong byte loses somebody a right, a list or a
// page.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { content, page } from '../../../harness/world/reply.js';

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} what
 * @property {string} link
 * @property {string} opened where following the link ends
 * @property {string} copied what "Copy clean link" leaves
 */

const TARGET = 'https://shop.example/a?id=1&utm_source=x&r=1abc2';
const SAFELINK = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(TARGET)}&data=05%7C02%7Cjo%40work.example%7C0a1b&reserved=0`;
const UNSUBSCRIBE =
  'https://news.example/newsletter/unsubscribe?list=4&mc_eid=0a1b2c3d4e&_kx=Zm9v.UhX7&utm_source=mail';

/** @type {Row[]} */
const ROWS = [
  {
    id: 'unsubscribe',
    what: 'a page to leave a mailing list by, which needs all of its address',
    link: UNSUBSCRIBE,
    opened: UNSUBSCRIBE,
    copied: UNSUBSCRIBE,
  },
  {
    id: 'gift',
    what: 'an article that a subscriber gave away',
    link: 'https://www.nytimes.com/2026/11/01/world/a.html?unlocked_article_code=1.AbC.dE-f_1&smid=url-share&fbclid=x',
    opened: 'https://www.nytimes.com/2026/11/01/world/a.html?unlocked_article_code=1.AbC.dE-f_1',
    copied: 'https://www.nytimes.com/2026/11/01/world/a.html?unlocked_article_code=1.AbC.dE-f_1',
  },
  {
    id: 'substack',
    what: 'a link in a Substack mail',
    link: `https://substack.com/redirect/2/${Buffer.from(JSON.stringify({ e: TARGET, p: 1, s: 2 })).toString('base64url')}.8Y_-Z?utm_source=mail`,
    opened: 'https://shop.example/a?id=1',
    copied: 'https://shop.example/a?id=1',
  },
  {
    id: 'yahoo',
    what: 'a result of Yahoo',
    link: `https://r.search.yahoo.com/_ylt=A;_ylu=B/RV=2/RE=1/RO=10/RU=${encodeURIComponent('https://shop.example/b?q=a+b%26c&utm_source=x')}/RK=2/RS=u-`,
    opened: 'https://shop.example/b?q=a+b%26c',
    copied: 'https://shop.example/b?q=a+b%26c',
  },
  {
    id: 'safelink',
    what: 'a link that Outlook checks: the check stays for who opens it, the address of the mail’s reader goes when it is passed on',
    link: SAFELINK,
    opened: SAFELINK,
    copied: 'https://shop.example/a?id=1&r=1abc2',
  },
];

const MAIL = 'https://mail.example/';

describe(`${BROWSER}: mailed links`, () => {
  const session = openSession('with Detick', ({ host }) =>
    host === 'mail.example'
      ? content('text/html; charset=utf-8', mail())
      : page('plain.html', { title: 'A page that stays' }),
  );

  for (const { id, what, link, opened } of ROWS) {
    it(`${what}: opened`, async () => {
      const { page: tab } = await visit(session, MAIL);
      session.world.log.clear();
      await tab.click(`#${id}`);
      const { url } = await session.world.log.arrival(new URL(opened).host);
      assert.equal(url, opened);
      let shown = '';
      await until(`${opened} to show`, async () => {
        shown = await tab.evaluate(() => location.href).catch(() => ''); // between two documents there is no answer
        return shown === opened;
      }).catch(() => assert.equal(shown, opened));
      if (link !== opened) {
        const asked = session.world.log.all().filter((arrival) => arrival.url === link);
        assert.deepEqual(asked, [], 'the tracked address was asked for');
      }
    });
  }

  for (const { id, what, link, copied } of ROWS) {
    it(`${what}: copied`, async () => {
      const { page: tab } = await visit(session, MAIL);
      session.world.log.clear();
      await session.browser.chooseMenuItem(tab, { item: 'copy-link', on: `#${id}` });
      let held = '';
      await until('the clipboard', async () => {
        held = await session.browser.readClipboard(tab);
        return held === copied;
      }).catch(() => assert.equal(held, copied));
      const hosts = [new URL(link).host, new URL(copied).host];
      const asked = session.world.log.all().filter(({ host }) => hosts.includes(host));
      assert.deepEqual(asked, [], 'copying asks neither host');
    });
  }
});

/** @returns {string} a page with all of the links */
function mail() {
  const links = ROWS.map(({ id, link }) => `<p><a id="${id}" href="${link.replaceAll('&', '&amp;')}">${id}</a></p>`);
  return `<!doctype html><html lang="en"><title>A mail</title>${links.join('')}</html>`;
}
