// Plays the pixel's library as it decides what to report: it reports for each pixel that the page's queue has, and
// takes the queue's methods over. Where it reports to, the page says beforehand.
{
  const reportTo = self.reportTo;
  const named = () => self.TiktokAnalyticsObject || 'ttq';
  if (!self[named()]) self[named()] = [];
  const library = self[named()];
  const OWN = 'CWORLD77UABCDEFGHIJK';
  if (!library._i) library._i = {};
  if (!library._i[OWN]) library._i[OWN] = [];
  Object.assign(library._i[OWN], { info: { pixelCode: OWN } });

  const report = (code, said) => {
    const context = { library: { name: 'pixel.js', version: '2.1.33' }, pixel: { code }, page: { url: location.href } };
    const body = JSON.stringify({ message_id: `messageId-1-1-${code}`, context, ...said });
    if (navigator.sendBeacon) navigator.sendBeacon(reportTo, body);
    else fetch(reportTo, { method: 'POST', body }).catch(() => undefined);
  };
  const track = (event, properties) => {
    for (const code of Object.keys(library._i)) report(code, { event, properties });
  };
  const methods = {
    track,
    page: () => track('Pageview'),
    identify: () => track('EnrichAM'),
    ready: (run) => setTimeout(run, 0),
    instance: (code) => ({ ...methods, track: (event, properties) => report(code, { event, properties }) }),
  };
  for (const method of ['page', 'track', 'identify'])
    Object.defineProperty(library, method, { get: () => methods[method], set: () => undefined });
  self[named()] = Object.assign(library, methods);
  for (const [method, ...rest] of library.splice?.(0) ?? []) library[method]?.(...rest);
  for (const code of Object.keys(library._i)) report(code, { action: 'Metadata', auto_collected_properties: {} });
  if (self.document)
    document.addEventListener('click', () => {
      for (const code of Object.keys(library._i)) report(code, { action: 'Click', auto_collected_properties: {} });
    });
}
