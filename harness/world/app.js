/** An app that signs people in with TikTok: every byte of its round trip is needed. */

import { AUTHORIZE } from './links.js';
import { page } from './reply.js';

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const appHosts = [
  [
    /^app\.example$/,
    {
      '/': () => page('app.html', { authorize: AUTHORIZE }),
      '/callback': () => page('plain.html', { title: 'Signed in' }),
    },
  ],
];
