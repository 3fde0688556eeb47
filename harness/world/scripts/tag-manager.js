// Plays a tag manager: loads the pixel itself, waits for its script, and fails the whole start of the shop if that
// fails.
const loaded = new Promise((resolve, reject) => {
  window.TiktokAnalyticsObject = 'ttq';
  const loader = document.createElement('script');
  loader.src = 'https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=CWORLD77UABCDEFGHIJK&lib=ttq';
  loader.onload = resolve;
  loader.onerror = () => reject(new Error('the pixel could not be loaded'));
  document.head.append(loader);
});

loaded.then(() => {
  if (typeof window.ttq !== 'object') throw new Error('the pixel is not there');
  window.ttq.load('CWORLD77UABCDEFGHIJK');
  window.ttq.page();
  window.ttq.identify({ email: 'visitor@shop.example', phone_number: '+49 30 1234567' });
  window.ttq.ready(() => {
    document.querySelector('#done').textContent = 'started';
  });
});
