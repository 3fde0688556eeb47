// Parameters that a person keeps on a site: they stay there, and whatever else holds for links holds there as well.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { choose } from '../../../harness/chosen.js';
import { addList, inForce, writeOwnLines } from '../../../harness/lists.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';
import { ListServer } from '../../../harness/world/filter-lists.js';

const KEEP = ['utm_source', 'mc_eid', 'mine-too', 'strange'].map((name) => ({ host: 'kept.example', name }));

const OWN_LINES = `||kept.example^$removeparam=mine
||kept.example^$removeparam=mine-too
@@||kept.example/of-mine$removeparam
`;

const LIST = '! Title: A list\n||kept.example^$removeparam=strange\n@@||kept.example/of-a-list$removeparam\n';

/** What is asked for, and what arrives. @type {[string, string, string][]} */
const CASES = [
  ['the parameter stays, others go', '/?utm_source=1&fbclid=2&x=3', '/?utm_source=1&x=3'],
  ['several stay', '/?utm_source=1&fbclid=2&mc_eid=3', '/?utm_source=1&mc_eid=3'],
  ['others go where it is missing', '/?fbclid=2&x=3', '/?x=3'],
  ['below the site too', '//shop.kept.example/?utm_source=1&fbclid=2', '//shop.kept.example/?utm_source=1'],
  ['on another site it goes', '//other.example/?utm_source=1&fbclid=2&x=3', '//other.example/?x=3'],
  ['what a list would take stays', '/?strange=1&x=3', '/?strange=1&x=3'],
  ['what an own line would take stays', '/?mine-too=1&x=3', '/?mine-too=1&x=3'],
  ['an own line takes another', '/?mine=1&utm_source=2&fbclid=3&x=4', '/?utm_source=2&x=4'],
  ['an exception holds', '/unsubscribe?utm_source=1&fbclid=2', '/unsubscribe?utm_source=1&fbclid=2'],
  ['an exception of a list holds', '/of-a-list?utm_source=1&fbclid=2', '/of-a-list?utm_source=1&fbclid=2'],
  ['an own exception holds', '/of-mine?utm_source=1&fbclid=2', '/of-mine?utm_source=1&fbclid=2'],
];

describe(`${BROWSER}: kept parameters`, () => {
  const server = new ListServer();
  const session = openSession('with Detick', server.respond);
  const url = server.put('/list.txt', LIST);

  before(async () => {
    const options = await session.browser.openExtensionPage('options/page.html');
    await addList(options, url);
    await inForce(options, url);
    await writeOwnLines(options, OWN_LINES);
    await inForce(options, '');
    await options.close();
    await choose(session, { keep: KEEP });
    await until('the parameter to be kept', async () => (await arriving('/?utm_source=1&fbclid=2')).endsWith('=1'));
  });

  for (const [name, asked, expected] of CASES) {
    it(name, async () => {
      assert.equal(await arriving(asked), new URL(expected, 'https://kept.example/').href);
    });
  }

  it('a site whose links are left alone has them left alone', async () => {
    const asked = 'https://kept.example/?utm_source=1&fbclid=2';
    await choose(session, { linksOff: ['kept.example'] });
    await until('the link to stay whole', async () => (await arriving(asked)) === asked);
    await choose(session, { linksOff: [] });
    await until('links to be cleaned again', async () => (await arriving(asked)) !== asked);
  });

  /** @param {string} asked @returns {Promise<string>} the first address that the host was asked for */
  async function arriving(asked) {
    const { href, hostname, pathname } = new URL(asked, 'https://kept.example/');
    session.world.log.clear();
    const { page } = await visit(session, href);
    const { url: arrived } = await session.world.log.arrival(hostname, pathname);
    await page.close();
    return arrived;
  }
});
