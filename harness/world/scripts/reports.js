// A shop that keeps a copy of the pixel on its own server: the script comes, and only its reports can be stopped.
{
  const HASH = '973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b'; // of an address somewhere

  const report = (event, properties) => ({
    event,
    context: {
      ad: { callback: 'E.C.P.world' },
      user: { anonymous_id: '01WORLD_.tt.1', email: HASH },
      page: { url: location.href, referrer: document.referrer },
      device: { platform: 'pc' },
    },
    properties,
  });
  const send = (...report_) =>
    navigator.sendBeacon('https://analytics.tiktok.com/api/v2/pixel', JSON.stringify(report(...report_)));

  send('ViewContent', { value: 39.99, currency: 'EUR', contents: [{ content_name: 'Running shoes' }] });
  const bytes = new TextEncoder().encode(JSON.stringify(report('Metadata', { title: document.title })));
  const about = btoa(String.fromCharCode(...bytes));
  new Image().src = `https://analytics.tiktok.com/api/v2/pixel/act?analytics_message=${encodeURIComponent(about)}`;
  fetch('https://analytics.tiktok.com/api/v2/shopify_pixel', {
    method: 'POST',
    body: new Blob([JSON.stringify(report('Search', { query: 'shoes' }))]),
    mode: 'no-cors',
  });
  document.querySelector('#buy').addEventListener('click', () => send('AddToCart', { value: 39.99, currency: 'EUR' }));
}
