/** The page that `npm start` shows: TikTok's usual ways into a page, and beside each what became of it. */

import { DESTINATION, LINK_V2, SHARED_LINK } from './links.js';
import { content, json, page } from './reply.js';
import { TRACKERS } from './trackers.js';

/** How a visitor gets there who has clicked an ad on TikTok. */
export const DEMO = 'https://demo.example/?ttclid=E.C.P.Csz8dhTq9wL2&utm_source=tiktok&utm_campaign=autumn';

/**
 * What became of everything the page carries, from the world's log.
 *
 * @param {import('./log.js').Log} log
 */
export function outcome(log) {
  const brief = (/** @type {import('./log.js').Arrival} */ { method, host, path }) => ({ method, host, path });
  const last = (/** @type {import('./log.js').Arrival[]} */ arrivals) => arrivals.at(-1)?.url;
  const tiktok = log.to('www.tiktok.com');
  return {
    trackers: log.to(TRACKERS).map(brief),
    page: last(log.to('demo.example', '/')),
    shared: last(tiktok.filter(({ path }) => path === new URL(SHARED_LINK).pathname)),
    redirector: last(tiktok.filter(({ path }) => path === '/link/v2')),
    destination: last(log.to(new URL(DESTINATION).host, new URL(DESTINATION).pathname)),
    embed: tiktok.filter(({ path }) => /^\/(embed|player)/.test(path)).map(brief),
  };
}

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const demoHosts = [
  [
    /^demo\.example$/,
    {
      '/': () => page('demo.html', { asked: DEMO, shared: SHARED_LINK, leaving: LINK_V2, destination: DESTINATION }),
      '/demo.css': () => content('text/css', page('demo.css').body),
      '/outcome': (_, log) => json(outcome(log)),
    },
  ],
];
