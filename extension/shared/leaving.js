/** The one way on from a page of ours to the web. */

import { h } from './dom.js';
import { hostOf } from './site.js';

/**
 * Goes on to an address, from a frame that is nobody: a page of an extension that may see all sites is trusted by them, and would show
 * them even the cookies that they keep from links (SameSite=Strict). Measured in Chromium 156 and Firefox 153.
 *
 * @param {string} url
 * @returns {Promise<never>} while the browser is on its way
 * @throws {Error} if that is no address of the web, or none that the browser can open
 */
export async function leaveFor(url) {
  if (hostOf(url) === '') throw new Error('This is no address of the web.');
  const frame = h('iframe', { sandbox: 'allow-scripts allow-top-navigation', src: '/forward.html', hidden: true });
  return new Promise((_, fail) => {
    window.addEventListener('message', ({ source }) => {
      if (source === frame.contentWindow) fail(new Error('The browser does not open this address.'));
    });
    frame.addEventListener('load', () => frame.contentWindow?.postMessage(url, '*'));
    document.body.append(frame);
  });
}
