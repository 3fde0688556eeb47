/**
 * Runs beside pages that share by a button of their own. Writes what copy-page.js hands over, and after a copy of a
 * lone link (Ctrl+C, or a page's `execCommand`) puts the clean one on the clipboard instead.
 */

import { api } from '../shared/browser.js';

const CLEAN_WITHIN_MS = 1000;
const LONGEST = 65_536;

/**
 * The text as Detick would have it; the same if it is not there to ask.
 *
 * @param {string} text
 * @returns {Promise<string>}
 */
const cleaned = async (text) => {
  try {
    const answer = await api.runtime.sendMessage({ name: 'cleanCopied', payload: { text } });
    return answer?.ok ? answer.value.text : text;
  } catch {
    // Detick was updated or removed while the page stayed open.
    return text;
  }
};

/** @param {string} text @returns {Promise<string>} the same if cleaning takes too long */
const cleanedSoon = (text) =>
  Promise.race([cleaned(text), new Promise((resolve) => setTimeout(resolve, CLEAN_WITHIN_MS, text))]);

/** @param {string} text @returns {Promise<boolean>} */
const isWritten = async (text) => {
  try {
    await navigator.clipboard.writeText(await cleanedSoon(text));
    return true;
  } catch {
    return false; // The page tries by itself then, and learns why not from the browser.
  }
};

/** @param {string} text */
const isLoneLink = (text) => text.length <= LONGEST && /^\s*https?:\/\/\S+\s*$/i.test(text);

/** Only while a person has just pressed something: that is when pages copy. @param {Event} event */
const take = (event) => {
  event.stopImmediatePropagation(); // the page need not see it
  if (!(event instanceof MessageEvent) || typeof event.data !== 'string' || !isLoneLink(event.data)) return;
  if (!navigator.userActivation.isActive || api.runtime?.id === undefined) return;
  event.preventDefault(); // says that it is taken
  const [port] = event.ports;
  isWritten(event.data).then((answer) => port?.postMessage(answer));
};

/** What the user, or the page for the user, selected. */
const selected = () => {
  const active = document.activeElement;
  const isField = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement;
  if (!isField) return String(getSelection());
  return active.value.slice(active.selectionStart ?? 0, active.selectionEnd ?? 0);
};

/** @param {string} text */
const replaceOnClipboard = async (text) => {
  if (!isLoneLink(text)) return;
  const clean = await cleaned(text.trim());
  if (clean !== text.trim()) await navigator.clipboard.writeText(clean);
};

window.addEventListener('detick-copied', take, true);

// A page may stop the event on its way, so the selection is read first; what it sets itself is read last.
window.addEventListener('copy', (event) => event.isTrusted && replaceOnClipboard(selected()), true);
window.addEventListener('copy', (event) => {
  if (event.isTrusted && event.defaultPrevented) replaceOnClipboard(event.clipboardData?.getData('text/plain') ?? '');
});
