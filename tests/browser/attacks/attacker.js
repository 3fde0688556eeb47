/** How the attacker's hosts, and those that are asked, answer. */

import { answer } from '../../../harness/world/hosts.js';
import { content, dot, notFound } from '../../../harness/world/reply.js';
import { ATTACKERS, said } from './markup.js';
import { aim, PAGES, VECTORS } from './vectors.js';

/** @typedef {import('../../../harness/world/log.js').Arrival} Arrival */
/** @typedef {import('../../../harness/world/reply.js').Reply} Reply */

/** What vectors are aimed at: the tracker, or a host that is none, to see that a vector is played at all. */
export const SITES = { tracker: 'analytics.tiktok.com', control: 'control.example' };

/** @typedef {keyof typeof SITES} Site */

const HOST = new RegExp(`^(.+)-(${Object.keys(SITES).join('|')})\\${ATTACKERS}$`);

/**
 * @param {Site} site
 * @param {string} name one of `PAGES`
 * @returns {string} its address, aimed at that site
 */
export function pageOf(site, name) {
  return `${VECTORS.get(PAGES.get(name)?.[0] ?? '')?.scheme ?? 'https'}://${name}-${site}${ATTACKERS}/`;
}

/** Where the end of a page tells that the browser has got so far. */
const WITNESS = 'https://witness.attacker/';

/**
 * @param {Pick<Arrival, 'host' | 'path'>} arrival
 * @returns {string | undefined} the page and the site of which it tells, as in `ending`
 */
export function witnessed({ host, path }) {
  return host === new URL(WITNESS).host ? path.slice(1) : undefined;
}

/** @param {string} name of a page @param {Site} site */
export const ending = (name, site) => `${name}-${site}`;

/**
 * @param {Pick<Arrival, 'host'>} arrival
 * @param {Site} site
 * @returns {string | undefined} the vector that has reached it
 */
export function vectorOf({ host }, site) {
  const name = host.toLowerCase().replace(/\.+$/, '');
  return name.endsWith(`.${SITES[site]}`) ? name.slice(0, -SITES[site].length - 1) : undefined;
}

/** @type {import('../../../harness/world.js').Respond} */
export function respond(request, log) {
  if (request.host.endsWith(ATTACKERS) || request.host === 'frames.example') return attack(request);
  const isAsked = Object.values(SITES).some((site) => request.host.includes(site));
  return isAsked ? pleaseWhoeverAsks(request) : answer(request, log);
}

/** @param {Arrival} request @returns {Reply} */
function attack({ host, path }) {
  const words = said(path);
  if (words) return words;
  if (witnessed({ host, path })) return dot();
  const [, name = '', site] = /** @type {[string, string, Site] | []} */ (HOST.exec(host) ?? []);
  if (site === undefined) return notFound();
  if (path === '/worker.js') return content('text/javascript', worker(name, site));
  return path === '/' ? document(name, site) : notFound();
}

/** @param {string} name @param {Site} site @returns {Reply} */
function document(name, site) {
  const vectors = PAGES.get(name) ?? [];
  const parts = vectors.map((each) => VECTORS.get(each)?.html(aim(each, SITES[site])));
  const headers = VECTORS.get(name)?.headers?.(aim(name, SITES[site]));
  const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>An attack</title>';
  // Icons and manifests count in the head only; what stands alone begins there.
  const isAlone = vectors.length === 1;
  const start = isAlone ? head : `${head}<body>`;
  const end = isAlone ? '' : `<img alt="" src="${WITNESS}${ending(name, site)}">`;
  return content('text/html; charset=utf-8', start + parts.join('\n') + end, headers);
}

/** @param {string} name @param {Site} site @returns {string} */
function worker(name, site) {
  return VECTORS.get(name)?.worker?.(aim(name, SITES[site])) ?? '';
}

/** @param {Arrival} request @returns {Reply} what such an element wants, readable by everybody */
function pleaseWhoeverAsks({ headers }) {
  const open = {
    'access-control-allow-origin': headers.origin ?? '*',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': '*, PUT',
    'access-control-allow-headers': 'content-type',
    connection: 'close', // each vector has a host of its own: kept connections would only be in the way of others
    'supports-loading-mode': 'credentialed-prerender, fenced-frame',
  };
  switch (headers['sec-fetch-dest']) {
    case 'image':
      return dot(open);
    case 'style':
      return content('text/css', '', open);
    case 'document':
    case 'iframe':
    case 'frame':
      return content('text/html', '<!doctype html><title>A tracker</title>', open);
    default:
      return content('text/javascript', '', open);
  }
}
