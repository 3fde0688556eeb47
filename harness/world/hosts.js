/**
 * Who lives in this world: host -> path -> what is answered there.
 *
 * @typedef {import('./log.js').Arrival} Arrival
 * @typedef {import('./reply.js').Reply} Reply
 * @typedef {(request: Arrival, log: import('./log.js').Log) => Reply} Handler
 * @typedef {Record<string, Handler>} Routes path, or path prefix ending in `*`, to its handler
 */

import { appHosts } from './app.js';
import { demoHosts } from './demo.js';
import { embedKindHosts } from './embed-kinds.js';
import { embedHosts } from './embeds.js';
import { hostileHosts } from './hostile.js';
import { lateHosts } from './late.js';
import { newsHosts } from './news.js';
import { pixelHosts } from './pixel.js';
import { pixelCallHosts } from './pixel-calls.js';
import { pixelFormHosts } from './pixel-forms.js';
import { readingHosts } from './reading.js';
import { redirectorHosts } from './redirectors.js';
import { notFound, script } from './reply.js';
import { shopHosts } from './shop.js';
import { shortLinkHosts } from './short-links.js';
import { telemetryHosts } from './telemetry.js';
import { tiktokHosts } from './tiktok.js';

/** Wherever a page of this world lives, it finds its own scripts there. */
/** @type {Routes} */
const EVERYWHERE = { '/scripts/*': (request) => script(request.path.slice('/scripts/'.length)) };

/** Earlier patterns win. */
/** @type {[RegExp, Routes][]} */
const HOSTS = [
  ...demoHosts,
  ...shopHosts,
  ...pixelFormHosts,
  ...pixelCallHosts,
  ...appHosts,
  ...newsHosts,
  ...embedHosts,
  ...embedKindHosts,
  ...lateHosts,
  ...hostileHosts,
  ...readingHosts,
  ...redirectorHosts,
  ...pixelHosts,
  ...shortLinkHosts,
  ...tiktokHosts,
  ...telemetryHosts,
];

/**
 * Finds the answer to a request.
 *
 * @param {Arrival} request
 * @param {import('./log.js').Log} log everything that arrived, this request included
 * @returns {Reply} a 404 for hosts and paths that this world does not have
 */
export function answer(request, log) {
  const routes = HOSTS.find(([hosts]) => hosts.test(request.host))?.[1];
  const handler = routes && routeFor({ ...EVERYWHERE, ...routes }, request.path);
  return handler ? handler(request, log) : notFound();
}

/**
 * @param {Routes} routes
 * @param {string} path
 * @returns {Handler | undefined} the exact route, else that with the longest fitting prefix
 */
function routeFor(routes, path) {
  if (routes[path]) return routes[path];
  const prefixes = Object.keys(routes)
    .filter((route) => route.endsWith('*') && path.startsWith(route.slice(0, -1)))
    .sort((a, b) => b.length - a.length);
  return prefixes[0] === undefined ? undefined : routes[prefixes[0]];
}
