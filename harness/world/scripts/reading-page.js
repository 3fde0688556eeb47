// Loads what it is told to in every way that a page has, and reads every address that it can get at.

/** How many addresses are loaded in every way at a time. */
const AT_ONCE = 4;

const insert = (how, tag, attributes, within = document.body) =>
  new Promise((resolve, reject) => {
    const element = document.createElement(tag);
    element.onload = () => resolve(element);
    element.onloadeddata = () => resolve(element);
    element.onerror = (event) => {
      if (event instanceof ErrorEvent) noteAll(how, event);
      noteAll(how, element.error);
      reject(new Error('error event'));
    };
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    within.append(element);
  });

/** What other documents let be seen of themselves, and what they answer to what they do not. */
function noteWindow(how, other) {
  for (const read of [
    () => other.location.href,
    () => other.document.URL,
    () => other.origin,
    () => other.location.toString(),
    () => other.performance,
    () => other.name,
  ]) {
    try {
      note(how, read());
    } catch (error) {
      noteError(how, error);
    }
  }
}

/** @type {Record<string, (address: string, how: string) => Promise<unknown>>} */
const LOADERS = {
  script: (src, how) => insert(how, 'script', { src }).then(() => noteStacks(how)),
  'script crossorigin': (src, how) => insert(how, 'script', { src, crossorigin: '' }).then(() => noteStacks(how)),
  'script credentials': (src, how) => insert(how, 'script', { src, crossorigin: 'use-credentials' }),
  'script module': (src, how) => insert(how, 'script', { src, type: 'module' }).then(() => noteStacks(how)),
  'script integrity': (src, how) => insert(how, 'script', { src, crossorigin: '', integrity: 'sha256-AAAA' }),
  'import()': async (src, how) => {
    noteAll(how, await import(src));
    noteStacks(how);
  },
  'import json': async (src, how) => noteAll(how, await import(src, { with: { type: 'json' } })),
  'import css': async (src, how) => noteAll(how, await import(src, { with: { type: 'css' } })),
  stylesheet: (href, how) => insert(how, 'link', { href, rel: 'stylesheet' }).finally(noteSheets),
  'stylesheet crossorigin': (href, how) =>
    insert(how, 'link', { href, rel: 'stylesheet', crossorigin: '' }).finally(noteSheets),
  '@import': async (href) => {
    const style = document.createElement('style');
    style.textContent = `@import url(${JSON.stringify(href)});`;
    await new Promise((resolve) => {
      style.onload = style.onerror = resolve;
      document.head.append(style);
    });
    noteSheets();
  },
  img: (src, how) => insert(how, 'img', { src }).then((image) => note(how, image.currentSrc)),
  'img crossorigin': (src, how) =>
    insert(how, 'img', { src, crossorigin: '' }).then((image) => note(how, image.currentSrc)),
  srcset: (src, how) => insert(how, 'img', { srcset: `${src} 1x` }).then((image) => note(how, image.currentSrc)),
  decode: async (src) => {
    const image = new Image();
    image.src = src;
    await image.decode();
  },
  input: (src, how) => insert(how, 'input', { src, type: 'image' }),
  background: async (src) => {
    const block = document.createElement('div');
    block.style.background = `url(${JSON.stringify(src)})`;
    block.style.maskImage = `url(${JSON.stringify(`${src}&mask`)})`;
    block.textContent = 'words';
    document.body.append(block);
  },
  svg: async (src) => {
    const host = document.createElement('div');
    host.innerHTML = `<svg><image href="${src}"/><use href="${src}&use#a"/><filter id="f"><feImage href="${src}&fe"/></filter><script href="${src}&script"></script></svg>`;
    document.body.append(host);
  },
  video: (src, how) =>
    insert(how, 'video', { src, preload: 'auto' }).finally(() => {
      for (const video of document.querySelectorAll('video')) note(how, video.currentSrc);
    }),
  'video crossorigin': (src, how) => insert(how, 'video', { src, preload: 'auto', crossorigin: '' }),
  'video poster': (poster, how) => insert(how, 'video', { poster }),
  audio: (src, how) => insert(how, 'audio', { src, preload: 'auto' }),
  track: (src, how) =>
    new Promise((resolve, reject) => {
      const video = document.createElement('video');
      video.crossOrigin = '';
      const track = document.createElement('track');
      Object.assign(track, { src, kind: 'captions', default: true, onload: resolve, onerror: reject });
      video.append(track);
      document.body.append(video);
      track.track.mode = 'showing';
      note(how, track.src);
    }),
  object: (data, how) => insert(how, 'object', { data }).then((element) => noteFrame(how, element)),
  embed: (src, how) => insert(how, 'embed', { src }).then((element) => noteFrame(how, element)),
  iframe: (src, how) => insert(how, 'iframe', { src }).then((element) => noteFrame(how, element)),
  'iframe sandbox': (src, how) =>
    insert(how, 'iframe', { src, sandbox: 'allow-scripts' }).then((element) => noteFrame(how, element)),
  font: (src) => new FontFace('any', `url(${JSON.stringify(src)})`).load(),
  'font rule': async (src) => {
    const style = document.createElement('style');
    style.textContent = `@font-face { font-family: F${src.length}; src: url(${JSON.stringify(src)}) }`;
    document.head.append(style);
    await document.fonts.load(`10px F${src.length}`);
  },
  modulepreload: (href, how) => insert(how, 'link', { href, rel: 'modulepreload' }, document.head),
  prefetch: (href, how) =>
    insert(how, 'link', { href, rel: 'prefetch' }, document.head).then(async () =>
      noteResponse(how, await fetch(href)),
    ),
  ...Object.fromEntries(
    ['fetch', 'script', 'style', 'image', 'font', 'track'].map((as) => [
      `preload ${as}`,
      async (href, how) => {
        await insert(how, 'link', { href, rel: 'preload', as, crossorigin: '' }, document.head).catch(() => undefined);
        if (as === 'fetch') await noteResponse(how, await fetch(href));
        if (as === 'style') await insert(how, 'link', { href, rel: 'stylesheet', crossorigin: '' }).finally(noteSheets);
        if (as === 'script') await insert(how, 'script', { src: href, crossorigin: '' });
      },
    ]),
  ),
  manifest: (href, how) => insert(how, 'link', { href, rel: 'manifest' }, document.head),
  icon: (href, how) => insert(how, 'link', { href, rel: 'icon' }, document.head),
  beacon: async (url) => navigator.sendBeacon(url, 'x'),
  worker: (src, how) => startWorker(how, () => new Worker(src)),
  'module worker': (src, how) => startWorker(how, () => new Worker(src, { type: 'module' })),
  'shared worker': (src, how) => startWorker(how, () => new SharedWorker(src)),
  'service worker': (src) => navigator.serviceWorker.register(src, { scope: '/surrogate/never/' }),
  'paint worklet': (src) => CSS.paintWorklet.addModule(src),
  'audio worklet': (src) => new OfflineAudioContext(1, 1, 44100).audioWorklet.addModule(src),
  xslt: async (src) => {
    const frame = document.createElement('iframe');
    const sheet = `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="${src}"?><a/>`;
    frame.src = URL.createObjectURL(new Blob([sheet], { type: 'text/xml' }));
    await new Promise((resolve) => {
      frame.onload = resolve;
      document.body.append(frame);
    });
    noteDocument('xslt', frame.contentDocument);
  },
};

