// Plays a page that keeps third-party scripts out of its main thread, as Partytown does: what the page calls is queued
// until the worker runs, and passed on to it from then on.
{
  const done = (text) => {
    document.querySelector('#done').textContent = text;
  };
  window.partytown = { forward: ['ttq.track', ['ttq.identify', { preserveBehavior: false }], 'ttq.load'] };
  const put = (call) => {
    for (const forward of window.partytown.forward) {
      const [name, method] = path([forward].flat()[0]);
      window[name] = window[name] || {};
      window[name][method] = (...given) => call([name, method], given);
    }
  };
  const path = (forward) => forward.split('.');
  put((...called) => {
    window._ptf = window._ptf || [];
    window._ptf.push(...called);
  });
  window.ttq.load('CWORLD77UABCDEFGHIJK');
  window.ttq.track('ViewContent', { contents: [{ content_name: 'Rain hat' }] });

  const worker = new Worker('/scripts/partytown-worker.js');
  worker.onmessage = ({ data }) => done(data);
  addEventListener('load', () => {
    const queued = window._ptf;
    window._ptf = undefined;
    put((...called) => worker.postMessage(called));
    for (let at = 0; at < queued.length; at += 2) worker.postMessage([queued[at], queued[at + 1]]);
  });
  document.querySelector('#buy').addEventListener('click', () => {
    window.ttq.identify({ email: 'ann@mail.example' });
    window.ttq.track('AddToCart', { value: 39.9, currency: 'EUR', contents: [{ content_name: 'Rain coat' }] });
  });
}
