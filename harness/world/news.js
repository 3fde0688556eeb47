/** Pages that people read: with embeds, with shared links, and one that changes its address as it goes. */

import { DESTINATION, LINK_V2, SHARED_LINK } from './links.js';
import { content, page } from './reply.js';

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const newsHosts = [
  [
    /^news\.example$/,
    {
      '/': () => page('news.html'),
      '/links': () => page('links.html', { shared: SHARED_LINK, leaving: LINK_V2, destination: DESTINATION }),
      '/app*': () => page('single-page.html'),
      '/ping': (request) => content('text/plain', request.body),
    },
  ],
  [/^destination\.example$/, { '/*': () => page('plain.html', { title: 'The destination' }) }],
];
