/** Pages that go to the tracker themselves: the whole tab, or a new one. */

import { hop, html, script } from '../markup.js';

/** @typedef {import('../vectors.js').Vectors} Vectors */

const button = (/** @type {string} */ code) =>
  `<button id="go">Go</button>${script(`document.getElementById('go').onclick = () => { ${code} }`)}`;

const form = (/** @type {string} */ attributes) =>
  `<form ${attributes}><input name="email" value="a@b.c"></form>${script(`document.forms[0].submit()`)}`;

/** @type {Vectors} */
export const bounces = {
  'bounce-location': { html: ({ url }) => script(`location = '${url}'`), alone: true, quick: true },
  'bounce-replace': { html: ({ url }) => script(`location.replace('${url}')`), alone: true },
  'bounce-navigate': { html: ({ url }) => script(`navigation.navigate('${url}')`), alone: true },
  'bounce-open-self': { html: ({ url }) => script(`open('${url}', '_self')`), alone: true },
  'bounce-from-a-frame': {
    html: ({ url }) => `<iframe srcdoc="<script>top.location = '${url}'</script>"></iframe>`,
    alone: true,
  },
  'bounce-link': {
    html: ({ url }) => `<a id="go" href="${url}">Go</a>${script(`document.getElementById('go').click()`)}`,
    alone: true,
  },
  'bounce-clicked': { html: ({ url }) => `<a id="go" href="${url}">Go</a>`, act: 'click' },
  'bounce-meta': { html: ({ url }) => `<meta http-equiv="refresh" content="0; url=${url}">`, alone: true },
  'bounce-refresh-header': { html: () => 'x', headers: ({ url }) => ({ refresh: `0; url=${url}` }) },
  'bounce-302': { html: ({ url }) => script(`location = '${hop(302, url)}'`), alone: true, quick: true },
  'bounce-307': { html: ({ url }) => script(`location = '${hop(307, url)}'`), alone: true },
  'bounce-form-get': { html: ({ url }) => form(`action="${url}"`), alone: true },
  'bounce-form-post': { html: ({ url }) => form(`method="post" action="${url}"`), alone: true, quick: true },
  'bounce-form-307': { html: ({ url }) => form(`method="post" action="${hop(307, url)}"`), alone: true },
  'bounce-form-multipart': {
    html: ({ url }) => form(`method="post" enctype="multipart/form-data" action="${url}"`),
    alone: true,
  },
  'bounce-download': {
    html: ({ url }) => `<a id="go" download href="${url}">Go</a>${script(`document.getElementById('go').click()`)}`,
    alone: true,
  },
  popup: { html: ({ url }) => button(`open('${url}')`), act: 'click', quick: true },
  'popup-noopener': { html: ({ url }) => button(`open('${url}', '_blank', 'noopener,noreferrer')`), act: 'click' },
  'popup-small': { html: ({ url }) => button(`open('${url}', 'x', 'width=100,height=100')`), act: 'click' },
  'popup-link': { html: ({ url }) => `<a id="go" target="_blank" href="${url}">Go</a>`, act: 'click' },
  'popup-form': {
    html: ({ url }) =>
      `<form target="_blank" method="post" action="${url}"><button id="go" name="email" value="a@b.c">Go</button></form>`,
    act: 'click',
  },
  'popup-302': { html: ({ url }) => button(`open('${hop(302, url)}')`), act: 'click' },
  'popup-led-on': { html: ({ url }) => button(`open('about:blank').location = '${url}'`), act: 'click' },
  'popup-blank-img': {
    html: ({ url }) => button(`open('about:blank').document.body.innerHTML = '<img src="${url}">'`),
    act: 'click',
  },
  'popup-blank-fetch': {
    html: ({ url }) => button(`open('about:blank').fetch('${url}', { mode: 'no-cors' }).catch(() => 0)`),
    act: 'click',
  },
  'popup-blob': {
    html: ({ url }) => button(`open(URL.createObjectURL(new Blob(['<img src="${url}">'], { type: 'text/html' })))`),
    act: 'click',
  },
  'popup-of-the-site': { html: ({ url }) => button(`open('${html(`<img src="${url}">`)}')`), act: 'click' },
};

/** Reports that the browser sends by itself. @type {Vectors} */
export const reports = {
  'csp-report-uri': {
    html: () => '<img src="https://frames.example/forbidden">',
    headers: ({ url }) => ({ 'content-security-policy': `img-src 'none'; report-uri ${url}` }),
    quick: true,
  },
  'csp-report-only-uri': {
    html: () => '<img src="https://frames.example/forbidden">',
    headers: ({ url }) => ({ 'content-security-policy-report-only': `img-src 'none'; report-uri ${url}` }),
  },
  'csp-report-to': {
    html: () => '<img src="https://frames.example/forbidden">',
    headers: ({ url }) => ({
      'reporting-endpoints': `evil="${url}"`,
      'content-security-policy': "img-src 'none'; report-to evil",
    }),
    act: 'leave',
  },
};