function startWorker(how, start) {
  return new Promise((resolve, reject) => {
    const worker = start();
    setTimeout(resolve, 1000); // it says nothing if all is well
    worker.onerror = (event) => {
      noteAll(how, event);
      reject(new Error('worker error'));
    };
  });
}

function noteFrame(how, element) {
  noteDocument(how, element.contentDocument);
  if (element.contentWindow) noteWindow(how, element.contentWindow);
}

function noteSheets() {
  for (const sheet of document.styleSheets) {
    note('sheet', sheet.href);
    try {
      for (const rule of sheet.cssRules) {
        note('sheet rule', rule.href);
        note('sheet of rule', rule.styleSheet?.href);
      }
    } catch (error) {
      noteError('sheet', error);
    }
  }
}

for (const kind of ['securitypolicyviolation', 'error']) {
  window.addEventListener(
    kind,
    (event) => {
      noteAll(kind, event);
      if (event.error) noteError(kind, event.error);
    },
    true,
  );
}
window.addEventListener('unhandledrejection', ({ reason }) => noteError('unhandledrejection', reason));
if (typeof ReportingObserver === 'function') {
  new ReportingObserver(
    (reports) => {
      for (const report of reports) noteAll('report', report.toJSON());
    },
    { buffered: true },
  ).observe();
}
for (const type of PerformanceObserver.supportedEntryTypes) {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) noteAll(`observed ${type}`, JSON.parse(JSON.stringify(entry)));
  }).observe({ type, buffered: true });
}

