/**
 * Writes to the clipboard for a background that cannot. It never has the focus that `navigator.clipboard` wants, so it
 * selects and copies.
 */

import { api } from '../shared/browser.js';

const area = /** @type {HTMLTextAreaElement} */ (document.getElementById('text'));

api.runtime.onMessage.addListener((message, sender, reply) => {
  // Messages meant for the background arrive here as well: they are its to answer.
  if (sender.id !== api.runtime.id || message?.name !== 'writeClipboard') return undefined;
  area.value = message.payload.text;
  area.select();
  reply(document.execCommand('copy'));
  return undefined;
});
