/** A page with an embed of every form, and the same under a policy that allows the page as little as it needs. */

import { page } from './reply.js';
import { walls } from './tiktok.js';

const STRICT =
  "default-src 'self'; script-src 'self' https://www.tiktok.com; frame-src https://www.tiktok.com; style-src 'self'";

/** @param {string} language that the page says it is written in */
function inLanguage(language) {
  const reply = page('embeds.html');
  return { ...reply, body: String(reply.body).replace('lang="en"', `lang="${language}"`) };
}

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const embedHosts = [
  [
    /^magazine\.example$/,
    {
      '/': () => page('embeds.html'),
      '/strict': () => page('embeds.html', {}, { 'content-security-policy': STRICT }),
      '/arabic': () => inLanguage('ar'),
      '/walls': walls,
      '/german': () => inLanguage('de-AT'),
    },
  ],
];
