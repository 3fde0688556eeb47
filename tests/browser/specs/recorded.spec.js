// What the browsers' own developer tools record of pages without Detick, and what `detick report` makes of it: what
// truly arrived, request by request.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { developerTools } from '../../../harness/developer-tools.js';
import { detick } from '../../../harness/native.js';
import { recorder } from '../../../harness/recorder.js';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { until } from '../../../harness/until.js';

/**
 * @import { Page } from 'puppeteer-core'
 * @import { Recorded, RecordedEntry } from '../../../harness/developer-tools.js'
 * @import { Entry } from '../../../harness/recorder.js'
 */

/**
 * Of a report in JSON, what is looked at by itself.
 *
 * @typedef {object} Told
 * @property {string} name
 * @property {{host: string, requests: number}[]} hosts
 * @property {string[]} pixels
 * @property {{event: string, times: number}[]} events
 * @property {number} cookiesSent
 * @property {number} cookiesSet
 *
 * @typedef {{companies: Told[]}} ReportedPage
 */

/** Whom browsers ask for themselves. */
const OF_THE_BROWSER = /(^|\.)(google|googleapis|gvt1|mozilla|firefox)\.(com|net|org)$/;

/** Of a report: what goes by the clock, and where the files were. */
const ASIDE = new Set(['made', 'began', 'ms', 'firstMs', 'lastMs', 'recordings']);

const folder = mkdtempSync(join(tmpdir(), 'detick-recorded-'));
after(() => rmSync(folder, { recursive: true }));

/** @param {Pick<RecordedEntry, 'request' | 'response'>} entry */
const nameOf = ({ request, response }) =>
  `${request.method} ${request.url} ${request.postData?.text ?? ''} ${response.status}`;

/** @param {Pick<RecordedEntry, 'request' | 'response'>[]} entries @returns {string[]} in an order of their own */
const names = (entries) => entries.map(nameOf).sort();

/**
 * Of an answer that Chromium does not hand to the page, as it does with JSON that comes back for a beacon, the tools
 * have no headers; nor those of the request that go with it.
 *
 * @param {RecordedEntry} entry
 */
const isWithheld = ({ _resourceType, response }) => _resourceType === 'ping' && response.headers.length === 0;

/**
 * What arrived, as far as the tools could know of it.
 *
 * @param {Entry[]} arrived
 * @param {RecordedEntry[]} recorded
 * @returns {Entry[]}
 */
function withoutWithheld(arrived, recorded) {
  const withheld = recorded.filter(isWithheld).map(nameOf);
  return arrived.map((entry) => {
    const at = withheld.indexOf(nameOf(entry));
    if (at < 0) return entry;
    withheld.splice(at, 1);
    const headers = entry.request.headers.filter(({ name }) => name !== 'cookie');
    return {
      ...entry,
      request: { ...entry.request, cookies: [], headers },
      response: { ...entry.response, cookies: [], headers: [] },
    };
  });
}

/**
 * Asks the command line what recordings tell.
 *
 * @param {object[]} logs what stands under `log` in each
 * @returns {Promise<ReportedPage[]>} the page of each
 */
async function report(logs) {
  const files = logs.map((log, number) => {
    const file = join(folder, `${number}.har`);
    writeFileSync(file, JSON.stringify({ log }));
    return file;
  });
  const { stdout, stderr } = await detick(['report', '--json', '--show-values', ...files]);
  assert.equal(stderr, '', 'there is nothing that cannot be read');
  /** @type {{pages: (ReportedPage & {recording: number})[], leftOut: number}} */
  const { pages, leftOut } = JSON.parse(stdout, (key, value) => {
    if (ASIDE.has(key)) return undefined;
    return key === 'moments' ? tally(value.map((/** @type {{what: string}} */ { what }) => what)) : value;
  });
  assert.equal(leftOut, 0);
  assert.deepEqual(
    pages.map(({ recording }) => recording),
    logs.map((_, number) => number),
  );
  return pages.map(({ recording, ...page }) => page);
}

/**
 * What arrived, counted without Detick's reading.
 *
 * @param {Entry[]} arrived
 * @returns what TikTok's hosts were told
 */
function counted(arrived) {
  const there = arrived.filter(({ request }) => /tiktok/.test(new URL(request.url).host));
  const bodies = there.flatMap(({ request }) => {
    const packed = new URL(request.url).searchParams.get('analytics_message');
    const body = request.postData?.text ?? (packed === null ? '' : atob(packed));
    return body.startsWith('{"event"') ? [JSON.parse(body)] : [];
  });
  const sum = (/** @type {number[]} */ numbers) => numbers.reduce((total, number) => total + number, 0);
  return {
    hosts: tally(there.map(({ request }) => new URL(request.url).host)),
    pixels: Object.keys(tally(bodies.map(({ context }) => context.pixel.code))),
    events: tally(bodies.map(({ event }) => event)),
    cookiesSent: sum(there.map(({ request }) => request.cookies.length)),
    cookiesSet: sum(there.map(({ response }) => response.cookies.length)),
  };
}

