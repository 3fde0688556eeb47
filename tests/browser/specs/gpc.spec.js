// Global Privacy Control: what hosts are sent, and what pages, frames and workers see of it.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { choose } from '../../../harness/chosen.js';
import { addList, inForce } from '../../../harness/lists.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { content, dot } from '../../../harness/world/reply.js';

const SITE = 'signal.example';
const FRAME = 'frame.example';
const LIST = 'https://lists.example/list.txt';

/** Says in the log what its script saw at its very start. @param {string} who */
const seen = (who) =>
  `<script>new Image().src = 'https://told.example/${who}?' + ('globalPrivacyControl' in navigator && navigator.globalPrivacyControl)</script>`;

const HTML = `<!doctype html><title>A page</title>${seen('page')}
<iframe src="https://${FRAME}/frame"></iframe><iframe srcdoc="${seen('srcdoc')}"></iframe>
<iframe sandbox="allow-scripts" srcdoc="${seen('sandbox')}"></iframe>
<script src="/script.js"></script><link rel="stylesheet" href="/style.css"><img src="https://other.example/picture.gif">
<script type="speculationrules">{ "prerender": [{ "urls": ["/ahead"], "eagerness": "immediate" }] }</script>
<script>
fetch('/fetched');
navigator.sendBeacon('/beacon');
new Worker('/worker.js');
const scope = '/' + Math.random();
navigator.serviceWorker.register('/service-worker.js?' + scope, { scope });
</script>`;

/** @type {Record<string, () => import('../../../harness/world/reply.js').Reply>} */
const PAGES = {
  '/': () => content('text/html; charset=utf-8', HTML),
  '/ahead': () => content('text/html; charset=utf-8', seen('ahead')),
  '/frame': () => content('text/html; charset=utf-8', seen('frame')),
  '/picture.gif': () => dot(),
  '/list.txt': () => content('text/plain', `! Title: Allows\n@@||${SITE}^\n@@||${FRAME}^$important\n`),
  '/style.css': () => content('text/css', ''),
  '/worker.js': () => content('text/javascript', "fetch('/from-worker')"),
  '/service-worker.js': () => content('text/javascript', "fetch('/from-service-worker')"),
};

/** What the page has its hosts asked for. @type {[host: string, path: string][]} */
const ASKED = [
  [SITE, '/'],
  [FRAME, '/frame'],
  [SITE, '/script.js'],
  [SITE, '/style.css'],
  ['other.example', '/picture.gif'],
  [SITE, '/fetched'],
  [SITE, '/beacon'],
  [SITE, '/worker.js'],
  [SITE, '/from-worker'],
  [SITE, '/service-worker.js'],
  [SITE, '/from-service-worker'],
];

/** Whose scripts say what they see. */
const TELLING = ['page', 'frame', 'srcdoc', 'sandbox'];

/** @type {import('../../../harness/world.js').Respond} */
const respond = ({ path }) => PAGES[path]?.() ?? content('text/javascript', '');

/** @typedef {import('../../../harness/session.js').Session} Session */

