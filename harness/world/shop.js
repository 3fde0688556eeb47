/** Shops that carry the pixel, one path for each form in which it is found. */

import { content, json, page } from './reply.js';

/** @typedef {import('./hosts.js').Handler} Handler */

/**
 * @param {string} generation which of the three published forms of the base code
 * @returns {Handler}
 */
const withPixel = (generation) => () => page('shop.html', { generation });

/** @type {Handler} */
const download = (request) =>
  content('application/octet-stream', `the file for ${request.query}`, {
    'content-disposition': 'attachment; filename="invoice.pdf"',
  });

/** Markup that would run if anybody took it for such, and a script that is written from right to left. */
export const HOSTILE_TITLE = '<img src=x onerror="document.body.id=1"> متجر الأحذية';

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const shopHosts = [
  [
    /^(www\.)?shop\.example$/,
    {
      '/': withPixel('3'),
      '/first-generation': withPixel('1'),
      '/second-generation': withPixel('2'),
      '/tagged': () => page('tagged.html'),
      '/gathered': () => page('gathered.html'),
      '/reports': () => page('reports.html', { title: 'Shop' }),
      '/hostile-title': () => page('reports.html', { title: HOSTILE_TITLE }),
      '/crowd': () => page('crowd.html'),
      // The browser may keep this one in memory, as it keeps most pages.
      '/kept': () => page('tagged.html', {}, { 'cache-control': 'max-age=0' }),
      '/checkout': withPixel('3'),
      '/api/cart': () => json({ items: 2, total: 38 }),
    },
  ],
  // A name as long as names may be, or nearly.
  [/\.long\.example$/, { '/*': () => page('crowd.html') }],
  // Signed links, such as object stores hand out: one byte changed and the signature is wrong.
  [/^files\.shop\.example$/, { '/*': download }],
];
