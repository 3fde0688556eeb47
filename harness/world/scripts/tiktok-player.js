// Plays the embedded player: fetches the film, reports the reader, and tells the page that it is ready.
{
  const post = (url, keepalive = false) =>
    fetch(url, { method: 'POST', body: '{}', credentials: 'include', keepalive }).catch(() => undefined);
  post('https://mcs.tiktokv.us/v1/list');
  post('https://mon16-normal-useast5.tiktokv.us/monitor_browser/collect/batch/');
  post('https://mcs-va.tiktok.com/v1/user/webid');
  post('https://mssdk-ttp2.tiktokw.us/web/common?msToken=world');
  const film = fetch('https://v16-webapp.tiktok.com/video/tos/world.mp4', { credentials: 'include' });
  film.then(async (answer) => {
    document.body.dataset.bytes = answer.ok ? (await answer.arrayBuffer()).byteLength : answer.status;
  });
  for (const domain of ['tiktokeu-cdn.com', 'tiktokrow-cdn.com']) {
    fetch(`https://v16m.${domain}/video/tos/world.mp4`).then(async (answer) => {
      document.body.dataset[domain.split('-')[0]] = (await answer.arrayBuffer()).byteLength;
    });
  }
  parent.postMessage({ 'x-tiktok-player': true, type: 'onPlayerReady' }, '*');

  // One does not want to go: it reports on and on, and once more by every way that outlives a page.
  if (location.pathname.includes('/74')) {
    const receivers = [
      'https://mcs-va.tiktok.com/v1/user/webid',
      'https://mssdk-ttp2.tiktokw.us/web/report',
      'https://stranger.example/collect',
    ];
    setInterval(() => {
      for (const url of receivers) post(`${url}?running`);
    }, 50);
    for (const type of ['beforeunload', 'visibilitychange', 'pagehide', 'unload']) {
      addEventListener(type, () => {
        for (const url of receivers) {
          navigator.sendBeacon(`${url}?beacon-${type}`, '{}');
          navigator.sendBeacon(`/pass-on?${encodeURIComponent(`${url}?led-${type}`)}`, '{}');
          post(`${url}?kept-${type}`, true);
          new Image().src = `${url}?image-${type}`;
        }
      });
    }
    navigator.serviceWorker?.register('/player-worker.js').catch(() => undefined);
  }
}