/** @param {string[]} names @returns {Record<string, number>} how often each occurs */
function tally(names) {
  /** @type {Record<string, number>} */
  const times = {};
  for (const name of names) times[name] = (times[name] ?? 0) + 1;
  return times;
}

/** @param {ReportedPage} page @returns {ReturnType<typeof counted>} what is told of TikTok, in the same form */
function toldOfTikTok({ companies }) {
  const tiktok = companies.find(({ name }) => name === 'TikTok');
  assert.ok(tiktok);
  const { hosts, pixels, events, cookiesSent, cookiesSet } = tiktok;
  return {
    hosts: Object.fromEntries(hosts.map(({ host, requests }) => [host, requests])),
    pixels,
    events: Object.fromEntries(events.map(({ event, times }) => [event, times])),
    cookiesSent,
    cookiesSet,
  };
}

/** @typedef {Awaited<ReturnType<typeof openSession>>['world']['log']} Log */

/** @type {{ title: string, url: string, until: (log: Log, page: Page) => Promise<unknown> }[]} */
const VISITS = [
  {
    title: 'a shop, where somebody buys',
    url: 'https://shop.example/?ttclid=E.C.P.world',
    until: async (log, page) => {
      await log.arrival('analytics-ipv6.tiktokw.us', '/ipv6/enrich_ipv6');
      await page.click('#buy');
      const hashed = () => log.to('analytics.tiktok.com').some(({ body }) => body.includes('"EnrichAM"'));
      await until('the hash of the e-mail address to arrive', async () => hashed());
    },
  },
  {
    title: 'a page of news with an embed and a player',
    url: 'https://news.example/',
    until: (log) =>
      until('both films to be asked for', async () => log.to('v16m.tiktokrow-cdn.com').length === 2 || undefined),
  },
  {
    title: "TikTok's own page of a video",
    url: 'https://www.tiktok.com/@tina/video/7300000000000000001',
    until: async (log) => {
      await log.arrival('v16-webapp.tiktok.com');
      const beacon = () => log.to('mcs.tiktokv.us').some(({ body }) => body === '[]');
      await until('the beacon to arrive', async () => beacon());
    },
  },
];

describe(`${BROWSER}: what developer tools record without Detick`, () => {
  const world = recorder();
  const tools = developerTools(world.respond);
  const session = openSession('without Detick', tools.respond);

  for (const { title, url, until: isDone } of VISITS) {
    it(title, async () => {
      const { log } = session.world;
      const { page } = await visit(session, 'about:blank');
      await tools.open(session, page);
      log.clear();
      const before = world.har().log.entries.length;
      await page.goto(url);
      await isDone(log, page);
      await log.arrival(new URL(url).host, '/favicon.ico'); // what the browser asks for last

      const arrivals = () =>
        world
          .har()
          .log.entries.slice(before)
          .filter(({ request }) => !OF_THE_BROWSER.test(new URL(request.url).host));
      const addresses = () =>
        arrivals()
          .map(({ request }) => `${request.method} ${request.url}`)
          .sort();
      const isOver = async () => isDeepStrictEqual([...tools.finished()].sort(), addresses());
      // In Chromium what its page does not read to the end is never over; it may be asked before.
      if (BROWSER === 'firefox') await until('all that arrived to be over', isOver);
      let recorded = await tools.recorded();
      const isComplete = async () => {
        if (isDeepStrictEqual(names(recorded.entries), names(arrivals()))) return true;
        recorded = await tools.recorded();
        return false;
      };
      await until('all that arrived to be recorded', isComplete).catch(() => undefined);
      assert.deepEqual(names(recorded.entries), names(arrivals()), 'all that arrived is recorded, and nothing else');

      const arrived = withoutWithheld(arrivals(), recorded.entries);
      await assertAlike(recorded, arrived);
    });
  }
});

/**
 * Asserts that the report of what the tools recorded is that of what arrived: of each request, and of all together.
 *
 * @param {Recorded} recorded
 * @param {Entry[]} arrived
 */
async function assertAlike(recorded, arrived) {
  const [{ id } = { id: '' }, ...others] = recorded.pages;
  assert.deepEqual(others, [], 'it is one page');
  const ofPage = arrived
    .map((entry) => ({ pageref: id, ...entry }))
    .sort((a, b) => a.startedDateTime.localeCompare(b.startedDateTime));
  /** @param {object[]} entries */
  const logOf = (entries) => ({ ...recorded, entries });

  const each = async (/** @type {(RecordedEntry | Entry)[]} */ entries) => {
    const pages = await report(entries.map((entry) => logOf([entry])));
    const told = entries.map((entry, number) => ({ request: nameOf(entry), told: pages[number] }));
    return told.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  };
  assert.deepEqual(await each(recorded.entries), await each(ofPage));

  const [whole, expected] = await report([logOf(recorded.entries), logOf(ofPage)]);
  assert.ok(whole && expected);
  assert.deepEqual(whole, expected);
  assert.deepEqual(toldOfTikTok(whole), counted(arrived));
}
