// Plays a shop that leads the pixel wholly through its own address.
{
  const [form] = location.hostname.split('.');
  const PROXY = '/_scripts/p/analytics.tiktok.com';
  const done = (text) => {
    document.querySelector('#done').textContent = text;
  };

  /** Parameters and paths that tell what they are, wherever they are. */
  const probe = async () => {
    const body = JSON.stringify({ event: 'Pageview', context: { page: { url: location.href } } });
    navigator.sendBeacon(`${PROXY}/api/v2/pixel`, body);
    navigator.sendBeacon('/_scripts/c/tiktok/api/v2/pixel/act', body);
    await fetch(`/tt-proxy?url=${encodeURIComponent('https://analytics.tiktok.com/api/v2/pixel')}`, {
      method: 'POST',
      body,
    }).catch(() => undefined);
    const picture = new Image();
    picture.src = `/hidden?analytics_message=${encodeURIComponent(btoa(body))}`;
    await new Promise((next) => {
      picture.onerror = next;
      picture.onload = next;
    });
    await fetch('/api/v2/pixel'); // the shop's own
  };

  const base = () => {
    window.TiktokAnalyticsObject = 'ttq';
    window.ttq = window.ttq || [];
    for (const method of ['page', 'track', 'identify', 'ready', 'instance'])
      window.ttq[method] = (...given) => window.ttq.push([method, ...given]);
    window.ttq._i = { CWORLD77UABCDEFGHIJK: [] };
    window.ttq.page();
  };
  const buy = () =>
    document.querySelector('#buy').addEventListener('click', () => {
      const contents = [{ content_name: 'Rain coat' }];
      window.ttq.track('AddToCart', { value: 39.9, currency: 'EUR', contents });
      window.ttq.instance('CWORLD77UABCDEFGHIJK').track('Search', { query: 'rain coats' });
      done('bought');
    });

  const load = (src, after) => {
    const loader = document.createElement('script');
    loader.src = src;
    loader.onload = after;
    loader.onerror = after;
    document.head.append(loader);
  };

  const FORMS = {
    proxied() {
      base();
      buy();
      window.reportTo = `${PROXY}/api/v2/pixel`;
      window.ttq.ready(() => probe().then(() => done('shown')));
      load(`${PROXY}/i18n/pixel/events.js?sdkid=CWORLD77UABCDEFGHIJK&lib=ttq`);
    },
    // TikTok's own gateway: its paths, on a host of the shop's.
    gateway() {
      base();
      buy();
      window.reportTo = '/api/v2/pixel/act';
      for (const path of ['inter', 'perf']) navigator.sendBeacon(`/api/v2/pixel/${path}`, '{}');
      load('/i18n/pixel/events.js', () => done('shown'));
      load('/i18n/pixel/static/main.MTJ.js');
    },
    // Neither its path nor that of its reports tells anything.
    bundled() {
      base();
      buy();
      window.reportTo = '/shop-data/v1';
      window.ttq.ready(() => done('shown'));
      load('/assets/app-1f2e3d.js');
    },
    // Where the pixel is a function that keeps what it is called with.
    function() {
      window.TiktokAnalyticsObject = 'ttq';
      const pixel = (...given) => pixel.queue.push(given);
      window.ttq = pixel;
      pixel.queue = [];
      pixel('init', 'CWORLD77UABCDEFGHIJK');
      pixel('page');
      document.querySelector('#buy').addEventListener('click', () => {
        window.ttq('track', 'AddToCart', { contents: [{ content_name: 'Rain coat' }] });
        window.ttq('track', 'Search', { query: 'rain coats' });
        done(pixel.queue.length === 4 ? 'bought' : 'lost');
      });
      window.reportTo = '/shop-data/v1';
      load('/assets/app-1f2e3d.js', () => done('shown'));
    },
    partytown() {
      const worker = new Worker('/scripts/own-worker.js?form=partytown');
      worker.onmessage = ({ data }) => done(data);
    },
    worker() {
      const worker = new Worker('/scripts/own-worker.js?form=worker');
      worker.onmessage = ({ data }) => done(data);
    },
  };
  FORMS[form.replace('own-', '')]();
}
