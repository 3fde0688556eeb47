// Plays the pixel's main library: identifies the visitor, drains the queue, and reports in all three ways.
{
  const HOST = 'https://analytics.tiktok.com';
  const THIRTEEN_MONTHS_S = 390 * 24 * 3600;
  const queue = window.ttq;
  const pixel = document.currentScript.dataset.id;

  const setCookie = (name, value, seconds) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the pixel that this plays does exactly that
    document.cookie = `${name}=${value}; path=/; max-age=${seconds}; secure; samesite=lax`;
  };
  const random = (length) => Array.from({ length }, () => Math.floor(Math.random() * 36).toString(36)).join('');

  const visitor = /(?:^|; )_ttp=([^;]*)/.exec(document.cookie)?.[1] ?? `${random(26).toUpperCase()}_.tt.1`;
  setCookie('_ttp', visitor, THIRTEEN_MONTHS_S);
  setCookie('_tt_enable_cookie', '1', THIRTEEN_MONTHS_S);
  setCookie('ttcsid', `${Date.now()}::${random(20)}.1.${Date.now()}`, THIRTEEN_MONTHS_S);
  const click = new URL(location.href).searchParams.get('ttclid');
  if (click) setCookie('ttclid', click, 24 * 3600);
  sessionStorage.setItem('tt_sessionId', `${crypto.randomUUID()}::${random(20)}`);

  const describe = (event, properties) => ({
    event,
    message_id: `messageId-${Date.now()}-${random(8)}-${pixel}`,
    timestamp: new Date().toISOString(),
    context: {
      ad: { callback: click ?? undefined },
      user: { anonymous_id: visitor },
      pixel: { code: pixel, runtime: '1' },
      page: { url: location.href, referrer: document.referrer },
      library: { name: 'pixel.js', version: '2.2.1' },
    },
    properties,
  });

  const report = (event, properties) => {
    const body = JSON.stringify(describe(event, properties));
    if (!navigator.sendBeacon(`${HOST}/api/v2/pixel`, body)) reportAsImage('/api/v2/pixel', body);
  };
  const reportAsImage = (path, body) => {
    new Image().src = `${HOST}${path}?analytics_message=${encodeURIComponent(btoa(body))}`;
  };

  const identify = (who) => {
    const library = document.createElement('script');
    library.src = `${HOST}/i18n/pixel/static/identify_1f2e3d.js`;
    library.onload = async () => report('EnrichAM', { email: await window.ttqHash(who.email ?? '') });
    document.head.append(library);
  };

  const run = ([method, ...values]) => {
    if (method === 'page') report('Pageview', {});
    if (method === 'track') report(values[0], values[1]);
    if (method === 'identify') identify(values[0]);
  };
  for (const list of [queue, queue._i[pixel]]) {
    for (const call of list.splice(0)) run(call);
    list.push = (call) => run(call);
  }

  reportAsImage('/api/v2/pixel/act', JSON.stringify(describe('Metadata', { title: document.title })));
  fetch(`${HOST}/api/v2/performance_interaction`, {
    method: 'POST',
    body: JSON.stringify(describe('Performance', {})),
    credentials: 'include',
  });
  fetch(`${HOST}/i18n/pixel/enable_cookie?pixel_id=${pixel}`, { credentials: 'include' });
  fetch('https://analytics-ipv6.tiktokw.us/ipv6/enrich_ipv6', { method: 'POST', body: '{}', credentials: 'include' });

  for (const method of ['pushState', 'replaceState']) {
    const original = history[method];
    history[method] = function (...values) {
      original.apply(this, values);
      report('Pageview', { single_page: true });
    };
  }
}
