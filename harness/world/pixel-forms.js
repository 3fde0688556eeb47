/** Shops that load the pixel in other ways than by the published code in the page, and pages that test for blockers. */

import { json, page, script } from './reply.js';

/**
 * @param {string} form the script that loads the pixel its way
 * @returns {import('./hosts.js').Handler}
 */
const withForm = (form) => () => page('pixel-form.html', { form });

/** The pixel, as a shop hands it on. @type {import('./hosts.js').Handler} */
const library = (request) => (request.method === 'GET' ? script('own-library.js') : json({}));

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const pixelFormHosts = [
  [
    /^(tag-manager|woocommerce|partytown|bait)\.shop\.example$/,
    { '/': (request, log) => withForm(request.host.split('.')[0] ?? '')(request, log) },
  ],
  [
    /^own-(proxied|gateway|bundled|function|partytown|worker)\.shop\.example$/,
    {
      '/': withForm('own-address'),
      '/api/v2/pixel': () => json({ own: true }),
      '/assets/*': library,
      '/_scripts/*': library,
      '/i18n/*': library,
      '/api/v2/pixel/*': () => json({}),
      '/tt-proxy': library,
      '/shop-data/*': () => json({}),
    },
  ],
];
