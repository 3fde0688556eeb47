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

/** A page in which the surrogate ran first, and in which what it tells beside the page is kept. */
function listening() {
  const run = page();
  const fonts = new EventTarget();
  const window = new EventTarget();
  /** @type {string[]} */
  const details = [];
  /** @type {string[]} */
  const gathered = [];
  const hear = (/** @type {Event} */ event) => details.push(/** @type {CustomEvent<string>} */ (event).detail);
  fonts.addEventListener('told', (event) => {
    const node = /** @type {MouseEvent} */ (event).relatedTarget;
    node?.addEventListener('told', hear);
    node?.addEventListener('gathered', (event) => gathered.push(/** @type {CustomEvent<string>} */ (event).detail));
  });
  const document = { referrer: 'https://news.example/', currentScript: null, scripts: [], fonts };
  const createElement = () => new EventTarget();
  class MouseEvent extends Event {
    /** @param {string} type @param {{ relatedTarget: EventTarget }} how */
    constructor(type, { relatedTarget }) {
      super(type);
      this.relatedTarget = relatedTarget;
    }
  }
  Object.assign(/** @type {object} */ (run('self')), {
    location: { href: 'https://shop.example/cart' },
    navigator: { userAgent: 'A browser' },
    document: { ...document, createElement },
    ...{ CustomEvent, EventTarget, MouseEvent },
    addEventListener: (/** @type {string} */ type, /** @type {() => void} */ work) =>
      window.addEventListener(type, work),
  });
  run('self.top = self');
  run(SURROGATE);
  /** @returns {{ event: string, properties?: unknown, context: Record<string, unknown> }[]} */
  const told = () => JSON.parse(`[${details.join()}]`);
  const forget = () => details.splice(0);
  /** What the page says to its tag manager, as far as it is told. @returns {unknown[]} */
  const said = () =>
    JSON.parse(`[${gathered.join()}]`).flatMap(
      (/** @type {any} */ report) => report.auto_collected_properties.content_data.data_layer,
    );
  const come = (/** @type {string} */ type) => window.dispatchEvent(new Event(type));
  return { run, told, said, forget, come };
}

