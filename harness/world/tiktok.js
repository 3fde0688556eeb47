/** www.tiktok.com as a visitor without an account meets it, its login, and what it hosts for other sites. */

import { SHARED_LINK, SHARED_PHOTO_LINK } from './links.js';
import { content, json, notFound, page, readableBy, redirect, script } from './reply.js';
import { expand } from './short-links.js';

/** @typedef {import('./hosts.js').Handler} Handler */
/** @typedef {import('./hosts.js').Routes} Routes */

/** What a guest is given on the first visit (`tt_chain_token` is needed for the video file). */
const GUEST_COOKIES = [
  'ttwid=1%7Cworld-visitor%7C1700000000; Domain=.tiktok.com; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=None',
  'tt_csrf_token=world-csrf; Domain=.tiktok.com; Path=/; Secure; SameSite=Lax',
  'tt_chain_token=world-chain; Domain=.tiktok.com; Path=/; Max-Age=15552000; Secure; HttpOnly; SameSite=None',
  'msToken=world-ms-token; Domain=.tiktok.com; Path=/; Max-Age=7776000; Secure; SameSite=None',
];

const SESSION_COOKIES = ['sessionid', 'sessionid_ss', 'sid_tt'].map(
  (name) => `${name}=world-session; Domain=.tiktok.com; Path=/; Max-Age=5184000; Secure; HttpOnly; SameSite=None`,
);

/**
 * What the products that have accounts of their own set when somebody signs in there; none sets a plain `sessionid`.
 */
const PRODUCT_SESSIONS = {
  ads: ['sessionid_ads', 'sessionid_ss_ads', 'sid_tt_ads', 'sid_guard_ads', 'uid_tt_ads', 'tt_session_tlb_tag_ads'],
  seller: ['sid_guard_tiktokseller', 'sessionid_tiktokseller', 'app_id_unified_seller_env', 'UNIFIED_SELLER_TOKEN'],
  new: ['sessionid_nobody-knows-yet', 'tt_ticket_guard_new'],
};

/** @type {Handler} */
const productLogin = (request) => {
  const names = PRODUCT_SESSIONS[/** @type {keyof typeof PRODUCT_SESSIONS} */ (request.query)] ?? [];
  const session = names.map(
    (name) => `${name}=world-product; Domain=.tiktok.com; Path=/; Max-Age=5184000; Secure; HttpOnly; SameSite=None`,
  );
  return page('plain.html', { title: 'A product' }, { 'set-cookie': [...GUEST_COOKIES, ...session] });
};

/** @type {Handler} */
const site = () =>
  page('tiktok.html', { video: SHARED_LINK, photo: SHARED_PHOTO_LINK }, { 'set-cookie': GUEST_COOKIES });

/**
 * Sends the browser back to the app with a code, and with the app's `state` as the very bytes it sent.
 *
 * @type {Handler}
 */
const authorize = (request) => {
  const back = new URLSearchParams(request.query).get('redirect_uri');
  const state = /(?:^|&)state=([^&]*)/.exec(request.query)?.[1];
  if (back === null || state === undefined) return notFound();
  return redirect(`${back}?code=world%2Acode%21v1&scopes=user.info.basic%2Cvideo.list&state=${state}`);
};

/** @type {Handler} */
const warnOfLeaving = (request) =>
  page('tiktok-leaving.html', { target: new URLSearchParams(request.query).get('target') ?? '' });

/** What stands over a visitor's video; the creator's name ends in the language, or has none. @type {Handler} */
export const walls = (request) =>
  page(
    'tiktok-walls.html',
    { language: /^\/@walls\.(\w+)/.exec(request.path)?.[1] ?? 'en' },
    { 'set-cookie': GUEST_COOKIES },
  );

/** @type {Handler} */
const player = () => page('tiktok-player.html', {}, { 'set-cookie': GUEST_COOKIES });

/** Sends a report on to where it is to go, as it came. @type {Handler} */
const passOn = (request) => ({ ...redirect(decodeURIComponent(request.query), readableBy(request)), status: 307 });

/** @type {Routes} */
const www = {
  '/': site,
  '/@*': site,
  '/@walls.de/*': walls,
  '/@walls.en/*': walls,
  '/@walls.xx/*': walls,
  '/t/*': expand,
  '/link/v2': warnOfLeaving,
  '/login': () => page('tiktok-login.html'),
  '/login/walls': walls,
  '/passport/web/login': () => redirect('https://www.tiktok.com/', { 'set-cookie': SESSION_COOKIES }),
  '/v2/auth/authorize/': authorize,
  '/embed.js': () => redirect('https://lf16-tiktok-web.tiktokcdn-us.com/obj/tiktok/falcon/embed/embed_v1.0.15.js'),
  '/embed/*': player,
  '/player/v1/*': player,
  '/player-worker.js': () => script('tiktok-player-worker.js'),
  '/pass-on': passOn,
  '/oembed': (request) => json({ title: 'A dance in the rain', author_name: 'tina' }, readableBy(request)),
  '/api/*': (request) => json({ itemList: [] }, readableBy(request)),
};

/** TikTok's video hosts refuse viewers who do not show the cookie that the page gave them. */
/** @type {Handler} */
const video = (request) =>
  /\btt_chain_token=/.test(request.headers.cookie ?? '')
    ? content('video/mp4', Buffer.alloc(4096, 1), readableBy(request))
    : { status: 403, headers: readableBy(request), body: '' };

/** @type {[RegExp, Routes][]} */
export const tiktokHosts = [
  [/^(www|m)\.tiktok\.com$/, www],
  [/^(ads|seller-us)\.tiktok\.com$/, { '/login': productLogin, '/': () => page('plain.html', { title: 'A product' }) }],
  [/^v\d+-webapp[\w-]*(\.us)?\.tiktok\.com$/, { '/*': video }],
  [
    /^v16m\.tiktok(eu|row)-cdn\.com$/,
    { '/*': (request) => content('video/mp4', Buffer.alloc(4096, 1), readableBy(request)) },
  ],
  [
    /^lf16-tiktok-web\.(tiktokcdn-us|ttwstatic)\.com$/,
    { '/obj/tiktok/falcon/embed/*': () => script('tiktok-embed.js') },
  ],
];
