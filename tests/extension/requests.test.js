import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { events, reset, settle, world } from './fake-browser.js';
import { fakeEngine } from './fake-engine.js';

const navigations = await import('../../extension/background/requests/navigations.js');
const requests = await import('../../extension/background/requests/requests.js');
const counts = await import('../../extension/background/requests/counts.js');
const learned = await import('../../extension/background/requests/learned.js');
const visits = await import('../../extension/background/requests/visits.js');
const tabs = await import('../../extension/background/requests/tab-records.js');
const settings = await import('../../extension/stored/settings.js');

/** @import { RequestDetails, Settings, TabRecord } from '../../extension/types.js' */

const SHOP = 'https://shop.example/p';
const PIXEL = 'https://analytics.tiktok.com/api/v2/pixel?email=hash#x';
const SCRIPT = 'https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=1';

let nextTab = 100;

/** @param {Partial<RequestDetails>} details @returns {RequestDetails} */
const request = (details) => ({
  requestId: '1',
  url: PIXEL,
  method: 'GET',
  type: 'xmlhttprequest',
  tabId: nextTab,
  frameId: 0,
  timeStamp: 1000,
  ...details,
});

/** What was counted for the tab. @returns {Promise<TabRecord | undefined>} */
async function counted() {
  await tabs.flush();
  return /** @type {TabRecord | undefined} */ (world.session.data[`tab:${nextTab}`]);
}

/** @param {Partial<Settings>} [chosen] */
const withSettings = (chosen) => ({
  settings: { ...settings.DEFAULTS, ...chosen },
  account: undefined,
  liftedUntil: undefined,
});

visits.watch();
beforeEach(() => {
  reset();
  nextTab += 1;
  events.onCommitted.fire({ tabId: nextTab, frameId: 0, url: SHOP });
});

test('decide: a tracker is cancelled and counted, without what its query says', async () => {
  const answer = requests.decideWith(fakeEngine, withSettings(), request({ documentUrl: SHOP }));
  assert.deepEqual(answer, { cancel: true });
  const record = await counted();
  assert.equal(record?.count, 1);
  assert.equal(record?.stopped[0]?.url, 'https://analytics.tiktok.com/api/v2/pixel');
  assert.equal(record?.stopped[0]?.line, 7);
});

test('decide: a surrogate is served and counted as one', async () => {
  const answer = requests.decideWith(fakeEngine, withSettings(), request({ url: SCRIPT, type: 'script' }));
  assert.equal(answer.redirectUrl, 'chrome-extension://detick/surrogates/ttq.js');
  assert.equal((await counted())?.stopped[0]?.action, 'stand-in');
});

test('decide: a pause holds for the page at the top, whatever frame asks', async () => {
  const chosen = withSettings({ paused: [{ host: 'shop.example', until: 0 }] });
  const inFrame = {
    documentUrl: 'https://frame.example/',
    frameAncestors: [{ url: 'https://www.shop.example/', frameId: 0 }],
  };
  assert.deepEqual(requests.decideWith(fakeEngine, chosen, request(inFrame)), {});
  assert.deepEqual(requests.decideWith(fakeEngine, chosen, request({ documentUrl: 'https://other.example/' })), {
    cancel: true,
  });
});

test('decide: a connection made ahead of a request is refused but not counted', async () => {
  assert.deepEqual(requests.decideWith(fakeEngine, withSettings(), request({ type: 'speculative' })), { cancel: true });
  assert.equal(await counted(), undefined);
});

test('decide: a navigation goes to its clean address, and the tab remembers what went', async () => {
  const from = `${SHOP}?ttclid=1`;
  events.onCommitted.fire({ tabId: nextTab, frameId: 0, url: 'about:blank', timeStamp: 2000 }); // told of late
  const answer = requests.decideWith(fakeEngine, withSettings(), request({ url: from, type: 'main_frame' }));
  assert.deepEqual(answer, { redirectUrl: SHOP });
  events.onCommitted.fire({ tabId: nextTab, frameId: 0, url: SHOP });
  assert.deepEqual(
    (await counted())?.arrival?.removed.map((one) => one.name),
    ['ttclid'],
  );
  assert.equal(await counts.originalAddress({ tabId: nextTab, url: SHOP }), from);
});

test('decide: forms that are sent, frames and sites left alone are not cleaned', () => {
  const url = `${SHOP}?ttclid=1`;
  const left = withSettings({ linksOff: ['shop.example'] });
  assert.deepEqual(
    requests.decideWith(fakeEngine, withSettings(), request({ url, type: 'main_frame', method: 'POST' })),
    {},
  );
  assert.deepEqual(requests.decideWith(fakeEngine, withSettings(), request({ url, type: 'sub_frame' })), {});
  assert.deepEqual(requests.decideWith(fakeEngine, left, request({ url, type: 'main_frame' })), {});
});

