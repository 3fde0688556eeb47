/**
 * Writes to the clipboard for a background that cannot. It never has the focus that `navigator.clipboard` wants, so it
 * selects and copies.
 */

import { api } from '../shared/browser.js';
import { copySelected } from '../shared/copy.js';

api.runtime.onMessage.addListener((message, sender, reply) => {
  // Messages meant for the background arrive here as well: they are its to answer.
  if (sender.id !== api.runtime.id || message?.name !== 'writeClipboard') return undefined;
  reply(answer(message.payload.text));
  return undefined;
});

/** @param {string} text @returns {{ ok: boolean, error?: string }} */
function answer(text) {
  try {
    copySelected(text);
    return { ok: true };
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}