/** Makes a surrogate's start slow, so that the browser tells whose script kept the page waiting. */
function slowStart() {
  let busy = true;
  const slow = {
    get() {
      for (const end = performance.now() + 80; busy && performance.now() < end; );
      busy = false;
      return undefined;
    },
    set: (value) => Object.defineProperty(window, 'ttq', { value, writable: true, configurable: true }),
    configurable: true,
  };
  Object.defineProperty(window, 'ttq', slow);
}

/** Has every script that looks for TikTok's embeds, or brings them, tell by whose calls it came there. */
function watchEmbeds() {
  const noteCaller = () => noteError('tiktokEmbed', new Error('reached'));
  Object.defineProperty(window, 'tiktokEmbed', { get: noteCaller, set: noteCaller, configurable: true });
}

const ask = (target, message) =>
  new Promise((resolve) => {
    (target.port ?? target).onmessage = ({ data }) => resolve(data);
    (target.port ?? target).postMessage(message);
  });

/** What the spec calls: everything that could be read of these addresses. */
async function readAddresses({ context, urls, ownUrls, workers }) {
  const profiler =
    typeof Profiler === 'function' ? new Profiler({ sampleInterval: 1, maxBufferSize: 10_000 }) : undefined;
  slowStart();
  watchEmbeds();
  await Promise.all(urls.flatMap((url) => askByScript(context, url)));
  const all = [...urls, ...ownUrls];
  while (all.length > 0) {
    await Promise.all(
      all.splice(0, AT_ONCE).flatMap((url) =>
        Object.entries(LOADERS).map(([name, load], number) => {
          const how = `${context} ${name} ${url}`;
          const address = `${url}${url.includes('?') ? '&' : '?'}${context}-${number}`.replace(/ /g, '-');
          return attempt(how, () => load(address, how), name === 'script');
        }),
      ),
    );
  }
  if (profiler) noteAll('profile', await profiler.stop());
  if (workers) {
    const started = [
      ['worker', new Worker('/scripts/reading-classic-worker.js')],
      ['module worker', new Worker('/scripts/reading-module-worker.js', { type: 'module' })],
      ['shared worker', new SharedWorker('/scripts/reading-classic-worker.js')],
    ];
    for (const [name, worker] of started) {
      await attempt(`${context} ${name}`, async () =>
        add(await ask(worker, { context: `${context} ${name}`, urls, ownUrls })),
      );
    }
  }
  notePerformance(context);
  noteSheets();
  return self.readings;
}

function add({ texts, outcomes }) {
  self.readings.texts.push(...texts);
  Object.assign(self.readings.outcomes, outcomes);
}

/** Everything on the page goes through the site's service worker from now on. */
async function goThroughServiceWorker() {
  await navigator.serviceWorker.register('/scripts/reading-service-worker.js', { scope: '/' });
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) {
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
  }
}

async function readServiceWorker(message) {
  const answer = new Promise((resolve) => {
    navigator.serviceWorker.addEventListener('message', ({ data }) => resolve(data), { once: true });
  });
  navigator.serviceWorker.controller.postMessage(message);
  add(await answer);
  return self.readings;
}

// For the spec.
Object.assign(window, { readAddresses, goThroughServiceWorker, readServiceWorker });
