/** Elements that load something. */

import { frame, html, say, script, sheet, styled, svg } from '../markup.js';

/** @typedef {import('../vectors.js').Vectors} Vectors */

/** @type {Vectors} */
export const elements = {
  img: ({ url }) => `<img src="${url}">`,
  'img-srcset': ({ url }) => `<img srcset="${url} 1x">`,
  'img-lazy': ({ url }) => `<img loading="lazy" src="${url}" width="9" height="9">`,
  picture: ({ url }) => `<picture><source srcset="${url}"><img></picture>`,
  'input-image': ({ url }) => `<input type="image" src="${url}">`,
  'table-background': ({ url }) => `<table background="${url}"><tr><td>x</table>`,
  'td-background': ({ url }) => `<table><tr><td background="${url}">x</table>`,
  'base-img': ({ url }) => frame(html(`<base href="${url}"><img src="?base">`)),
  video: ({ url }) => `<video src="${url}" preload="auto"></video>`,
  'video-poster': ({ url }) => `<video poster="${url}"></video>`,
  'video-source': ({ url }) => `<video preload="auto"><source src="${url}"></video>`,
  audio: ({ url }) => `<audio src="${url}" preload="auto"></audio>`,
  'audio-source': ({ url }) => `<audio preload="auto"><source src="${url}"></audio>`,
  track: ({ url }) => `<video crossorigin><track default kind="subtitles" src="${url}"></video>`,
  'media-playlist': ({ url }) =>
    `<video preload="auto" src="${say('application/vnd.apple.mpegurl', `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n${url}\n#EXT-X-ENDLIST\n`)}"></video>`,
  script: ({ url }) => `<script src="${url}"></script>`,
  'script-async': ({ url }) => `<script async src="${url}"></script>`,
  'script-defer': ({ url }) => `<script defer src="${url}"></script>`,
  'script-module': ({ url }) => `<script type="module" src="${url}"></script>`,
  'script-integrity': ({ url }) => `<script crossorigin integrity="sha256-AAAA" src="${url}"></script>`,
  stylesheet: ({ url }) => `<link rel="stylesheet" href="${url}">`,
  'stylesheet-alternate': ({ url }) => `<link rel="alternate stylesheet" title="other" href="${url}">`,
  object: ({ url }) => `<object data="${url}"></object>`,
  'object-image': ({ url }) => `<object type="image/png" data="${url}"></object>`,
  embed: ({ url }) => `<embed src="${url}">`,
  'embed-svg': ({ url }) => `<embed type="image/svg+xml" src="${url}">`,
  iframe: ({ url }) => `<iframe src="${url}"></iframe>`,
  'iframe-lazy': ({ url }) => `<iframe loading="lazy" src="${url}"></iframe>`,
  'iframe-sandbox': ({ url }) => `<iframe sandbox src="${url}"></iframe>`,
  'iframe-credentialless': ({ url }) => `<iframe credentialless src="${url}"></iframe>`,
  frameset: ({ url }) => frame(say('text/html', `<frameset cols="*"><frame src="${url}"></frameset>`)),
  portal: ({ url }) => `<portal src="${url}"></portal>`,
  fencedframe: ({ url }) =>
    script(`const frame = document.createElement('fencedframe');
      frame.config = new FencedFrameConfig('${url}');
      document.body.append(frame);`),
  'shadow-img': ({ url }) =>
    `<div><template shadowrootmode="closed"><link rel="stylesheet" href="${sheet(`img { background: url(${url}) }`)}"><img alt="x" src="${url}"></template></div>`,
  'template-img': ({ url }) =>
    `<template id="stamp"><img src="${url}"></template>${script(`document.body.append(document.getElementById('stamp').content.cloneNode(true))`)}`,
  'svg-image': ({ url }) => `<svg><image href="${url}" width="9" height="9"/></svg>`,
  'svg-image-xlink': ({ url }) => `<svg><image xlink:href="${url}" width="9" height="9"/></svg>`,
  'svg-image-animated': ({ url }) =>
    `<svg><image width="9" height="9"><set attributeName="href" to="${url}"/></image></svg>`,
  'svg-use': ({ url }) => `<svg><use href="${url}#part"/></svg>`,
  'svg-script': ({ url }) => `<svg><script href="${url}"></script></svg>`,
  'svg-fe-image': ({ url }) =>
    `<svg><filter id="fe"><feImage href="${url}"/></filter><rect width="9" height="9" filter="url(#fe)"/></svg>`,
  'svg-filter': ({ url }) => `<svg><rect width="9" height="9" filter="url(${url}#part)"/></svg>`,
  'svg-mask': ({ url }) => `<svg><rect width="9" height="9" mask="url(${url}#part)"/></svg>`,
  'svg-clip-path': ({ url }) => `<svg><rect width="9" height="9" clip-path="url(${url}#part)"/></svg>`,
  'svg-fill': ({ url }) => `<svg><rect width="9" height="9" fill="url(${url}#part)"/></svg>`,
  'svg-marker': ({ url }) => `<svg><path d="M0 0L9 9" marker-end="url(${url}#part)" stroke="red"/></svg>`,
  'svg-foreign-object': ({ url }) =>
    `<svg><foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="${url}"/></foreignObject></svg>`,
  'svg-document': ({ url }) => frame(svg(`<image href="${url}" width="9" height="9"/>`)),
  'svg-document-script': ({ url }) => frame(svg(`<script href="${url}"/>`)),
  'svg-in-img': ({ url }) => `<img src="${svg(`<image href="${url}" width="9" height="9"/>`)}">`,
  'xml-stylesheet': ({ url }) =>
    frame(say('text/xml', `<?xml version="1.0"?><?xml-stylesheet type="text/css" href="${url}"?><a/>`)),
  'xslt-output': ({ url }) => frame(transformed(`<html><body><img src="${url}"/></body></html>`)),
  'xslt-import': ({ url }) => frame(transformed('<a/>', `<xsl:import href="${url}"/>`)),
  'xslt-document': ({ url }) => frame(transformed(`<xsl:copy-of select="document('${url}')"/>`)),
  'xml-entity': ({ url }) =>
    frame(say('text/xml', `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "${url}">]><a>&x;</a>`)),
  'xml-dtd': ({ url }) => frame(say('text/xml', `<?xml version="1.0"?><!DOCTYPE a SYSTEM "${url}"><a/>`)),
  'xhtml-img': ({ url }) =>
    frame(
      say(
        'application/xhtml+xml',
        `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><img src="${url}" alt=""/></body></html>`,
      ),
    ),
  multipart: ({ url }) =>
    frame(
      say('multipart/x-mixed-replace; boundary=b', `--b\r\nContent-Type: text/html\r\n\r\n<img src="${url}">\r\n--b--`),
    ),
};