test('decide: an address that comes back in the same request is let pass, whatever it comes back with', () => {
  const go = (/** @type {string} */ query) =>
    requests.decideWith(
      fakeEngine,
      withSettings(),
      request({ requestId: '70', url: SHOP + query, type: 'main_frame' }),
    );
  assert.deepEqual(go('?ttclid=1'), { redirectUrl: SHOP });
  assert.deepEqual(go('?ttclid=2'), {});
});

test('decide: a redirector that is led back to is let pass', () => {
  const url = 'https://go.example/?u=https%3A%2F%2Fnews.example%2F';
  const go = () =>
    requests.decideWith(fakeEngine, withSettings(), request({ requestId: '71', url, type: 'main_frame' }));
  assert.deepEqual(go(), { redirectUrl: 'https://news.example/' });
  assert.deepEqual(go(), {});
});

test('decide: the destination of a link that was unwrapped hears of no referrer, that of another does', () => {
  const url = 'https://go.example/?u=https%3A%2F%2Fnews.example%2F';
  requests.decideWith(fakeEngine, withSettings(), request({ requestId: '72', url, type: 'main_frame' }));
  requests.decideWith(
    fakeEngine,
    withSettings(),
    request({ requestId: '73', url: `${SHOP}?ttclid=1`, type: 'main_frame' }),
  );
  const requestHeaders = [{ name: 'Accept' }, { name: 'Referer' }];
  assert.deepEqual(navigations.hideReferrer({ requestId: '72', requestHeaders }), {
    requestHeaders: [{ name: 'Accept' }],
  });
  assert.deepEqual(navigations.hideReferrer({ requestId: '73', requestHeaders }), {});
});

test('observe: what rules clean again and again is left alone, everywhere if its server insists', async () => {
  const clean = (/** @type {Partial<RequestDetails>} */ details) =>
    requests.observe(
      request({
        url: `${SHOP}?ttclid=1`,
        redirectUrl: SHOP,
        statusLine: 'HTTP/1.1 307 Internal Redirect',
        type: 'main_frame',
        ...details,
      }),
    );
  const left = async () =>
    (await chrome.declarativeNetRequest.getSessionRules()).map(({ condition }) => condition.tabIds);
  await clean({ requestId: '80' });
  assert.deepEqual(await left(), []);
  await clean({ requestId: '80', url: `${SHOP}?ttclid=2` });
  assert.deepEqual(await left(), [undefined]);
  reset();
  nextTab += 1;
  for (const requestId of ['81', '82']) await clean({ requestId });
  assert.deepEqual(await left(), []);
  await clean({ requestId: '83' });
  assert.deepEqual(await left(), [[nextTab]]);
});

test('observe: a server that sends back to what a rule cleans is seen by where the navigation shows up', async () => {
  const send = () =>
    requests.observe(
      request({
        requestId: '90',
        url: SHOP,
        redirectUrl: `${SHOP}?ttclid=1`,
        statusLine: 'HTTP/1.1 302 Found',
        type: 'main_frame',
      }),
    );
  const left = async () =>
    (await chrome.declarativeNetRequest.getSessionRules()).map(({ condition }) => condition.urlFilter);
  for (let round = 0; round < 2; round += 1) await send();
  assert.deepEqual(await left(), []);
  await send();
  await settle();
  assert.deepEqual(await left(), [`|${SHOP}?`]);
});

test('observe: servers that send on and on are left to it', async () => {
  for (let round = 0; round < 9; round += 1) {
    const [url, redirectUrl] = [`${SHOP}?step=${round}`, `${SHOP}?step=${round + 1}`];
    const details = { requestId: '91', url, redirectUrl, statusLine: 'HTTP/1.1 302 Found' };
    await requests.observe(request({ ...details, type: 'main_frame' }));
  }
  assert.deepEqual(await chrome.declarativeNetRequest.getSessionRules(), []);
});

test('decide: a redirector clicked on a paused site is left to work', () => {
  const url = 'https://go.example/?u=https%3A%2F%2Fnews.example%2F';
  const chosen = withSettings({ paused: [{ host: 'shop.example', until: 0 }] });
  const click = (/** @type {string} */ originUrl) => request({ url, type: 'main_frame', originUrl });
  assert.deepEqual(requests.decideWith(fakeEngine, chosen, click(SHOP)), {});
  assert.deepEqual(requests.decideWith(fakeEngine, chosen, click('https://a.example/')), {
    redirectUrl: 'https://news.example/',
  });
});

