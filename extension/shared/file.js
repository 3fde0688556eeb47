/** Files that a page of ours hands to the person. */

import { element } from './element.js';

/** How long a browser may take to fetch a file from the page. */
const FETCH_MS = 10_000;

/**
 * Saves a text as a file, where and as the browser asks the person to.
 *
 * @param {string} name
 * @param {string} text
 */
export function saveFile(name, text) {
  const href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  element('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), FETCH_MS);
}
