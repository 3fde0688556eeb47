/** What scripts can ask for: in a page, in workers, in service workers. */

import { blob, html, js, script } from '../markup.js';

/** @typedef {import('../vectors.js').Vectors} Vectors */

const silently = (/** @type {string} */ url) => `fetch('${url}', { mode: 'no-cors' }).catch(() => 0)`;

/** @type {Vectors} */
export const scripts = {
  fetch: ({ url }) => script(`await fetch('${url}')`),
  'fetch-no-cors': ({ url }) => script(`await fetch('${url}', { mode: 'no-cors', credentials: 'include' })`),
  'fetch-post': ({ url }) => script(`await fetch('${url}', { method: 'POST', mode: 'no-cors', body: 'who=reader' })`),
  'fetch-put': ({ url }) => script(`await fetch('${url}', { method: 'PUT', body: 'who=reader' })`),
  'fetch-keepalive': ({ url }) =>
    script(`await fetch('${url}', { method: 'POST', mode: 'no-cors', keepalive: true, body: 'who=reader' })`),
  'fetch-cached': ({ url }) => script(`await fetch('${url}', { mode: 'no-cors', cache: 'force-cache' })`),
  xhr: ({ url }) => script(`const xhr = new XMLHttpRequest(); xhr.open('GET', '${url}'); xhr.send();`),
  'xhr-post': ({ url }) =>
    script(`const xhr = new XMLHttpRequest(); xhr.open('POST', '${url}'); xhr.send('who=reader');`),
  'xhr-sync': ({ url }) => script(`const xhr = new XMLHttpRequest(); xhr.open('GET', '${url}', false); xhr.send();`),
  beacon: ({ url }) => script(`navigator.sendBeacon('${url}', 'who=reader')`),
  'beacon-blob': ({ url }) => script(`navigator.sendBeacon('${url}', new Blob(['{}'], { type: 'text/plain' }))`),
  websocket: ({ url }) => script(`new WebSocket('${url.replace('https', 'wss')}')`),
  'event-source': ({ url }) => script(`new EventSource('${url}')`),
  'image-object': ({ url }) => script(`new Image().src = '${url}'`),
  'audio-object': ({ url }) => script(`const audio = new Audio('${url}'); audio.load();`),
  'font-object': ({ url }) => script(`await new FontFace('Evil2', 'url(${url})').load()`),
  'document-write': ({ url }) => `<script>document.write('<img src="${url}">')</script>`,
  'inner-html': ({ url }) => script(`document.body.insertAdjacentHTML('beforeend', '<img src="${url}">')`),
  'parsed-not-shown': ({ url }) =>
    script(`const parsed = document.implementation.createHTMLDocument('');
      parsed.body.innerHTML = '<img src="${url}">';
      document.body.append(document.adoptNode(parsed.images[0]));`),
  import: ({ url }) => script(`await import('${url}')`),
  'import-static': ({ url }) => `<script type="module">import '${url}'</script>`,
  'import-json': ({ url }) => script(`await import('${url}', { with: { type: 'json' } })`),
  'import-css': ({ url }) => script(`await import('${url}', { with: { type: 'css' } })`),
  'import-of-a-module': ({ url }) => `<script type="module" src="${js(`import '${url}'`)}"></script>`,
  'import-map': {
    html: ({ url }) =>
      `<script type="importmap">{"imports":{"evil":"${url}"}}</script><script type="module">import 'evil'</script>`,
    alone: true,
    quick: true,
  },
  'data-script': ({ url }) => `<script src="data:text/javascript,${encodeURIComponent(silently(url))}"></script>`,
  'blob-script': ({ url }) =>
    script(`document.body.append(Object.assign(document.createElement('script'), { src: ${blob(silently(url))} }))`),
  worker: ({ url }) => script(`new Worker('${js(silently(url))}')`),
  'worker-of-blob': ({ url }) => script(`new Worker(${blob(silently(url))})`),
  'worker-of-data': ({ url }) =>
    script(`new Worker('data:text/javascript,${encodeURIComponent(silently(url)).replaceAll("'", '%27')}')`),
  'worker-of-tracker': ({ url }) => script(`new Worker('${url}')`),
  'worker-xhr': ({ url }) =>
    script(`new Worker(${blob(`const x = new XMLHttpRequest(); x.open('GET', '${url}'); x.send()`)})`),
  'worker-import-scripts': ({ url }) => script(`new Worker(${blob(`importScripts('${url}')`)})`),
  'worker-import': ({ url }) => script(`new Worker('${js(`import '${url}'`)}', { type: 'module' })`),
  'worker-dynamic-import': ({ url }) => script(`new Worker(${blob(`import('${url}')`)}, { type: 'module' })`),
  'worker-websocket': ({ url }) => script(`new Worker(${blob(`new WebSocket('${url.replace('https', 'wss')}')`)})`),
  'worker-event-source': ({ url }) => script(`new Worker(${blob(`new EventSource('${url}')`)})`),
  'worker-font': ({ url }) => script(`new Worker(${blob(`new FontFace('x', 'url(${url})').load()`)})`),
  'worker-in-worker': ({ url }) => script(`new Worker('${js(`new Worker('${js(silently(url))}')`)}')`),
  'shared-worker': ({ url }) => script(`new SharedWorker('${js(silently(url))}')`),
  'shared-worker-import-scripts': ({ url }) => script(`new SharedWorker('${js(`importScripts('${url}')`)}')`),
  'shared-worker-import': ({ url }) => script(`new SharedWorker('${js(`import '${url}'`)}', { type: 'module' })`),
  'audio-worklet': ({ url }) => script(`await new OfflineAudioContext(1, 1, 44100).audioWorklet.addModule('${url}')`),
  'audio-worklet-import': ({ url }) =>
    script(`await new OfflineAudioContext(1, 1, 44100).audioWorklet.addModule('${js(`import '${url}'`)}')`),
  'paint-worklet': ({ url }) => script(`await CSS.paintWorklet.addModule('${url}')`),
  'cache-add': ({ url }) => script(`await (await caches.open('x')).add('${url}')`),
  'shared-storage': ({ url }) => script(`await sharedStorage.worklet.addModule('${url}')`),
  'interest-group': ({ url, origin }) =>
    script(
      `await navigator.joinAdInterestGroup({ owner: '${origin}', name: 'x', biddingLogicURL: '${url}', updateURL: '${url}' }, 60)`,
    ),
  attributionsrc: ({ url }) => `<img attributionsrc="${url}">`,
  'payment-manifest': ({ url }) =>
    script(`await new PaymentRequest([{ supportedMethods: '${url}' }],
      { total: { label: 'x', amount: { currency: 'EUR', value: '1' } } }).canMakePayment()`),
  fedcm: {
    html: ({ url }) =>
      script(
        `await navigator.credentials.get({ identity: { providers: [{ configURL: '${url}', clientId: 'x', nonce: 'x' }] } })`,
      ),
    alone: true,
  },
  webtransport: ({ url }) => script(`await new WebTransport('${url}').ready`),
  // Chromium 156 starts its network process anew over it, and whatever any page was asking for then comes to nothing.
  'turn-over-tls': {
    html: ({ host }) =>
      script(`const peer = new RTCPeerConnection({ iceServers: [{ urls: 'turns:${host}:443?transport=tcp', username: 'x', credential: 'x' }] });
        peer.createDataChannel('x');
        await peer.setLocalDescription();`),
    connectionOnly: true,
    last: true,
  },
  'service-worker-fetch': { html: () => registered, worker: ({ url }) => silently(url), alone: true, quick: true },
  'service-worker-import-scripts': {
    html: () => registered,
    worker: ({ url }) => `importScripts('${url}')`,
    alone: true,
  },
  'service-worker-cache': {
    html: () => registered,
    worker: ({ url }) => `caches.open('x').then((cache) => cache.add('${url}')).catch(() => 0)`,
    alone: true,
  },
  'service-worker-answers': {
    html: () => controlled,
    worker: ({ url }) => answering(`fetch('${url}', { mode: 'no-cors' })`),
    alone: true,
    quick: true,
  },
  'service-worker-redirects': {
    html: () => controlled,
    worker: ({ url }) => answering(`Response.redirect('${url}')`),
    alone: true,
  },
  'service-worker-passes-on': {
    // The page's own request for the tracker goes through the worker, which asks for it in its own name.
    html: ({ url }) => controlledThen(`new Image().src = '${url}'`),
    worker: () => `${claiming} onfetch = (event) => event.respondWith(fetch(event.request.url, { mode: 'no-cors' }));`,
    alone: true,
  },
  'background-fetch': {
    html: ({ url }) =>
      script(`const registration = await navigator.serviceWorker.register('/worker.js');
        await navigator.serviceWorker.ready;
        await registration.backgroundFetch.fetch('x', ['${url}']);`),
    worker: () => '',
    alone: true,
  },
  'leaving-beacon': {
    html: ({ url }) => script(`onpagehide = () => navigator.sendBeacon('${url}', 'x')`),
    act: 'leave',
    quick: true,
  },
  'leaving-keepalive': {
    html: ({ url }) =>
      script(
        `onpagehide = () => { fetch('${url}', { method: 'POST', mode: 'no-cors', keepalive: true, body: 'x' }).catch(() => 0) }`,
      ),
    act: 'leave',
  },
  'leaving-hidden': {
    html: ({ url }) =>
      script(
        `document.addEventListener('visibilitychange', () => document.hidden && navigator.sendBeacon('${url}', 'x'))`,
      ),
    act: 'leave',
  },
  'leaving-image': { html: ({ url }) => script(`onbeforeunload = () => { new Image().src = '${url}' }`), act: 'leave' },
  'leaving-frame': {
    html: ({ url }) =>
      `<iframe src="${html(script(`onpagehide = () => navigator.sendBeacon('${url}', 'x')`))}"></iframe>`,
    act: 'leave',
  },
  'fetch-later': { html: ({ url }) => script(`fetchLater('${url}', { method: 'POST', body: 'x' })`), act: 'leave' },
  'fetch-later-soon': ({ url }) => script(`fetchLater('${url}', { activateAfter: 0 })`),
};

/** A page with a service worker; where that comes from, `worker` says. */
const registered = script(`await navigator.serviceWorker.register('/worker.js')`);

const claiming = `oninstall = () => skipWaiting(); onactivate = (event) => event.waitUntil(clients.claim());`;

/** @param {string} answer @returns {string} a worker that answers so for one of the page's own addresses */
function answering(answer) {
  return `${claiming} onfetch = (event) => { if (event.request.url.endsWith('/own')) event.respondWith(${answer}) };`;
}

/** @param {string} code @returns {string} runs it once the worker has the page in its hands */
function controlledThen(code) {
  return script(`const container = navigator.serviceWorker;
    await container.register('/worker.js');
    if (!container.controller) await new Promise((resolve) => { container.oncontrollerchange = resolve });
    ${code}`);
}

const controlled = controlledThen(`new Image().src = '/own'`);