test('observe: only what our lines would stop is ours; other extensions block too', async () => {
  requests.observeWith(
    fakeEngine,
    withSettings(),
    request({ url: 'https://ads.example/', error: 'net::ERR_BLOCKED_BY_CLIENT' }),
  );
  assert.equal(await counted(), undefined);
  requests.observeWith(fakeEngine, withSettings(), request({ error: 'net::ERR_BLOCKED_BY_CLIENT', initiator: SHOP }));
  assert.equal((await counted())?.count, 1);
});

test('observe: a request that failed by itself was not stopped by us', async () => {
  for (const error of ['net::ERR_CONNECTION_REFUSED', 'net::ERR_ABORTED', undefined])
    await requests.observe(request({ error, initiator: SHOP }));
  assert.equal(await counted(), undefined);
});

test('observe: on a paused site nothing is ours', async () => {
  const chosen = withSettings({ paused: [{ host: 'shop.example', until: 0 }] });
  requests.observeWith(fakeEngine, chosen, request({ error: 'net::ERR_BLOCKED_BY_CLIENT' }));
  assert.equal(await counted(), undefined);
});

test('observe: a surrogate is told from a block of the same line', async () => {
  const script = { url: SCRIPT, type: 'script' };
  requests.observeWith(
    fakeEngine,
    withSettings(),
    request({ ...script, redirectUrl: 'chrome-extension://x/surrogates/ttq.js' }),
  );
  requests.observeWith(fakeEngine, withSettings(), request({ ...script, error: 'net::ERR_BLOCKED_BY_CLIENT' }));
  assert.deepEqual(
    (await counted())?.stopped.map((one) => one.action),
    ['stand-in', 'blocked'],
  );
});

test('observe: a surrogate may be an address that holds it', async () => {
  const script = { url: SCRIPT, type: 'xmlhttprequest', redirectUrl: 'data:text/javascript;base64,AAAA' };
  requests.observeWith(fakeEngine, withSettings(), request(script));
  requests.observeWith(fakeEngine, withSettings(), request({ ...script, url: PIXEL }));
  assert.deepEqual(
    (await counted())?.stopped.map((one) => one.action),
    ['stand-in'],
  );
});

test('observe: a redirect to a page of another extension is not ours', async () => {
  requests.observeWith(
    fakeEngine,
    withSettings(),
    request({ url: SCRIPT, type: 'script', redirectUrl: 'chrome-extension://x/y.js' }),
  );
  assert.equal(await counted(), undefined);
});

test('observe: of a cleaned navigation only what went is told', async () => {
  const url = `${SHOP}?ttclid=1&id=2`;
  requests.observeWith(fakeEngine, withSettings(), request({ url, type: 'main_frame', redirectUrl: `${SHOP}?id=2` }));
  events.onCommitted.fire({ tabId: nextTab, frameId: 0, url: `${SHOP}?id=2` });
  assert.deepEqual(
    (await counted())?.arrival?.removed.map((one) => one.name),
    ['ttclid'],
  );
  requests.observeWith(fakeEngine, withSettings(), request({ url, type: 'main_frame', redirectUrl: `${url}&more=1` }));
  events.onCommitted.fire({ tabId: nextTab, frameId: 0, url: `${url}&more=1` });
  assert.equal((await counted())?.arrival, undefined);
});

test('observe: what went past a redirector is told where the tab arrives', async () => {
  const url = 'https://go.example/?u=https%3A%2F%2Fnews.example%2F';
  const redirectUrl = `chrome-extension://detick/unwrap.html#${url}`;
  requests.observeWith(fakeEngine, withSettings(), request({ url, type: 'main_frame', redirectUrl }));
  events.onCommitted.fire({ tabId: nextTab, frameId: 0, url: redirectUrl });
  events.onCommitted.fire({ tabId: nextTab, frameId: 0, url: 'https://news.example/' });
  assert.deepEqual((await counted())?.arrival?.unwrapped, ['go.example']);
});

test('observe: a page that is locked out is counted for the page that stands in for it', async () => {
  const url = 'https://analytics.tiktok.com/';
  const redirectUrl = `chrome-extension://detick/lockout/page.html#${url}`;
  requests.observeWith(fakeEngine, withSettings(), request({ url, type: 'main_frame', redirectUrl }));
  events.onCommitted.fire({ tabId: nextTab, frameId: 0, url: redirectUrl });
  const record = await counted();
  assert.deepEqual([record?.count, record?.host, record?.arrival], [1, 'analytics.tiktok.com', undefined]);
});

test("decide: Detick's own question to a short host is nobody's business", () => {
  const own = { originUrl: 'chrome-extension://detick/background.js', tabId: -1 };
  assert.deepEqual(requests.decideWith(fakeEngine, withSettings(), request(own)), {});
});

