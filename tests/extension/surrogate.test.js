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

test('what would have been sent is counted, and what it says about a person is not', () => {
  const run = page();
  run(`
    var counted = [];
    self.document = { dispatchEvent: (event) => counted.push(event.name, event.detail) };
    self.CustomEvent = class { constructor(name, { detail }) { Object.assign(this, { name, detail }); } };
  `);
  run(BASE_CODE);
  run(`ttq.load('ID'); ttq.page(); ttq.instance('ID').track('AddToCart', { value: 1, currency: 'EUR' })`);
  run(SURROGATE);
  run(
    `ttq.identify({ email: 'a@b.example', phone_number: '' }); ttq.identify(null); ttq.push(['track', 'Search', { value: '<b>' }])`,
  );
  assert.equal(
    run(`counted.filter((one) => one !== 'detick-ttq').join()`),
    '{"event":"Pageview"},{"event":"AddToCart 1 EUR"},{"identity":["email"]},{"event":"Search"}',
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
