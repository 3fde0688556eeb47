/** The only way by which a page of ours navigates to the web. */

import { element } from './element.js';
import { hostOf } from './site.js';

/**
 * Navigates to an address from a frame with an opaque origin. A navigation by a page of an extension that has access to
 * the site counts as same-site: even cookies that are kept from links (SameSite=Strict) would be sent. Measured in
 * Chromium 156 and Firefox 153.
 *
 * @param {string} url
 * @returns {Promise<never>} never resolves: the browser leaves the page
 * @throws {Error} if that is not a web address, or not one that the browser can open
 */
export async function leaveFor(url) {
  if (hostOf(url) === '') throw new Error('This is no address of the web.');
  const frame = element('iframe', { sandbox: 'allow-scripts allow-top-navigation', src: '/forward.html', hidden: '' });
  return new Promise((_, fail) => {
    window.addEventListener('message', ({ source }) => {
      if (source === frame.contentWindow) fail(new Error('The browser does not open this address.'));
    });
    frame.addEventListener('load', () => frame.contentWindow?.postMessage(url, '*'));
    document.body.append(frame);
  });
}
