/**
 * Runs beside pages that share by a button of their own. Answers copy-page.js, and after a copy of a lone link (Ctrl+C,
 * or a page's `execCommand`) puts the clean one on the clipboard instead.
 */
(() => {
  const api = /** @type {typeof chrome} */ (
    /** @type {{ browser?: typeof chrome }} */ (globalThis).browser ?? globalThis.chrome
  );

  /** The text as Detick would have it; the same if it is not there to ask. @param {string} text @returns {Promise<string>} */
  const cleaned = async (text) => {
    try {
      const answer = await api.runtime.sendMessage({ name: 'cleanCopied', payload: { text } });
      return answer?.ok ? answer.value.text : text;
    } catch {
      // Detick was updated or removed while the page stayed open.
      return text;
    }
  };

  /** @param {MessageEvent} event */
  const answer = (event) => {
    if (event.source !== window || event.data?.detick !== 'copied' || typeof event.data.text !== 'string') return;
    event.stopImmediatePropagation(); // the page need not see it
    const [port] = event.ports;
    cleaned(event.data.text).then((text) => port?.postMessage(text));
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
    if (!/^\s*https?:\/\/\S+\s*$/i.test(text)) return;
    const clean = await cleaned(text.trim());
    if (clean !== text.trim()) await navigator.clipboard.writeText(clean);
  };

  window.addEventListener('message', answer, true);

  // A page may stop the event on its way, so the selection is read first; what it sets itself is read last.
  window.addEventListener('copy', (event) => event.isTrusted && replaceOnClipboard(selected()), true);
  window.addEventListener('copy', (event) => {
    if (event.isTrusted && event.defaultPrevented) replaceOnClipboard(event.clipboardData?.getData('text/plain') ?? '');
  });
})();