test('what is told is the report that the pixel would have sent', () => {
  const { run, told } = listening();
  run(BASE_CODE);
  run(`ttq.load('ID'); ttq.load('OTHER'); ttq.page({ page_name: 'A test' })`);
  run(`ttq.instance('ID').track('AddToCart', { value: 1, currency: 'EUR', contents: [{ content_name: 'Shoes' }] })`);
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

test('what was queued before the page named the library is told too', () => {
  const { run, told } = listening();
  run(`self.ttq = [['page'], ['track', 'Search', { query: 'shoes' }]]; ttq._i = { ID: [] };`);
  assert.deepEqual(told(), []);
  run(`self.TiktokAnalyticsObject = 'ttq'`);
  assert.deepEqual(
    told().map(({ event, context }) => [event, context.pixel]),
    [
      ['Pageview', { codes: 'ID' }],
      ['Search', { codes: 'ID' }],
    ],
  );
  assert.equal(run('ttq.length'), 0);
});

test('what a page says to Tealium of what it sells is told once, in the words of the other tag manager, and nothing of people', () => {
  const { run, said } = listening();
  run(BASE_CODE);
  run(`self.utag = { data: {
    product_name: ['Shoes', 'Coat'], order_id: 'T-7', order_total: '12.50', order_currency: 'EUR', search_keyword: 'rain',
    customer_email: 'ann@mail.example',
  } }`);
  run(`ttq.load('ID'); ttq.page(); ttq.track('Search')`);
  const sold = {
    ...{ transaction_id: 'T-7', value: '12.50', currency: 'EUR', search_term: 'rain' },
    items: [{ item_name: 'Shoes' }, { item_name: 'Coat' }],
  };
  assert.deepEqual(said(), [sold]);
  run(`self.utag = { data: { product_id: 'S-1' } }; ttq.page()`);
  assert.deepEqual(said()[1], { items: [{ item_name: 'S-1' }] });
  run(`self.utag = { get data() { throw new Error('a page may have put anything there'); } }; ttq.page()`);
  assert.equal(said().length, 2);
});

test('the answer to a request for the pixel tells nothing, and leaves alone what was taken over before', () => {
  const { run, told } = listening();
  run(BASE_CODE);
  run(`ttq.load('ID')`);
  run(`document.currentScript = {}`);
  run(SURROGATE);
  run(`ttq.page()`);
  assert.deepEqual(
    told().map(({ event }) => event),
    ['Pageview'],
  );
  const alone = page();
  alone(BASE_CODE);
  alone(`self.document = { currentScript: {}, createElement: () => { throw new Error('told'); } }`);
  alone(SURROGATE);
  alone(`ttq.page()`);
});

test('a real library that comes after finds no pixel, and its methods do not take', () => {
  const { run, told } = listening();
  run(BASE_CODE);
  run(`ttq.load('ID')`);
  run(`
    var library = self[self.TiktokAnalyticsObject];
    library._i ||= {};
    library._i.OWN ||= [];
    Object.assign(library._i.OWN, { info: { pixelCode: 'OWN' } });
    var sent = [];
    library.track = (event) => sent.push(event);
    for (const method of ['page', 'track', 'identify'])
      Object.defineProperty(library, method, { get: () => (event) => sent.push(event), set() {} });
    self[self.TiktokAnalyticsObject] = Object.assign(library, { init() {}, track: (event) => sent.push(event) });
    for (const id of Object.keys(library._i)) sent.push(id);
    library.instance('OWN').track = (event) => sent.push(event);
    self.ttq.track('Search'); self.ttq.instance('OWN').track('AddToCart');
  `);
  assert.equal(run('sent.length'), 0);
  assert.equal(run(`library._i.hasOwnProperty('ID') || 'ID' in library._i || library._i.NEVER !== undefined`), false);
  assert.deepEqual(
    told().map(({ event, context }) => [event, context.pixel]),
    [
      ['Search', { codes: 'ID|OWN' }],
      ['AddToCart', { codes: 'OWN' }],
    ],
  );
});

test('a pixel that is a function stays the page’s, knows no pixel, and is heard', () => {
  const { run, told } = listening();
  run(`self.TiktokAnalyticsObject = 'ttq';
    var own = self.ttq = (...given) => { own.queue.push(given); return 'kept'; }; own.queue = []; own('init', 'ID');`);
  run(`ttq._i = { OTHER: [] }; ran.push(ttq('track', 'Search', { query: 'shoes' }))`);
  assert.deepEqual(
    told().map(({ event, context }) => [event, context.pixel]),
    [['Search', { codes: 'OTHER|ID' }]],
  );
  assert.equal(run(`[ran.join(), own.queue.length, Object.keys(ttq._i).length].join()`), 'kept,2,0');
});

/** Puts functions in the pixel's place as Partytown does, which keep what they are called with in `_ptf`. */
const PARTYTOWN = `
  self.partytown = { forward: ['ttq.track', ['ttq.load', {}], 'dataLayer.push'] };
  self.ttq = self.ttq || {};
  for (const method of ['track', 'load'])
    ttq[method] = (...given) => { (self._ptf = self._ptf || []).push(['ttq', method], given); return 'kept'; };`;

test('what Partytown passes on to its worker is told, what it had kept before too, and goes on to it', () => {
  const { run, told, come } = listening();
  run(PARTYTOWN);
  run(`ttq.load('ID'); ttq.track('Search', { query: 'shoes' }); _ptf.push(['dataLayer', 'push'], [{}])`);
  come('DOMContentLoaded');
  come('load');
  assert.equal(run(`ttq.track('AddToCart', { value: 1 })`), 'kept');
  run(`ttq.track = (...given) => ran.push(given[0]); ttq.track('Subscribe')`);
  assert.deepEqual(
    told().map(({ event, context }) => [event, context.pixel]),
    ['Search', 'AddToCart', 'Subscribe'].map((event) => [event, { codes: 'ID' }]),
  );
  assert.equal(run(`[_ptf.length, ran.join()].join()`), '8,Subscribe');
});

test('where Partytown has nothing of the pixel’s, or the page a pixel of its own, nothing is touched', () => {
  for (const code of [
    `${PARTYTOWN} partytown.forward = ['dataLayer.push'];`,
    `${PARTYTOWN} self.partytown = { forward: 7 };`,
    `self.ttq = { track: () => 'kept' };`,
    `self.partytown = { forward: ['ttq.track'] };`,
    `self.partytown = { forward: ['ttq.track', null] }; self.ttq = 7;`,
  ]) {
    const { run, told, come } = listening();
    run(code);
    come('DOMContentLoaded');
    run(`self.ttq?.track?.('Search')`);
    assert.deepEqual(told(), [], code);
    assert.equal(run(`!self.ttq?.track || 'value' in Object.getOwnPropertyDescriptor(ttq, 'track')`), true, code);
  }
  const { run, told, come } = listening();
  run(BASE_CODE);
  run(`self.partytown = { forward: ['ttq.track'] };`);
  come('load');
  run(`ttq.track('Search')`);
  assert.equal(told().length, 1, 'once');
});

test('until a page names the library, nothing of its is touched, nor what is no queue', () => {
  const { run, told } = listening();
  assert.equal(run(`Object.keys(self).includes('TiktokAnalyticsObject')`), false);
  assert.equal(run(`String(self.TiktokAnalyticsObject)`), 'undefined');
  run(`self.ttq = []; ttq.push(['track', 'mine']); var own = Object.getOwnPropertyDescriptor(self, 'ttq')`);
  assert.deepEqual([run('ttq.length'), run('own.writable'), told()], [1, true, []]);
  for (const value of ['() => 7', '{ push: 7 }', `'text'`, 'null', 'Object.freeze([])']) {
    run(`self.other = ${value}; self.TiktokAnalyticsObject = 'other'`);
    run('self.given = self.other; self.other = self.given');
    assert.equal(run('self.other === self.given'), true, value);
  }
  run(`'use strict'; const TiktokAnalyticsObject = 'mine';`); // a page's own word is its own
});

test('frames of other origins than the page are left alone', () => {
  const run = page();
  run(`
    var document = { currentScript: null, scripts: [] };
    self.top = { get location() { throw new Error('another origin'); } };
  `);
  run(SURROGATE);
  assert.equal(run(`'TiktokAnalyticsObject' in self || 'ttq' in self`), false);
});

test('of personal data the kind is told, never the data', () => {
  const { run, told, forget } = listening();
  run(BASE_CODE);
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
    forget();
    run(`ttq.identify(${call})`);
    assert.deepEqual(
      told().map(({ event, context }) => [event, context.user]),
      user ? [['EnrichAM', user]] : [],
      call,
    );
  }
});

test('what a page says to its tag manager of what it sells is told once the page tells the pixel something', () => {
  const { run, said } = listening();
  run(BASE_CODE);
  run(`self.dataLayer = [
    { 'gtm.start': 1, event: 'gtm.js' },
    { event: 'view_item', ecommerce: { items: [{ item_name: 'Shoes' }] }, user_data: { email: 'ann@mail.example' } },
    'words', null,
  ];
  (function () { dataLayer.push(arguments); })('event', 'search', { search_term: 'winter coat', page_path: '/' });`);
  assert.deepEqual(said(), []);
  run(`ttq.page()`);
  const first = [{ ecommerce: { items: [{ item_name: 'Shoes' }] } }, { search_term: 'winter coat' }];
  assert.deepEqual(said(), first);
  run(`ttq.page(); dataLayer.push({ value: 1, currency: 'EUR' }); ttq.page()`);
  assert.deepEqual(said(), [...first, { value: 1, currency: 'EUR' }]);
});

test('of what a page says to its tag manager little is told, and what it puts there breaks nothing', () => {
  const { run, told, said } = listening();
  run(BASE_CODE);
  run(
    `self.dataLayer = []; for (let index = 0; index < 1000; index += 1) dataLayer.push({ value: index }); ttq.page()`,
  );
  run(`for (let index = 0; index < 1000; index += 1) dataLayer.push({ value: -index }); ttq.page()`);
  assert.equal(said().length, 100);
  for (const layer of [
    `[{ get value() { throw new Error('mine'); } }]`,
    `new Proxy([], { get() { throw new Error('mine'); } })`,
    `{ length: 1 }`,
    `[Object.assign({}, { value: self })]`,
  ])
    run(`self.dataLayer = ${layer}; ttq.page()`);
  assert.equal(told().length, 6);
});

test('what a page hands over may be anything', () => {
  const { run, told } = listening();
  run(BASE_CODE);
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

test('a page sees nothing of what is told, whatever it listens to or replaces', () => {
  const { run, told } = listening();
  run(`
    var seen = [];
    EventTarget.prototype.dispatchEvent = () => seen.push('dispatched');
    CustomEvent = class { constructor(...told) { seen.push(told); } };
    Reflect.apply = () => seen.push('applied');
    document.fonts.addEventListener('told', () => seen.push('fonts'));
  `);
  run(BASE_CODE);
  run(`ttq.track('Search')`);
  assert.equal(run('seen.length'), 0);
  assert.equal(told().length, 1);
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