/**
 * @param {string} template what every document becomes
 * @param {string} [top] what comes before it
 * @returns {string} a path with a document that is made so by XSLT
 */
function transformed(template, top = '') {
  const xsl = `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">${top}<xsl:template match="/">${template}</xsl:template></xsl:stylesheet>`;
  return say('text/xml', `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="${say('text/xsl', xsl)}"?><a/>`);
}

/** Ways for a style to load something. @type {Vectors} */
export const styles = {
  'css-background': ({ url }) => styled(`background: url(${url})`),
  'css-image-set': ({ url }) => styled(`background: image-set("${url}" 1x)`),
  'css-cross-fade': ({ url }) => styled(`background: -webkit-cross-fade(url(${url}), url(${url}), 50%)`),
  'css-border-image': ({ url }) => styled(`border: 9px solid; border-image: url(${url}) 9`),
  'css-list-style': ({ url }) => styled(`display: list-item; list-style-image: url(${url})`),
  'css-content': ({ url }) => `<style>#content::before { content: url(${url}) }</style><p id="content">x</p>`,
  'css-cursor': ({ url }) => styled(`cursor: url(${url}), auto`),
  'css-mask': ({ url }) => styled(`mask-image: url(${url})`),
  'css-clip-path': ({ url }) => styled(`clip-path: url(${url}#part)`),
  'css-filter': ({ url }) => styled(`filter: url(${url}#part)`),
  'css-backdrop-filter': ({ url }) => styled(`backdrop-filter: url(${url}#part)`),
  'css-shape-outside': ({ url }) => styled(`float: left; shape-outside: url(${url})`),
  'css-offset-path': ({ url }) => styled(`offset-path: url(${url}#part)`),
  'css-variable': ({ url }) => styled(`--image: url(${url}); background: var(--image)`),
  'css-import': ({ url }) => `<style>@import url(${url});</style>`,
  'css-import-layer': ({ url }) => `<style>@import "${url}" layer(x) supports(display: block);</style>`,
  'css-import-nested': ({ url }) => `<link rel="stylesheet" href="${sheet(`@import "${url}";`)}">`,
  'css-of-a-sheet': ({ url }) =>
    `<link rel="stylesheet" href="${sheet(`#of-a-sheet { background: url(${url}) }`)}"><p id="of-a-sheet">x</p>`,
  'css-font-face': ({ url }) =>
    `<style>@font-face { font-family: Evil; src: url(${url}) }</style><p style="font-family: Evil">x</p>`,
  'css-selection': ({ url }) =>
    `<style>input[value^="s"] { background: url(${url}) }</style><input value="secret" aria-label="x">`,
  'css-hit-by-media': ({ url }) =>
    `<style>@media (min-width: 1px) { #media { background: url(${url}) } }</style><p id="media">x</p>`,
  'css-keyframes': ({ url }) =>
    `<style>@keyframes evil { to { background-image: url(${url}) } } #moving { animation: evil 0.1s }</style><p id="moving">x</p>`,
  'css-adopted': ({ url }) =>
    script(`const sheet = new CSSStyleSheet();
      sheet.replaceSync('body { outline-image: none; --x: 0 } html { background-image: url(${url}) }');
      document.adoptedStyleSheets.push(sheet);`),
  'css-inserted-rule': ({ url }) =>
    script(`const style = document.head.appendChild(document.createElement('style'));
      style.sheet.insertRule('body { background-image: url(${url}) }');`),
};
