/** Other companies' exit pages: each learns of the click and then sends the browser on. */

import { notFound, redirect } from './reply.js';

/**
 * @param {string} name of the parameter that holds the target
 * @returns {import('./hosts.js').Handler}
 */
const sendTo = (name) => (request) => {
  const target = new URLSearchParams(request.query).get(name);
  return target === null ? notFound() : redirect(target);
};

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const redirectorHosts = [
  [/^lm?\.(facebook|instagram)\.com$/, { '/l.php': sendTo('u'), '/': sendTo('u') }],
  [/^www\.google\.com$/, { '/url': sendTo('url') }],
  [/^www\.youtube\.com$/, { '/redirect': sendTo('q') }],
];
