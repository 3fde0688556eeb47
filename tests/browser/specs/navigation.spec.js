// Links that are followed: what arrives where, and what does not.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { AUTHORIZE, DESTINATION, SHARED_LINK, VIDEO } from '../../../harness/world/links.js';

const LINKS = 'https://news.example/links';

describe(`${BROWSER}: navigation`, () => {
  const session = openSession('with Detick');

  /**
   * Opens the page of links, and follows one.
   *
   * @param {string} selector
   */
  async function follow(selector) {
    const { page } = await visit(session, LINKS);
    session.world.log.clear();
    await page.click(selector);
    return page;
  }

  it('a pasted share link arrives without what it says about the sharer', async () => {
    session.world.log.clear();
    const { page } = await visit(session, SHARED_LINK);
    const [first] = session.world.log.to('www.tiktok.com');
    assert.equal(first?.url, VIDEO);
    assert.equal(await page.evaluate(() => location.href), VIDEO);
  });

  it('a clicked share link arrives without it too', async () => {
    await follow('#shared');
    const { url } = await session.world.log.arrival('www.tiktok.com', new URL(VIDEO).pathname);
    assert.equal(url, VIDEO);
  });

  it('a link that leads through TikTok reaches its destination alone, and Back returns', async () => {
    const page = await follow('#leaving');
    const { url } = await session.world.log.arrival('destination.example');
    assert.equal(url, DESTINATION);
    assert.deepEqual(session.world.log.to(/tiktok/), []);
    await until('the destination to show', async () => (await href(page)) === DESTINATION);
    await page.evaluate(() => void setTimeout(() => history.back())); // once this has been answered: the page goes with it
    await until('the page of links to come back', async () => (await href(page)) === LINKS);
  });

  it('a short link is asked without cookies and without referrer, and its target arrives clean', async () => {
    const { log } = session.world;
    await visit(session, 'https://www.tiktok.com/'); // sets cookies that the short host would be sent too
    await follow('#short');
    const asked = await log.arrival('vm.tiktok.com', '/ZMabcdefg/');
    assert.equal(asked.headers.cookie, undefined);
    assert.equal(asked.headers.referer, undefined);
    const target = await log.arrival('www.tiktok.com', new URL(VIDEO).pathname);
    assert.equal(target.url, VIDEO);
  });

  it('a checkout is reached without the click ID, and with the rest', async () => {
    await follow('#clicked-ad');
    const { query } = await session.world.log.arrival('shop.example', '/checkout');
    assert.equal(query, 'cart=7&step=2');
  });

  it('signing in with TikTok makes its round trip untouched', async () => {
    session.world.log.clear();
    const { page } = await visit(session, 'https://app.example/');
    await page.click('#sign-in');
    const back = await session.world.log.arrival('app.example', '/callback');
    assert.equal(session.world.log.to('www.tiktok.com', '/v2/auth/authorize/')[0]?.url, AUTHORIZE);
    assert.equal(back.query, 'code=world%2Acode%21v1&scopes=user.info.basic%2Cvideo.list&state=a%2Bb~c%3d%3D');
  });

  it('a signed download is asked for byte by byte', async () => {
    await follow('#download');
    const { query } = await session.world.log.arrival('files.shop.example');
    assert.equal(query, 'X-Amz-Signature=0a1b2c&utm_source=mail&x=%7e+%2B');
  });

  it('a click is not told to the address that audits it', async () => {
    await follow('#audited');
    await session.world.log.arrival('destination.example', '/plain');
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.deepEqual(session.world.log.to('mcs.tiktokv.us'), []);
  });
});

/**
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<string>} where it is now; empty while it is between two documents
 */
async function href(page) {
  try {
    return await page.evaluate(() => location.href);
  } catch {
    return ''; // asked in the moment in which one document replaces another
  }
}
