/** Shops that load the pixel in other ways than by the published code in the page, and pages that test for blockers. */

import { page } from './reply.js';

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
];
