/** TikTok's pixel: the scripts a shop embeds and the endpoints they report to. */

import { content, dot, json, readableBy, script } from './reply.js';

/** @typedef {import('./hosts.js').Routes} Routes */

const THIRTEEN_MONTHS_S = 390 * 24 * 3600;

/**
 * The third-party visitor id that every answer of these hosts renews.
 *
 * @returns {Record<string, string>}
 */
function visitorCookie() {
  return {
    'set-cookie': `_ttp=world-third-party-id; Domain=.tiktok.com; Path=/; Max-Age=${THIRTEEN_MONTHS_S}; Secure; SameSite=None`,
  };
}

/** @type {import('./hosts.js').Handler} */
const accept = (request) =>
  request.method === 'GET'
    ? dot({ ...visitorCookie(), ...readableBy(request) })
    : json({ code: 0 }, { ...visitorCookie(), ...readableBy(request) });

/** @type {Routes} */
const analytics = {
  '/i18n/pixel/events.js': () => script('pixel-events.js', visitorCookie()),
  '/i18n/pixel/sdk.js': () => script('pixel-events.js', visitorCookie()),
  '/i18n/pixel/config.js': () => content('text/javascript', ''),
  '/i18n/pixel/static/main.MTIzNDU2Nzg5MA.js': () => script('pixel-main.js'),
  '/i18n/pixel/static/identify_1f2e3d.js': () => script('pixel-identify.js'),
  '/i18n/pixel/enable_cookie': accept,
  '/i18n/pixel/disable_cookie': accept,
  '/api/v2/*': accept,
};

/** @type {[RegExp, Routes][]} */
export const pixelHosts = [
  [/^analytics[\w-]*(\.us)?\.tiktok\.com$/, analytics],
  [/^analytics[\w-]*\.tiktokw\.(us|eu)$/, { '/*': accept }],
  [/^analytics\.pangle-ads\.com$/, { '/*': accept }],
];
