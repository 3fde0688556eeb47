/** TikTok's short hosts: each code stands for one person sharing one video once. */

import { SHARED_LINK } from './links.js';
import { redirect } from './reply.js';

/** @type {import('./hosts.js').Handler} */
export const expand = () => ({
  ...redirect(SHARED_LINK, {
    'set-cookie': 'ttwid=1%7Cworld; Domain=.tiktok.com; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=None',
  }),
  status: 301,
});

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const shortLinkHosts = [
  [/^(vm|vt|lite)\.tiktok\.com$/, { '/*': expand }],
  [/^t\.tiktok\.com$/, { '/*': expand }],
];
