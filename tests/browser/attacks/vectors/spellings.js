/** Other ways to write the tracker's host, which browsers take for the same. */

import { script } from '../markup.js';

/** @typedef {import('../vectors.js').Vectors} Vectors */
/** @typedef {import('../vectors.js').Target} Target */

/** @type {Record<string, (target: Target) => string>} */
const SPELLINGS = {
  dot: ({ host, path }) => `https://${host}.${path}`,
  'two-dots': ({ host, path }) => `https://${host}..${path}`,
  port: ({ host, path }) => `https://${host}:8443${path}`,
  'upper-case': ({ host, path }) => `HTTPS://${host.toUpperCase()}${path}`,
  'full-width': ({ host, path }) => `https://${host.replace(/[a-z]/, wide)}${path}`,
  'ideographic-stop': ({ host, path }) => `https://${host.replaceAll('.', '\u3002')}${path}`,
  'soft-hyphen': ({ host, path }) => `https://${host.slice(0, 2)}\u00ad${host.slice(2)}${path}`,
  percent: ({ host, path }) => `https://%${(host.codePointAt(0) ?? 0).toString(16)}${host.slice(1)}${path}`,
  backslash: ({ host, path }) => `https:\\\\${host}${path.replaceAll('/', '\\')}`,
  'no-scheme': ({ host, path }) => `//${host}${path}`,
  'many-slashes': ({ host, path }) => `https:////${host}${path}`,
  'line-feed': ({ host, path }) => `ht\ntps://${host.slice(0, 4)}\n${host.slice(4)}${path}`,
  user: ({ host, path }) => `https://www.shop.example:x@${host}${path}`,
  'encoded-path': ({ host, path }) => `https://${host}${path.replace('attack', '%61ttack/../%61ttack')}`,
};

/** @param {string} letter @returns {string} the same, as wide as an ideograph */
function wide(letter) {
  return String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0);
}

const by = (/** @type {string} */ kind, /** @type {(address: string) => string} */ html, alone = false) =>
  Object.fromEntries(
    Object.entries(SPELLINGS).map(([name, spell]) => [
      `${kind}-${name}`,
      { html: (/** @type {Target} */ target) => html(JSON.stringify(spell(target))), alone },
    ]),
  );

/** @type {Vectors} */
export const spellings = {
  ...by('fetch', (address) => script(`await fetch(${address}, { mode: 'no-cors' })`)),
  ...by('frame', (address) =>
    script(`document.body.append(Object.assign(document.createElement('iframe'), { src: ${address} }))`),
  ),
  ...by('go', (address) => script(`location = ${address}`), true),
  'websocket-dot': ({ host, path }) => script(`new WebSocket('wss://${host}.${path}')`),
  'http-img': { html: ({ host, path }) => `<img src="http://${host}${path}">`, scheme: 'http' },
  'http-script': { html: ({ host, path }) => `<script src="http://${host}${path}"></script>`, scheme: 'http' },
  'http-fetch': {
    html: ({ host, path }) => script(`await fetch('http://${host}${path}', { mode: 'no-cors' })`),
    scheme: 'http',
  },
  'http-websocket': { html: ({ host, path }) => script(`new WebSocket('ws://${host}${path}')`), scheme: 'http' },
  'http-frame': { html: ({ host, path }) => `<iframe src="http://${host}${path}"></iframe>`, scheme: 'http' },
  'http-bounce': {
    html: ({ host, path }) => script(`location = 'http://${host}${path}'`),
    scheme: 'http',
    alone: true,
  },
  'mixed-img': ({ host, path }) => `<img src="http://${host}${path}">`,
};
