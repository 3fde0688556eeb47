// The protocol of the code that TikTok gives to site owners, in our own words: an array that keeps calls until the real
// pixel arrives and takes it over. Three generations differ only in the methods they know.
{
  const generation = Number(document.documentElement.dataset.generation);
  const methods = [
    'page',
    'track',
    'identify',
    'instances',
    'debug',
    'on',
    'off',
    'once',
    'ready',
    'alias',
    'group',
    'enableCookie',
  ];
  if (generation >= 2) methods.push('disableCookie');
  if (generation >= 3) methods.push('holdConsent', 'revokeConsent', 'grantConsent');

  window.TiktokAnalyticsObject = 'ttq';
  window.ttq = window.ttq || [];
  const queue = window.ttq;
  queue.methods = methods;
  queue.setAndDefer = (target, method) => {
    target[method] = (...values) => target.push([method, ...values]);
  };
  for (const method of methods) queue.setAndDefer(queue, method);
  queue.instance = (id) => {
    const pixel = queue._i?.[id] ?? [];
    for (const method of methods) queue.setAndDefer(pixel, method);
    return pixel;
  };
  queue.load = (id, options) => {
    const url = 'https://analytics.tiktok.com/i18n/pixel/events.js';
    queue._i = { ...queue._i, [id]: Object.assign([], { _u: url }) };
    queue._t = { ...queue._t, [id]: Date.now() };
    queue._o = { ...queue._o, [id]: options || {} };
    const loader = document.createElement('script');
    loader.async = true;
    loader.src = `${url}?sdkid=${id}&lib=ttq`;
    const first = document.getElementsByTagName('script')[0];
    first.parentNode.insertBefore(loader, first);
  };
  queue.load('CWORLD77UABCDEFGHIJK');
  queue.page();
}
