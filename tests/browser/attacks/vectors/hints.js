/** Hints by which a page has something loaded before it is needed, and links to what browsers load by themselves. */

import { hop, say, script } from '../markup.js';

/** @typedef {import('../vectors.js').Vectors} Vectors */

/** @type {Vectors} */
export const hints = {
  'preload-image': ({ url }) => `<link rel="preload" as="image" href="${url}">`,
  'preload-srcset': ({ url }) => `<link rel="preload" as="image" imagesrcset="${url} 1x">`,
  'preload-script': ({ url }) => `<link rel="preload" as="script" href="${url}">`,
  'preload-style': ({ url }) => `<link rel="preload" as="style" href="${url}">`,
  'preload-font': ({ url }) => `<link rel="preload" as="font" crossorigin href="${url}">`,
  'preload-fetch': ({ url }) => `<link rel="preload" as="fetch" crossorigin href="${url}">`,
  'preload-track': ({ url }) => `<link rel="preload" as="track" href="${url}">`,
  modulepreload: ({ url }) => `<link rel="modulepreload" href="${url}">`,
  prefetch: ({ url }) => `<link rel="prefetch" href="${url}">`,
  'prefetch-document': ({ url }) => `<link rel="prefetch" as="document" href="${url}">`,
  'prefetch-redirect': ({ url }) => `<link rel="prefetch" href="${hop(302, url)}">`,
  prerender: ({ url }) => `<link rel="prerender" href="${url}">`,
  'compression-dictionary': ({ url }) => `<link rel="compression-dictionary" crossorigin href="${url}">`,
  'apple-touch-icon': { html: ({ url }) => `<link rel="apple-touch-icon" href="${url}">`, alone: true },
  'search-description': {
    html: ({ url }) => `<link rel="search" type="application/opensearchdescription+xml" title="x" href="${url}">`,
    alone: true,
  },
  preconnect: { html: ({ url }) => `<link rel="preconnect" href="${url}">`, connectionOnly: true },
  'preconnect-cors': { html: ({ url }) => `<link rel="preconnect" crossorigin href="${url}">`, connectionOnly: true },
  favicon: { html: ({ url }) => `<link rel="icon" href="${url}">`, alone: true, quick: true },
  'favicon-redirect': { html: ({ url }) => `<link rel="icon" href="${hop(302, url)}">`, alone: true },
  'favicon-late': {
    html: ({ url }) =>
      script(`document.head.append(Object.assign(document.createElement('link'), { rel: 'icon', href: '${url}' }))`),
    alone: true,
  },
  manifest: { html: ({ url }) => `<link rel="manifest" crossorigin="use-credentials" href="${url}">`, alone: true },
  'manifest-icon': {
    html: ({ url }) =>
      `<link rel="manifest" href="${say('application/manifest+json', JSON.stringify({ name: 'x', start_url: '/', display: 'standalone', icons: [{ src: url, sizes: '192x192', type: 'image/png' }] }))}">`,
    alone: true,
  },
  'link-header-preload': {
    html: () => '',
    headers: ({ url }) => ({ link: `<${url}>; rel=preload; as=image` }),
    quick: true,
  },
  'link-header-prefetch': { html: () => '', headers: ({ url }) => ({ link: `<${url}>; rel=prefetch` }) },
  'link-header-stylesheet': { html: () => '', headers: ({ url }) => ({ link: `<${url}>; rel=stylesheet` }) },
  'speculation-prefetch': {
    html: ({ url }) => speculation({ prefetch: [immediately(url)] }),
    alone: true,
    quick: true,
  },
  'speculation-prerender': {
    html: ({ url }) => speculation({ prerender: [immediately(url)] }),
    alone: true,
    quick: true,
  },
  'speculation-anonymous': {
    html: ({ url }) =>
      speculation({
        prefetch: [{ ...immediately(url), requires: ['anonymous-client-ip-when-cross-origin'] }],
      }),
    alone: true,
  },
  'speculation-of-links': {
    html: ({ url }) =>
      `<a href="${url}">x</a>${speculation({ prefetch: [{ where: { href_matches: '*://*:*/*' }, eagerness: 'immediate' }] })}`,
    alone: true,
  },
  'speculation-redirect': { html: ({ url }) => speculation({ prefetch: [immediately(hop(302, url))] }), alone: true },
  'speculation-inserted': {
    html: ({ url }) =>
      script(`const rules = document.createElement('script');
        rules.type = 'speculationrules';
        rules.text = ${JSON.stringify(JSON.stringify({ prefetch: [immediately(url)] }))};
        document.head.append(rules);`),
    alone: true,
  },
  'speculation-header': {
    html: () => '',
    headers: ({ url }) => ({
      'speculation-rules': `"${say('application/speculationrules+json', JSON.stringify({ prefetch: [immediately(url)] }))}"`,
    }),
  },
};

/** @param {string} url */
function immediately(url) {
  return { urls: [url], eagerness: 'immediate' };
}

/** @param {object} rules @returns {string} */
function speculation(rules) {
  return `<script type="speculationrules">${JSON.stringify(rules)}</script>`;
}
