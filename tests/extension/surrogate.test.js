import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';

const SURROGATE = await readFile(new URL('../../extension/surrogates/ttq.js', import.meta.url), 'utf8');

/** What pages put before the pixel's script, in the shape that TikTok documents. */
const BASE_CODE = `
  self.TiktokAnalyticsObject = 'ttq';
  var ttq = self.ttq = self.ttq || [];
  ttq.methods = ['page', 'track', 'identify', 'instances', 'debug', 'on', 'off', 'once', 'ready', 'alias', 'group'];
  ttq.setAndDefer = (target, method) => { target[method] = (...values) => target.push([method, ...values]); };
  for (const method of ttq.methods) ttq.setAndDefer(ttq, method);
  ttq.instance = (id) => {
    const pixel = ttq._i[id] || [];
    for (const method of ttq.methods) ttq.setAndDefer(pixel, method);
    return pixel;
  };
  ttq.load = (id) => { ttq._i = ttq._i || {}; ttq._i[id] = []; loads.push(id); };
`;

/**
 * A page (or a worker: it has no document) in which the surrogate may run. Everything but the language's own is
 * missing.
 */
function page() {
  const scope = createContext({ setTimeout: (/** @type {() => void} */ work) => work(), ran: [], loads: [] });
  scope.self = scope;
  /** @param {string} code @returns {unknown} */
  return (code) => runInContext(code, scope);
}

test('callbacks that waited for the pixel run, on the page and on one pixel', () => {
  const run = page();
  run(BASE_CODE);
  run(
    `ttq.load('ID'); ttq.page(); ttq.ready(() => ran.push('before')); ttq.instance('ID').ready(() => ran.push('pixel'))`,
  );
  run(SURROGATE);
  run(`ttq.ready(() => ran.push('after'))`);
  assert.equal(run(`ran.join()`), 'before,pixel,after');
});

test('calls are accepted and kept nowhere', () => {
  const run = page();
  run(BASE_CODE);
  run(SURROGATE);
  run(`ttq.track('Purchase', { value: 1 }); ttq.identify({ email: 'a@b.example' }); ttq.push(['track', 'x'])`);
  run(`ttq.instance('ID').track('AddToCart'); ttq.instance('ID').setPixelInfo({})`);
  assert.equal(run(`ttq.length`), 0);
  assert.equal(run(`Array.isArray(ttq)`), true);
  assert.equal(run(`typeof ttq.instance('ID').getPixelInfo()`), 'object');
});

test('a page that never ran the base code finds the library', () => {
  const run = page();
  run(SURROGATE);
  assert.equal(run(`typeof ttq`), 'object');
  run(`ttq.load('ID'); ttq.page(); ttq.grantConsent(); ttq.ready(() => ran.push('ready'))`);
  assert.equal(run(`ran.join()`), 'ready');
});

test('base code that runs again changes nothing and can still load a second pixel', () => {
  const run = page();
  run(BASE_CODE);
  run(SURROGATE);
  run(BASE_CODE);
  run(`ttq.track('x'); ttq.load('SECOND')`);
  assert.equal(run(`ttq.length`), 0);
  assert.equal(run(`loads.join()`), 'SECOND');
});

/** A page in which what the surrogate tells is kept. */
function listening() {
  const run = page();
  run(`
    var told = [];
    self.location = { href: 'https://shop.example/cart' };
    self.navigator = { userAgent: 'A browser' };
    self.document = { referrer: 'https://news.example/', dispatchEvent: ({ detail }) => told.push(detail) };
    self.CustomEvent = class { constructor(name, { detail }) { Object.assign(this, { name, detail }); } };
  `);
  run(BASE_CODE);
  /** @returns {{ event: string, properties?: unknown, context: Record<string, unknown> }[]} */
  const told = () => JSON.parse(`[${run('told.join()')}]`);
  return { run, told };
}

