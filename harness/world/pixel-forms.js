/** Shops that load the pixel in other ways than by the published code in the page, and pages that test for blockers. */

import { content, json, page } from './reply.js';

/**
 * @param {string} form the script that loads the pixel its way
 * @returns {import('./hosts.js').Handler}
 */
const withForm = (form) => () => page('pixel-form.html', { form });

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const pixelFormHosts = [
  [
    /^(tag-manager|woocommerce|partytown|bait)\.shop\.example$/,
    { '/': (request, log) => withForm(request.host.split('.')[0] ?? '')(request, log) },
  ],
  [
    /^(proxied|bundled)\.shop\.example$/,
    {
      '/': withForm('own-address'),
      '/api/v2/pixel': () => json({ own: true }),
      '/_scripts/*': () => content('text/javascript', 'window.ttq = { ready: (run) => run() };'),
    },
  ],
];
