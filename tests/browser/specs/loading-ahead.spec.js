// Pages that ask the browser to load other pages ahead, before anybody clicks. No browser does it behind a proxy.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { answer } from '../../../harness/world/hosts.js';
import { content } from '../../../harness/world/reply.js';

const SHOP = 'https://ahead.example/';
const TRACKER = 'analytics.tiktok.com';
/** Each has an address of its own, by which the log knows it. */
const RULES = {
  prefetch: [{ urls: [`https://${TRACKER}/prefetched?who=reader`], eagerness: 'immediate' }],
  prerender: [{ urls: [`https://${TRACKER}/prerendered?who=reader`], eagerness: 'immediate' }],
};
const HTML = `<!doctype html><title>A shop</title><script type="speculationrules">${JSON.stringify(RULES)}</script>`;

/** @type {import('../../../harness/world.js').Respond} */
const respond = (request, log) =>
  request.host === new URL(SHOP).host ? content('text/html; charset=utf-8', HTML) : answer(request, log);

const hasRules = BROWSER === 'chromium';

describe(`${BROWSER}: pages loaded ahead, without Detick`, () => {
  const session = openSession('without Detick', respond, { route: 'names' });

  it(`speculation rules ${hasRules ? 'reach a tracker' : 'are unknown here'}`, async () => {
    const { page } = await visit(session, SHOP);
    assert.equal(await page.evaluate(() => HTMLScriptElement.supports?.('speculationrules') ?? false), hasRules);
    if (!hasRules) return;
    await session.world.log.arrival(TRACKER, '/prefetched');
    await session.world.log.arrival(TRACKER, '/prerendered');
  });
});
