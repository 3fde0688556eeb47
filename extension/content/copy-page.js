/**
 * Runs in the page's own world: `navigator.clipboard.writeText` of a lone link writes the clean link. Asks copy.js beside it, which
 * may ask Detick; without an answer in time the page's text is written as it is. Everything used later is
 * taken now, before a script of the page can change it.
 */
(() => {
  const clipboard = globalThis.Clipboard?.prototype; // missing on http pages
  const descriptor = clipboard && Object.getOwnPropertyDescriptor(clipboard, 'writeText');
  if (typeof descriptor?.value !== 'function') return;

  const ANSWER_WITHIN_MS = 1000;
  const LONGEST = 65_536;
  const writeText = descriptor.value;
  const { apply } = Reflect;
  const { test } = RegExp.prototype;
  const link = /^https?:\/\/\S+$/i;
  const post = window.postMessage;
  const later = window.setTimeout;
  const Channel = MessageChannel;

  /** The clean link, or the same one. @param {string} text @returns {Promise<string>} */
  const cleaned = (text) =>
    new Promise((resolve) => {
      const { port1, port2 } = new Channel();
      const settle = (/** @type {unknown} */ answer) => {
        port1.close();
        resolve(typeof answer === 'string' ? answer : text);
      };
      port1.onmessage = ({ data }) => settle(data);
      apply(later, window, [settle, ANSWER_WITHIN_MS]);
      apply(post, window, [{ detick: 'copied', text }, '*', [port2]]);
    });

  /** @param {unknown} text */
  const isLoneLink = (text) => typeof text === 'string' && text.length <= LONGEST && apply(test, link, [text]);

  const replacement = {
    /** @this {Clipboard} @param {string} text @returns {Promise<void>} */
    writeText(text) {
      // biome-ignore lint/complexity/noArguments: whatever else a page hands over, or nothing, is the browser's business
      if (!isLoneLink(text)) return apply(writeText, this, arguments);
      return cleaned(text).then((clean) => apply(writeText, this, [clean]));
    },
  };
  Object.defineProperty(clipboard, 'writeText', { ...descriptor, value: replacement.writeText });
})();
