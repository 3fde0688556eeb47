// Sites that insist on what is taken out of their addresses: they open all the same, and nothing goes round for ever.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { content, page, redirect } from '../../../harness/world/reply.js';

/** @typedef {import('../../../harness/world/log.js').Arrival} Arrival */

/** Of a redirector that is unwrapped, with where it leads behind it. */
const REDIRECTOR = 'https://lm.facebook.com/l.php?u=';

/** What a page does that puts back what was taken out of its address, by going there and by the history alone. */
const GOES_BACK = `if (!location.search) location.search = '?utm_source=' + Math.random();`;
const PUTS_BACK = `window.puts = 0; setInterval(() => {
  if (!location.search) { window.puts += 1; history.replaceState(null, '', '?utm_source=a'); }
}, 50);`;

/** What goes round for ever is not waited for. */
const timeout = 60_000;

let made = 0;

/** Another text each time. */
function another() {
  made += 1;
  return `a${made}`;
}

/**
 * How hosts answer an address without its parameter.
 *
 * @type {Record<string, (request: Arrival) => ReturnType<typeof redirect>>}
 */
const INSISTING = {
  '/p': () => redirect('/p?utm_source=a'),
  '/new': () => redirect(`/new?gclid=${another()}`),
  '/odd': () => redirect('/odd?flag&utm_source=a'),
  '/tiktok': () => redirect('/tiktok?ttclid=a&b=1&utm_source=c'),
  '/waiting': () => redirect(`${REDIRECTOR}${encodeURIComponent('https://insisting.example/waiting')}&h=${another()}`),
};

/** @param {Arrival} request */
function respond(request) {
  const { host, path, query } = request;
  if (host.endsWith('insisting.example') && !/utm_source|gclid/.test(query) && INSISTING[path])
    return INSISTING[path](request);
  if (host === 'going.example')
    return content('text/html', `<!doctype html><title>Goes</title><script>${GOES_BACK}</script>`);
  if (host === 'putting.example')
    return content('text/html', `<!doctype html><title>Puts</title><script>${PUTS_BACK}</script>`);
  return page('plain.html', { title: 'A page' });
}

/** What is under way has arrived after this. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 1000));

/** Between two pages there is none to ask. @param {import('puppeteer-core').Page} page */
const titleOf = (page) => page.evaluate(() => document.title).catch(() => '');

describe(`${BROWSER}: addresses that insist`, () => {
  const session = openSession('with Detick', respond);

  for (const path of ['/p', '/new', '/odd', '/tiktok']) {
    for (const state of ['awake', 'asleep']) {
      it(`a site that sends ${path} back with a parameter opens at the second try, Detick ${state}`, {
        timeout,
      }, async () => {
        const address = `https://${state}.insisting.example${path}`;
        if (state === 'asleep') await session.browser.crashBackground();
        const { page: tab } = await visit(session, 'https://news.example/links');
        await tab.goto(address).catch(() => undefined); // the first
        await quiet();
        session.world.log.clear();
        await tab.goto(address);
        await until('the page', async () => /A page/.test(await titleOf(tab)));
        assert.ok(session.world.log.to(/insisting/).length < 8, String(session.world.log));
        const { page: other } = await visit(session, address);
        await until('the page in another tab', async () => /A page/.test(await titleOf(other)));
      });
    }
  }

  it('a waiting room is shown after a while, and asked for', async () => {
    const { page: tab } = await visit(session, 'https://news.example/links');
    session.world.log.clear();
    await tab.goto('https://insisting.example/waiting').catch(() => undefined);
    await session.world.log.arrival('lm.facebook.com');
    await until('the waiting room', async () => (await address(tab)).startsWith(REDIRECTOR));
    const rounds = session.world.log.to('insisting.example').length;
    await quiet();
    assert.equal(session.world.log.to('insisting.example').length, rounds, 'it goes on and on');
    assert.ok(rounds <= 4, `${rounds} rounds`);
  });

  it('a page that goes to where its parameter is stays there', async () => {
    const { page: tab } = await visit(session, 'https://news.example/links');
    session.world.log.clear();
    await tab.goto('https://going.example/').catch(() => undefined);
    await until('the page to rest', async () => /utm_source/.test(await address(tab)));
    await quiet();
    const rounds = session.world.log.to('going.example', '/').length;
    await quiet();
    assert.equal(session.world.log.to('going.example', '/').length, rounds, 'it goes on and on');
    assert.ok(rounds < 40, `${rounds} rounds`);
  });

  it('a page that puts its parameter back has it', async () => {
    const { page: tab } = await visit(session, 'https://putting.example/?utm_source=a');
    await quiet();
    const before = Number(await tab.evaluate('window.puts'));
    await quiet();
    assert.equal(await tab.evaluate('window.puts'), before, 'it is taken out again and again');
    assert.ok(before <= 4, `put back ${before} times`);
    assert.match(await address(tab), /utm_source/);
  });

  it('what does not insist is cleaned as ever, the second time too', async () => {
    const { page: tab } = await visit(session, 'https://news.example/links');
    session.world.log.clear();
    for (let index = 0; index < 2; index += 1) await tab.goto('https://easy.example/p?id=1&utm_source=a');
    assert.deepEqual(
      session.world.log.to('easy.example', '/p').map(({ query }) => query),
      ['id=1', 'id=1'],
    );
  });
});

/** @param {import('puppeteer-core').Page} tab @returns {Promise<string>} empty while it is between two documents */
async function address(tab) {
  return tab.evaluate(() => location.href).catch(() => '');
}
