// Plays the embedded player: fetches the film, reports the reader, and tells the page that it is ready.
{
  const post = (url) => fetch(url, { method: 'POST', body: '{}', credentials: 'include' }).catch(() => undefined);
  post('https://mcs.tiktokv.us/v1/list');
  post('https://mon16-normal-useast5.tiktokv.us/monitor_browser/collect/batch/');
  fetch('https://v16-webapp.tiktok.com/video/tos/world.mp4', { credentials: 'include' });
  parent.postMessage({ 'x-tiktok-player': true, type: 'onPlayerReady' }, '*');
}
