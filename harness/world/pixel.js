/** TikTok's pixel: the scripts a shop embeds and the endpoints they report to. */

import { content, dot, json, readableBy, script } from './reply.js';

/** @typedef {import('./hosts.js').Routes} Routes */

const THIRTEEN_MONTHS_S = 390 * 24 * 3600;

/**
 * The third-party visitor id that every answer of these hosts renews.
 *
 * @param {import('./log.js').Arrival} request
 * @returns {Record<string, string>}
 */
function visitorCookie({ host }) {
  const site = host.split('.').slice(-2).join('.');
  return {
    'set-cookie': `_ttp=world-id; Domain=${site}; Path=/; Max-Age=${THIRTEEN_MONTHS_S}; Secure; SameSite=None`,
  };
}

/** @type {import('./hosts.js').Handler} */
const accept = (request) => {
  const headers = { ...visitorCookie(request), ...readableBy(request) };
  return request.method === 'GET' ? dot(headers) : json({ code: 0 }, headers);
};

/** @type {Routes} */
const analytics = {
  '/i18n/pixel/events.js': (request) => script('pixel-events.js', visitorCookie(request)),
  '/i18n/pixel/sdk.js': (request) => script('pixel-events.js', visitorCookie(request)),
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
