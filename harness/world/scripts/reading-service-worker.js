// A site's own service worker, through which everything on its pages is asked for: it reads what it hands on.
importScripts('/scripts/reading.js');

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate' || /\/scripts\//.test(request.url)) return;
  event.respondWith(
    (async () => {
      const how = `service worker ${request.destination || 'fetch'} ${request.mode} ${request.url}`;
      const seen = (label, response) => {
        noteAll(label, { url: response.url, type: response.type, headers: [...response.headers].flat() });
        self.readings.outcomes[label] = `${response.url.slice(0, 40)} ${response.status} ${response.type}`;
      };
      // Asked once more in a mode whose answer can be read.
      await fetch(new Request(`${request.url}&again`, { mode: 'cors' })).then(
        (response) => seen(`${how} again`, response),
        (error) => noteError(how, error),
      );
      try {
        const response = await fetch(request);
        seen(how, response);
        return response;
      } catch (error) {
        noteError(how, error);
        self.readings.outcomes[how] = `failed: ${error.message}`;
        throw error;
      }
    })(),
  );
});

self.addEventListener('message', async (event) => {
  const { context, urls, ownUrls } = event.data;
  if (context) {
    const work = urls.flatMap((url) => askByScript(context, url));
    for (const url of [...urls, ...ownUrls]) {
      work.push(attempt(`${context} importScripts ${url}`, async () => importScripts(`${url}?late`)));
    }
    await Promise.all(work);
    notePerformance(context);
  }
  event.source.postMessage(self.readings);
});
