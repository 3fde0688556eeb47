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
      pixel: { code: 'CWORLD77UABCDEFGHIJK', codes: 'CWORLD77UABCDEFGHIJK' },
    },
    properties,
  });
  /** What the pixel reports by itself: no event, an action, and texts that are JSON again. */
  const seen = (action, found) => {
    const { event: _, ...rest } = report('', {});
    return { ...rest, action, auto_collected_properties: found };
  };
  const send = (...report_) =>
    navigator.sendBeacon('https://analytics.tiktok.com/api/v2/pixel', JSON.stringify(report(...report_)));

  send('ViewContent', { value: 39.99, currency: 'EUR', contents: [{ content_name: 'Running shoes' }] });
  const meta = JSON.stringify({ title: document.title, 'meta:keywords': 'shoes, running' });
  const pageData = seen('Metadata', { page_trigger: 'PageView', content_data: { meta } });
  const bytes = new TextEncoder().encode(JSON.stringify(pageData));
  const about = btoa(String.fromCharCode(...bytes));
  new Image().src = `https://analytics.tiktok.com/api/v2/pixel/act?analytics_message=${encodeURIComponent(about)}`;
  fetch('https://analytics.tiktok.com/api/v2/shopify_pixel', {
    method: 'POST',
    body: new Blob([JSON.stringify(report('Search', { query: 'shoes' }))]),
    mode: 'no-cors',
  });
  document.querySelector('#buy').addEventListener('click', () => {
    const answers = [{ tag: 'input', name: 'who', input_type: 'radio' }];
    const form = [{ name: 'intake', questions: [{ name: 'I am a survivor', filled_time: 1, answers }] }];
    const body = JSON.stringify(seen('Metadata', { page_trigger: 'DomChange', form_details: JSON.stringify(form) }));
    navigator.sendBeacon('https://analytics.tiktok.com/api/v2/pixel/act', body);
    send('AddToCart', { value: 39.99, currency: 'EUR' });
  });
}
