// Runs the pixel in a worker, where there is no document, and what the page's calls are passed on as.
self.TiktokAnalyticsObject = 'ttq';
self.ttq = Object.assign([['page']], { _i: { CWORLD77UABCDEFGHIJK: [] } });
try {
  importScripts('https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=CWORLD77UABCDEFGHIJK&lib=ttq');
  self.ttq.track('ViewContent');
  self.ttq.ready(() => self.postMessage('worked'));
} catch (error) {
  self.postMessage(`failed: ${error.message}`);
}
self.onmessage = ({ data: [[, method], given] }) => {
  self.ttq[method](...given);
  if (given[0] === 'AddToCart') self.postMessage(`passed on: ${given[1].contents[0].content_name}`);
};