describe(`${BROWSER}: Global Privacy Control`, () => {
  // Browsers load nothing ahead behind a proxy.
  const session = openSession('with Detick', respond, { route: 'names' });
  before(() => until('the script for pages', () => isRegistered(session, true)));

  it('is sent with a page and all that it loads, and told to its scripts and to those of its frames', async () => {
    assert.deepEqual(await look(session), { sent: 'all', told: 'true' });
  });

  it('is a property like those that browsers have', async () => {
    const { page } = await visit(session, `https://${SITE}/`);
    const property = await page.evaluate(() => {
      const { get, set, enumerable, configurable } =
        Object.getOwnPropertyDescriptor(Navigator.prototype, 'globalPrivacyControl') ?? {};
      return {
        name: get?.name,
        set: String(set),
        enumerable,
        configurable,
        isOwn: Object.hasOwn(navigator, 'globalPrivacyControl'),
      };
    });
    const expected = {
      name: 'get globalPrivacyControl',
      set: 'undefined',
      enumerable: true,
      configurable: true,
      isOwn: false,
    };
    assert.deepEqual(property, expected);
  });

  it('is sent with a page that is loaded ahead, and told to it', {
    skip: BROWSER === 'firefox' && 'it loads none',
  }, async () => {
    session.world.log.clear();
    await visit(session, `https://${SITE}/`);
    assert.equal((await session.world.log.arrival(SITE, '/ahead')).headers['sec-gpc'], '1');
    assert.equal((await session.world.log.arrival('told.example', '/ahead')).query, 'true');
  });

  it('is sent where a list allows everything', async () => {
    const options = await session.browser.openExtensionPage('options/page.html');
    await addList(options, LIST);
    await inForce(options, LIST);
    assert.deepEqual(await look(session), { sent: 'all', told: 'true' });
  });

  it('is neither sent nor told on a site where Detick is paused', async () => {
    await choose(session, {
      paused: [
        { host: SITE, until: 0 },
        { host: FRAME, until: 0 },
      ],
    });
    await until('the pause', async () => (await look(session)).sent === 'none');
    await until('the script to stay away', async () => (await look(session)).told === 'false');
    await choose(session, { paused: [] });
    await until('the pause to end', async () => (await look(session)).sent === 'all');
  });

  it('is neither sent nor told where it is switched off', async () => {
    await choose(session, { gpc: false });
    await until('the script to go', () => isRegistered(session, false));
    await until('the rule to go', async () => (await look(session)).sent === 'none');
    assert.deepEqual(await look(session), { sent: 'none', told: 'false' });
  });
});

describe(`${BROWSER}: Global Privacy Control without Detick`, () => {
  const session = openSession('without Detick', respond, { route: 'names' });

  it('is neither sent nor told', async () => {
    assert.deepEqual(await look(session), { sent: 'none', told: 'false' });
  });
});

describe(`${BROWSER}: the browser’s own Global Privacy Control`, {
  skip: BROWSER === 'chromium' && 'it has none',
}, () => {
  const session = openSession('with Detick', respond, { route: 'names', ownGpc: true });
  before(() => until('the script for pages', () => isRegistered(session, true)));

  it('is left as it is', async () => {
    assert.deepEqual(await look(session), { sent: 'all', told: 'true' });
    const { page } = await visit(session, `https://${SITE}/`);
    const getter = () => String(Object.getOwnPropertyDescriptor(Navigator.prototype, 'globalPrivacyControl')?.get);
    assert.match(await page.evaluate(getter), /native code/);
  });
});

/** @param {Session} session @param {boolean} wanted */
function isRegistered({ browser }, wanted) {
  return browser.inExtension(
    async (is) => (await chrome.scripting.getRegisteredContentScripts({ ids: ['gpc'] })).length === Number(is),
    wanted,
  );
}

/**
 * Opens the page.
 *
 * @param {Session} session
 * @returns {Promise<{ sent: string, told: string }>} `all`, `none` or which requests carried the signal; the one answer
 *   that all scripts got, or which of them got which
 */
async function look(session) {
  session.world.log.clear();
  const { page } = await visit(session, `https://${SITE}/?${Math.random()}`);
  const { log } = session.world;
  const sent = [];
  for (const [host, path] of ASKED) if ((await log.arrival(host, path)).headers['sec-gpc'] === '1') sent.push(path);
  /** @type {Record<string, string>} */
  const told = {};
  for (const who of TELLING) told[who] = (await log.arrival('told.example', `/${who}`)).query;
  await page.close();
  const answers = new Set(Object.values(told));
  return {
    sent: sent.length === ASKED.length ? 'all' : sent.join(' ') || 'none',
    told: answers.size === 1 ? [...answers].join() : JSON.stringify(told),
  };
}