test('observe: pages prepared in secret are not counted to the page that is seen', async () => {
  const hidden = { error: 'net::ERR_BLOCKED_BY_CLIENT', documentLifecycle: 'prerender' };
  requests.observeWith(fakeEngine, withSettings(), request(hidden));
  assert.equal(await counted(), undefined);
});

test('observe: a page loaded ahead is counted for the page that asked, and what that page asks for next too', async () => {
  const asked = { error: 'net::ERR_BLOCKED_BY_CLIENT', documentId: 'D', initiator: SHOP };
  requests.observeWith(fakeEngine, withSettings(), request({ ...asked, type: 'main_frame' }));
  requests.observeWith(fakeEngine, withSettings(), request({ ...asked, type: 'image' }));
  const record = await counted();
  assert.deepEqual([record?.count, record?.host], [2, 'shop.example']);
});

test('observe: a navigation that is blocked is counted for the page that the browser shows in its place', async () => {
  const navigation = { tabId: nextTab, frameId: 0, url: PIXEL, error: 'net::ERR_BLOCKED_BY_CLIENT', timeStamp: 1 };
  requests.observeWith(fakeEngine, withSettings(), request({ ...navigation, type: 'main_frame' }));
  events.onErrorOccurred.fire(navigation);
  const record = await counted();
  assert.deepEqual([record?.count, record?.host], [1, 'analytics.tiktok.com']);
});

test('observe: a page loaded ahead is counted for the page that asked, and what that page asks for next too', async () => {
  const asked = { error: 'net::ERR_BLOCKED_BY_CLIENT', documentId: 'D', initiator: SHOP };
  requests.observeWith(fakeEngine, withSettings(), request({ ...asked, type: 'main_frame' }));
  requests.observeWith(fakeEngine, withSettings(), request({ ...asked, type: 'image' }));
  const record = await counted();
  assert.deepEqual([record?.count, record?.host], [2, 'shop.example']);
});

test('observe: a navigation that is blocked is counted for the page that the browser shows in its place', async () => {
  const navigation = { tabId: nextTab, frameId: 0, url: PIXEL, error: 'net::ERR_BLOCKED_BY_CLIENT', timeStamp: 1 };
  requests.observeWith(fakeEngine, withSettings(), request({ ...navigation, type: 'main_frame' }));
  events.onErrorOccurred.fire(navigation);
  const record = await counted();
  assert.deepEqual([record?.count, record?.host], [1, 'analytics.tiktok.com']);
});

test('the next page of a tab may ask for the same image: reports of one page are told from those of two', () => {
  const image = request({ type: 'image', documentUrl: SHOP });
  const page = request({ type: 'main_frame', url: `${SHOP}&next`, documentUrl: undefined });
  for (const details of [image, page, image]) requests.decideWith(fakeEngine, withSettings(), details);
  return counted().then((record) => assert.equal(record?.count, 2));
});

/** @param {string} words @param {Partial<RequestDetails>} [details] of a request to a shop's own address */
const report = (words, details) => {
  const bytes = /** @type {ArrayBuffer} */ (new TextEncoder().encode(words).buffer);
  const own = { url: 'https://shop.example/data', method: 'POST', type: 'beacon', documentUrl: SHOP };
  return request({ ...own, requestBody: { raw: [{ bytes }] }, ...details });
};

/** Knows reports by a word. @type {import('../../extension/types.js').Engine} */
const reader = {
  ...fakeEngine,
  isReport: (body) => new TextDecoder().decode(body).includes('pixel'),
  learned: () => [{ kind: 'event', text: 'AddToCart' }],
};

test('decideBody: what is a report by its body is cancelled wherever it goes, counted, and told', async () => {
  const body = report('{"pixel"}');
  assert.deepEqual(requests.decideBodyWith(reader, withSettings(), body, learned.bodyOf(body)), { cancel: true });
  const record = await counted();
  assert.equal(record?.count, 1);
  const { company, purpose, filter, url } = record?.stopped[0] ?? {};
  assert.deepEqual([company, purpose, filter, url], ['TikTok', 'pixel', '', 'https://shop.example/data']);
  assert.deepEqual(record?.learned, [{ kind: 'event', text: 'AddToCart' }]);
});

test('decideBody: other bodies pass, and so does all where Detick is paused or a line decides', async () => {
  const paused = { paused: [{ host: 'shop.example', until: 0 }] };
  const cases = /** @type {const} */ ([
    [report('{"order":1}'), {}],
    [report('{"pixel"}'), paused],
    [report('{"pixel"}', { url: PIXEL }), {}], // counted by the line that stops it
  ]);
  for (const [body, chosen] of cases)
    assert.deepEqual(requests.decideBodyWith(reader, withSettings(chosen), body, learned.bodyOf(body)), {});
  assert.equal(await counted(), undefined);
});
