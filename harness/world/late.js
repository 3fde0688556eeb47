/** A page with a video whose player does not want to go, and where a reader may go from there. */

import { content, notFound } from './reply.js';

/** The number of a video whose player reports to the end (`scripts/tiktok-player.js`). */
export const LATE_VIDEO = '7400000000000000001';

const EMBED =
  `<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@tina/video/${LATE_VIDEO}" ` +
  `data-video-id="${LATE_VIDEO}"><section></section></blockquote>`;

/** What Detick's own player is asked for by, in a frame of the page's. */
export const PLAYER = `https://www.tiktok.com/player/v1/${LATE_VIDEO}?rel=0&description=1&music_info=1`;
const FRAME = `<iframe src="${PLAYER.replaceAll('&', '&amp;')}"></iframe>`;

/** @param {string} body */
const html = (body) => content('text/html; charset=utf-8', `<!doctype html><title>Late</title>${body}`);

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const lateHosts = [
  [
    /^late\.example$/,
    {
      '/': () => html(EMBED),
      '/frame': () => html(FRAME),
      '/download': () => ({ status: 204, headers: {}, body: '' }),
    },
  ],
  [/^(next|slow)\.example$/, { '/': () => html(FRAME) }],
  [/^stranger\.example$/, { '/*': () => notFound() }],
];
