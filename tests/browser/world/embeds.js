/** A page with an embed of every form, and the same under a policy that allows the page as little as it needs. */

import { page } from './reply.js';

const STRICT =
  "default-src 'self'; script-src 'self' https://www.tiktok.com; frame-src https://www.tiktok.com; style-src 'self'";

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const embedHosts = [
  [
    /^magazine\.example$/,
    {
      '/': () => page('embeds.html'),
      '/strict': () => page('embeds.html', {}, { 'content-security-policy': STRICT }),
    },
  ],
];
