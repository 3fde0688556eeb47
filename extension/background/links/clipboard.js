/** Writing to the clipboard from the background. */

import { api, canWriteClipboard } from '../../shared/browser.js';
import { makeQueue } from '../../shared/queue.js';

const PAGE = 'offscreen/page.html';

/** A page that writes for us can be open only once: one text after the other. */
const queued = makeQueue();

/**
 * @param {string} text
 * @returns {Promise<void>}
 * @throws {Error} if the browser refuses.
 */
export function writeClipboard(text) {
  return queued(() => (canWriteClipboard ? navigator.clipboard.writeText(text) : writeThroughPage(text)));
}

/** A service worker has no clipboard, and a web page is not asked to help: it could watch. @param {string} text */
async function writeThroughPage(text) {
  await api.offscreen.createDocument({
    url: PAGE,
    reasons: ['CLIPBOARD'],
    justification: 'A service worker cannot write the clean link to the clipboard.',
  });
  try {
    const answer = await api.runtime.sendMessage({ name: 'writeClipboard', payload: { text } });
    if (!answer?.ok) throw new Error(answer?.error ?? 'The page that writes to the clipboard did not answer.');
  } finally {
    await api.offscreen.closeDocument();
  }
}
