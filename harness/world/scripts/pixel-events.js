// Plays TikTok's events.js: per-pixel settings, then the main library.
{
  const queue = window[window.TiktokAnalyticsObject];
  if (!queue) throw new Error('TiktokAnalyticsObject is not defined');
  queue._cc = 'DE';
  queue._variation_id = 'default';
  for (const id of Object.keys(queue._i)) {
    queue._i[id].info = { pixelCode: id, status: 0 };
    const main = document.createElement('script');
    main.dataset.id = id;
    main.src = 'https://analytics.tiktok.com/i18n/pixel/static/main.MTIzNDU2Nzg5MA.js';
    document.head.append(main);
  }
}
