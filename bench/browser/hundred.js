/**
 * A page that asks ten hosts for a hundred things, none of which anybody blocks: what is measured is what deciding
 * costs.
 */

import { answer } from '../../harness/world/hosts.js';
import { content, dot } from '../../harness/world/reply.js';

const HOST = 'hundred.example';
const HOSTS = 10;
const EACH = 10;

export const HUNDRED = `https://${HOST}/`;

/** @param {number} host @param {number} number @returns {string} an element that asks for something */
function element(host, number) {
  const url = `https://part-${host}.${HOST}/${number}`;
  return number % 2 === 0 ? `<img src="${url}.gif" alt="">` : `<script async src="${url}.js"></script>`;
}

/** @returns {string} */
function page() {
  const numbers = Array.from({ length: EACH }, (_, number) => number);
  const elements = Array.from({ length: HOSTS }, (_, host) => numbers.map((number) => element(host, number)));
  return `<!doctype html><title>A hundred requests</title>${elements.flat().join('\n')}`;
}

/**
 * The world of the browser specs, and this page's hosts.
 *
 * @type {typeof answer}
 */
export function respond(request, log) {
  if (request.host === HOST) return content('text/html; charset=utf-8', page());
  if (!request.host.endsWith(`.${HOST}`)) return answer(request, log);
  return request.path.endsWith('.gif') ? dot() : content('text/javascript', '');
}