test('what is told is the report that the pixel would have sent', () => {
  const { run, told } = listening();
  run(`ttq.load('ID'); ttq.load('OTHER'); ttq.page({ page_name: 'A test' })`);
  run(`ttq.instance('ID').track('AddToCart', { value: 1, currency: 'EUR', contents: [{ content_name: 'Shoes' }] })`);
  run(SURROGATE);
  run(`ttq.push(['track', 'Search', 'winter coat']); ttq.track('Purchase', { value: '<b>' })`);
  assert.deepEqual(
    told().map(({ event, properties }) => [event, properties]),
    [
      ['Pageview', { page_name: 'A test' }],
      ['AddToCart', { value: 1, currency: 'EUR', contents: [{ content_name: 'Shoes' }] }],
      ['Search', 'winter coat'],
      ['CompletePayment', { value: '<b>' }],
    ],
  );
  assert.deepEqual(told()[0]?.context, {
    user: {},
    pixel: { codes: 'ID|OTHER' },
    page: { url: 'https://shop.example/cart', referrer: 'https://news.example/' },
    userAgent: 'A browser',
  });
  assert.deepEqual(told()[1]?.context.pixel, { codes: 'ID' });
});

test('of personal data the kind is told, never the data', () => {
  const { run, told } = listening();
  run(SURROGATE);
  const hash = '0'.repeat(64);
  for (const [call, user] of /** @type {[string, object | undefined][]} */ ([
    [`{ email: 'a@b.example', phone_number: '', first_name: null }`, { email: hash }],
    [`{ sha256_email: 'aa', phone: 4512345678 }`, { sha256_email: hash, phone: hash }],
    [`{ external_id: 'customer-77' }`, { external_id: 'given' }],
    [`{ external_id: '${'a1'.repeat(32)}' }`, { external_id: hash }],
    [`'customer-77', { email: 'a@b.example' }`, { email: hash }],
    [`{}`, undefined],
    [`null`, undefined],
  ])) {
    run(`told.length = 0; ttq.identify(${call})`);
    assert.deepEqual(
      told().map(({ event, context }) => [event, context.user]),
      user ? [['EnrichAM', user]] : [],
      call,
    );
  }
});

test('what a page hands over may be anything', () => {
  const { run, told } = listening();
  run(SURROGATE);
  run(`var circle = {}; circle.circle = circle; ttq.track('A', circle)`);
  run(`ttq.track('B', { get x() { throw new Error('mine'); } }); ttq.track('C', { x: 'x'.repeat(20_000) })`);
  run(`Array.prototype.toJSON = function () { return '[text]'; }; ttq.identify({ email: 'a@b.example' })`);
  assert.deepEqual(
    told().map(({ event, properties }) => [event, properties]),
    [
      ['A', undefined],
      ['B', undefined],
      ['C', undefined],
      ['EnrichAM', {}],
    ],
  );
});

test('a worker has no document to tell', () => {
  const run = page();
  run(`self.importScripts = () => undefined; self.document = { dispatchEvent: () => { throw new Error('told'); } };`);
  run(SURROGATE);
  run(`ttq.page(); ttq.ready(() => ran.push('ready'))`);
  assert.equal(run(`ran.join()`), 'ready');
});

test('what is queued or pushed by hand runs, and a broken queue breaks nothing', () => {
  const run = page();
  run(`self.ttq = [['ready', () => ran.push('queued')], null, 'nonsense', ['toString'], ['track']]`);
  run(SURROGATE);
  assert.equal(run(`ttq.push(['ready', () => ran.push('pushed')], 7)`), 0);
  assert.equal(run(`ttq.instance('UNKNOWN').track('x'); ttq.instances().length`), 0);
  assert.equal(run(`ran.join()`), 'queued,pushed');
});

test('the library may have another name', () => {
  const run = page();
  run(`self.TiktokAnalyticsObject = 'tik'`);
  run(SURROGATE);
  assert.equal(run(`Array.isArray(tik)`), true);
  assert.equal(run(`typeof ttq`), 'undefined');
});
