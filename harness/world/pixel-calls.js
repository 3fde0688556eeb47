/**
 * Shops that tell the pixel the same things in the words of many clients: one path for each. And one whose workers and
 * frames have a pixel of their own.
 */

import { content, script } from './reply.js';

/** @param {string} body */
const page = (body) => () =>
  content(
    'text/html; charset=utf-8',
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><body><h1>Rain coats</h1>${body}</body></html>`,
  );

const PIXEL = 'CWORLD77UABCDEFGHIJK';

/** The code that shops paste: methods that queue what they are called with, and the library asked for. */
const BASE = `
  window.TiktokAnalyticsObject = 'ttq';
  window.ttq = window.ttq || [];
  ttq.methods = ['page', 'track', 'identify', 'instances', 'ready'];
  ttq.setAndDefer = (target, method) => { target[method] = (...given) => target.push([method, ...given]); };
  for (const method of ttq.methods) ttq.setAndDefer(ttq, method);
  ttq.instance = (id) => {
    const pixel = ttq._i[id] || [];
    for (const method of ttq.methods) ttq.setAndDefer(pixel, method);
    return pixel;
  };
  ttq.load = (id) => {
    ttq._i = ttq._i || {};
    ttq._i[id] = [];
    const loader = document.createElement('script');
    loader.src = 'https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=' + id + '&lib=ttq';
    document.head.append(loader);
  };`;

/** @param {string} code @param {string} [before] what the page did before it pasted the pixel's code */
const shop = (code, before = '') => page(`<script>${before}${BASE} ttq.load('${PIXEL}'); ${code}</script>`);

/** @type {import('./hosts.js').Routes} */
const calls = {
  '/base': shop(`addEventListener('load', () => {
    ttq.track('Search', { query: 'winter coat' });
    ttq.track('AddToCart', { contents: [{ content_id: '77', content_name: 'Running shoes' }], value: 79.8, currency: 'EUR' });
  });`),
  '/bare-words': shop(`
    ttq.track('Search', 'winter coat');
    ttq.track('AddToCart', { content_id: '77', content_name: 'Running shoes', price: 79.8 });`),
  // A tag manager's template makes the pixel's words of what the page tells the manager.
  '/tag-manager': shop(`
    window.dataLayer = [];
    dataLayer.push = (entry) => {
      const { items, value, currency } = entry.ecommerce;
      const contents = items.map(({ item_id, item_name, price }) => ({ content_id: item_id, content_name: item_name, price }));
      ttq.track('AddToCart', { contents, items, value, currency });
      return Array.prototype.push.call(dataLayer, entry);
    };
    dataLayer.push({ event: 'add_to_cart', ecommerce: { value: 79.8, currency: 'EUR', items: [{ item_id: '77', item_name: 'Running shoes' }] } });`),
  '/of-the-page': shop(`
    ttq.page({ page_name: 'HIV test' });
    ttq.track('ViewContent', { content_name: 'HIV self test', content_category: 'Health' });`),
  '/one-pixel': shop(`
    ttq.instance('${PIXEL}').track('AddToCart', { contents: [{ content_name: 'Running shoes' }] });`),
  '/before-the-code': shop(
    '',
    `window.ttq = [
      ['track', 'Search', { query: 'winter coat' }],
      ['identify', { email: 'ann@mail.example' }],
      ['track', 'AddToCart', { contents: [{ content_name: 'Running shoes' }], value: 79.8, currency: 'EUR' }],
    ];`,
  ),
  '/hashed': shop(`ttq.identify({ sha256_email: '${'a'.repeat(64)}', sha256_phone_number: '${'b'.repeat(64)}' });`),
  // As an old library does it, for all lists of the page.
  '/other-json': shop(
    `ttq.identify({ email: 'ann@mail.example', phone_number: '+4512345678' });
    ttq.track('AddToCart', { contents: [{ content_name: 'Running shoes' }], value: 79.8, currency: 'EUR' });`,
    `Array.prototype.toJSON = function () { return '[' + [...this].map((one) => JSON.stringify(one)).join(', ') + ']'; };`,
  ),
  '/numbers': shop(`ttq.track('Quiz question 3 yes'); ttq.track('Step 2');`),
  // The frame has no address of its own, and its pixel is the page's.
  '/frame': page(`<iframe id="frame"></iframe><script>
    addEventListener('load', () => {
      const { contentDocument } = document.getElementById('frame');
      contentDocument.open();
      contentDocument.write(${JSON.stringify(`<!doctype html><title>frame</title><script>${BASE} ttq.load('${PIXEL}'); ttq.track('AddToCart', { contents: [{ content_name: 'Running shoes' }] });</script>`).replaceAll('</', '<\\/')});
      contentDocument.close();
    });</script>`),
  '/workers': page(''),
  '/data-layer': page(`
    <div itemscope itemtype="https://schema.org/Product">
      <span itemprop="name">Rain hat</span>
      <div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
        <meta itemprop="price" content="12.50"><meta itemprop="priceCurrency" content="EUR">
      </div>
    </div>
    <div itemscope itemtype="https://schema.org/Person"><span itemprop="name">Ann</span></div>
    <script>
      window.dataLayer = [
        { 'gtm.start': 1, event: 'gtm.js' },
        { event: 'view_item', ecommerce: { value: 79.8, currency: 'EUR', items: [{ item_id: '77', item_name: 'Running shoes', price: 79.8 }] } },
        { event: 'purchase', ecommerce: { transaction_id: 'A-77', items: [] }, user_data: { email_address: 'ann@mail.example' } },
        { event: 'gtm.click', 'gtm.element': document.body },
      ];
      (function gtag() { dataLayer.push(arguments); })('event', 'search', { search_term: 'winter coat' });
      ${BASE} ttq.load('${PIXEL}');
      if (!/quiet/.test(location.search)) ttq.page();
    </script>`),
  // A worker of either kind that makes a report by itself.
  '/worker.js': () => content('text/javascript', `(${report})('worker');`),
  '/service-worker.js': () =>
    content(
      'text/javascript',
      `addEventListener('install', () => skipWaiting());
      addEventListener('message', () => (${report})('service worker'));`,
    ),
  // As applications do that also run offline: whatever the page asks for, the worker asks for.
  '/passing-worker.js': () =>
    content(
      'text/javascript',
      `addEventListener('install', () => skipWaiting());
      addEventListener('activate', (event) => event.waitUntil(clients.claim()));
      addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));`,
    ),
  // Neither its path nor what it imports tells anything.
  '/assets/w-77.js': () =>
    content(
      'text/javascript',
      `self.TiktokAnalyticsObject = 'ttq'; self.ttq = Object.assign([['page']], { _i: { ${PIXEL}: [] } });
      self.reportTo = '/shop-data/v1';
      importScripts('/assets/app-1f2e3d.js');
      setTimeout(() => fetch('/shop-data/last', { method: 'POST', body: '{}' }), 500);`,
    ),
  '/assets/app-1f2e3d.js': () => script('own-library.js'),
  '/shop-data/*': () => content('application/json', '{}'),
};

/** Runs in a worker: makes a report as the pixel does, to TikTok's own address. @param {string} event */
function report(event) {
  const context = { pixel: { code: 'CWORLD77UABCDEFGHIJK' } };
  const body = JSON.stringify({ event, properties: { contents: [{ content_name: 'Running shoes' }] }, context });
  fetch('https://analytics.tiktok.com/api/v2/pixel', { method: 'POST', body, mode: 'no-cors' }).catch(() => undefined);
}

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const pixelCallHosts = [[/^(calls|offline)\.shop\.example$/, calls]];
