/** Frames that are what the page is, and documents that lead on. */

import { absolute, blob, frame, hop, html, js, say, script, srcdoc } from '../markup.js';

/** @typedef {import('../vectors.js').Vectors} Vectors */

const silently = (/** @type {string} */ url) => `fetch('${url}', { mode: 'no-cors' }).catch(() => 0)`;

/** @param {string} body @returns {string} an address that holds the page itself */
const data = (body) => `data:text/html,${encodeURIComponent(body).replaceAll("'", '%27')}`;

/** @type {Vectors} */
export const frames = {
  'about-blank-fetch': ({ url }) =>
    script(`const frame = document.body.appendChild(document.createElement('iframe'));
      frame.contentWindow.fetch('${url}', { mode: 'no-cors' }).catch(() => 0);`),
  'about-blank-img': ({ url }) =>
    script(`const frame = document.body.appendChild(document.createElement('iframe'));
      frame.contentDocument.body.innerHTML = '<img src="${url}">';`),
  'about-blank-written': ({ url }) =>
    script(`const frame = document.body.appendChild(document.createElement('iframe'));
      frame.contentDocument.open();
      frame.contentDocument.write('<img src="${url}">');
      frame.contentDocument.close();`),
  'srcdoc-img': ({ url }) => srcdoc(`<img src="${url}">`),
  'srcdoc-fetch': ({ url }) => srcdoc(script(silently(url))),
  'srcdoc-sandbox': ({ url }) => srcdoc(script(silently(url))).replace('<iframe', '<iframe sandbox="allow-scripts"'),
  'srcdoc-in-srcdoc': ({ url }) => srcdoc(srcdoc(`<img src="${url}">`)),
  'srcdoc-worker': ({ url }) => srcdoc(script(`new Worker('${js(silently(url))}')`)),
  'data-img': ({ url }) => frame(data(`<img src="${url}">`)),
  'data-fetch': ({ url }) => frame(data(script(silently(url)))),
  'data-in-sandbox': ({ url }) => `<iframe sandbox="allow-scripts" src="${data(script(silently(url)))}"></iframe>`,
  'data-object': ({ url }) => `<object data="${data(`<img src="${url}">`)}"></object>`,
  'blob-frame': ({ url }) =>
    script(`const frame = document.createElement('iframe');
      frame.src = ${blob(`<img src="${url}">`, 'text/html')};
      document.body.append(frame);`),
  'blob-frame-fetch': ({ url }) =>
    script(`const frame = document.createElement('iframe');
      frame.src = ${blob(script(silently(url)), 'text/html')};
      document.body.append(frame);`),
  'javascript-frame': ({ url }) => `<iframe src="javascript:'<img src=${url}>'"></iframe>`,
  'frame-of-a-frame': ({ url }) => frame(html(frame(html(`<img src="${url}">`)))),
  'frame-sandbox-fetch': ({ url }) => `<iframe sandbox="allow-scripts" src="${html(script(silently(url)))}"></iframe>`,
  'frame-of-another-site': ({ url }) => frame(`https://frames.example${html(`<img src="${url}">`)}`),
  'frame-location': ({ url }) => frame(html(script(`location = '${url}'`))),
  'frame-replace': ({ url }) => frame(html(script(`location.replace('${url}')`))),
  'frame-src-later': ({ url }) =>
    `<iframe id="later" src="about:blank"></iframe>${script(`document.getElementById('later').src = '${url}'`)}`,
  'frame-window-open': ({ url }) =>
    `<iframe name="opened" src="about:blank"></iframe>${script(`open('${url}', 'opened')`)}`,
  'frame-link': ({ url }) =>
    `<iframe name="linked" src="about:blank"></iframe><a id="linking" target="linked" href="${url}">x</a>${script(`document.getElementById('linking').click()`)}`,
  'frame-meta-refresh': ({ url }) => frame(html(`<meta http-equiv="refresh" content="0; url=${url}">`)),
  'frame-refresh-header': ({ url }) => frame(html('x', { refresh: `0; url=${url}` })),
  'frame-form-get': ({ url }) => frame(html(submitted(url, 'get'))),
  'frame-form-post': ({ url }) => frame(html(submitted(url, 'post'))),
  'frame-form-target': ({ url }) =>
    `<iframe name="formed" src="about:blank"></iframe><form id="forming" target="formed" method="post" action="${url}"><input name="email" value="a@b.c"></form>${script(`document.getElementById('forming').submit()`)}`,
  'frame-form-action': ({ url }) =>
    frame(
      html(
        `<form action="/"><button formaction="${url}" formmethod="post" name="email" value="a@b.c">x</button></form>${script(`document.querySelector('button').click()`)}`,
      ),
    ),
  'frame-301': ({ url }) => frame(hop(301, url)),
  'frame-302': ({ url }) => frame(hop(302, url)),
  'frame-303': ({ url }) => frame(hop(303, url)),
  'frame-307': ({ url }) => frame(hop(307, url)),
  'frame-308': ({ url }) => frame(hop(308, url)),
  'frame-two-hops': ({ url }) => frame(hop(302, absolute(hop(307, url)))),
  'ping-of-a-link': ({ url }) =>
    `<a id="pinging" ping="${url}" href="#here">x</a>${script(`document.getElementById('pinging').click()`)}`,
  'ping-of-an-area': ({ url }) =>
    `<map name="m"><area id="area" ping="${url}" href="#there" shape="default"></map><img usemap="#m">${script(`document.getElementById('area').click()`)}`,
};

/** @param {string} url @param {string} method @returns {string} a form that sends itself */
function submitted(url, method) {
  return `<form method="${method}" action="${url}"><input name="email" value="a@b.c"></form>${script(`document.forms[0].submit()`)}`;
}

/** Requests that are led to the tracker on their way. @type {Vectors} */
export const redirects = Object.fromEntries(
  [301, 302, 303, 307, 308].flatMap((status) => [
    [`img-${status}`, ({ url }) => `<img src="${hop(status, url)}">`],
    [`fetch-${status}`, ({ url }) => script(`await fetch('${hop(status, url)}', { method: 'POST', body: 'x' })`)],
    [`script-${status}`, ({ url }) => `<script src="${hop(status, url)}"></script>`],
  ]),
);

/** @type {Vectors} */
export const otherRedirects = {
  'beacon-307': ({ url }) => script(`navigator.sendBeacon('${hop(307, url)}', 'who=reader')`),
  'ping-302': ({ url }) =>
    `<a id="hopping" ping="${hop(302, url)}" href="#hop">x</a>${script(`document.getElementById('hopping').click()`)}`,
  'stylesheet-302': ({ url }) => `<link rel="stylesheet" href="${hop(302, url)}">`,
  'font-302': ({ url }) => script(`await new FontFace('Evil3', 'url(${hop(302, url)})').load()`),
  'video-302': ({ url }) => `<video preload="auto" src="${hop(302, url)}"></video>`,
  'xhr-302': ({ url }) => script(`const xhr = new XMLHttpRequest(); xhr.open('GET', '${hop(302, url)}'); xhr.send();`),
  'event-source-302': ({ url }) => script(`new EventSource('${hop(302, url)}')`),
  'worker-302': ({ url }) => script(`new Worker('${hop(302, url)}')`),
  'import-scripts-302': ({ url }) => script(`new Worker('${js(`importScripts('${hop(302, url)}')`)}')`),
  'svg-in-redirect': ({ url }) => frame(say('text/html', `<svg><use href="${hop(302, url)}#part"/></svg>`)),
};
