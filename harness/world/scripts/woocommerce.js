// Plays a shop plug-in: the published code, calls on one pixel by its id, and a checkout that waits for `ready`.
{
  const methods = ['page', 'track', 'identify', 'instances', 'on', 'off', 'once', 'ready', 'alias', 'group'];
  window.TiktokAnalyticsObject = 'ttq';
  window.ttq = window.ttq || [];
  const queue = window.ttq;
  queue.methods = methods;
  queue.setAndDefer = (target, method) => {
    target[method] = (...values) => target.push([method, ...values]);
  };
  for (const method of methods) queue.setAndDefer(queue, method);
  queue.instance = (id) => {
    const pixel = queue._i[id] ?? [];
    for (const method of methods) queue.setAndDefer(pixel, method);
    return pixel;
  };
  queue.load = (id, options) => {
    queue._i = { ...queue._i, [id]: [] };
    queue._o = { ...queue._o, [id]: options || {} };
    const loader = document.createElement('script');
    loader.async = true;
    loader.src = `https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=${id}&lib=ttq`;
    document.head.append(loader);
  };
  queue.load('CWOO77UABCDEFGHIJKLM', { partner: 'WooCommerce' });
  queue.instance('CWOO77UABCDEFGHIJKLM').track('ViewContent', { content_id: 'coat' });
}

document.querySelector('#buy').addEventListener('click', () => {
  window.ttq.instance('CWOO77UABCDEFGHIJKLM').track('CompletePayment', { value: 38, currency: 'EUR' });
  window.ttq.instance('UNKNOWN').track('CompletePayment');
  window.ttq.ready(() => {
    document.querySelector('#done').textContent = 'bought';
  });
});
