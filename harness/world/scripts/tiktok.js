// Plays the web app for a visitor: reports on them, and hands out share links.
{
  const { video, photo } = document.body.dataset;

  const post = (url) => fetch(url, { method: 'POST', body: '{}', credentials: 'include' }).catch(() => undefined);
  post('https://mcs-ie2.tiktokw.eu/v1/user/webid');
  post('https://mcs.tiktokv.us/v1/list');
  post('https://mon16-normal-no1a.tiktokv.eu/monitor_browser/collect/batch/');
  post('https://webmssdk16-normal-no1a.tiktokw.eu/web/report?msToken=world');
  navigator.sendBeacon('https://mcs.tiktokv.us/v1/list', '[]');
  localStorage.setItem('__tea_cache_tokens_1988', '{"user_unique_id":"7300000000000000001"}');
  const film = fetch('https://v16-webapp.tiktok.com/video/tos/world.mp4?tk=tt_chain_token', { credentials: 'include' });
  film.then(async (answer) => {
    document.body.dataset.bytes = answer.ok ? (await answer.arrayBuffer()).byteLength : answer.status;
  });
  fetch('/api/recommend/item_list/?aid=1988&device_id=7300000000000000001');

  document.querySelector('#copy').addEventListener('click', () => navigator.clipboard.writeText(video));

  document.querySelector('#copy-by-command').addEventListener('click', () => {
    const field = document.createElement('textarea');
    field.value = photo;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  });
}
