/**
 * Runs in the page's own world: `navigator.clipboard.writeText` of a lone link has copy.js beside it write the clean
 * link. Where that does not, the page writes its text as it is. The page never gets to know the clean link: it would
 * tell what a person has chosen to keep. Everything used later is taken now, before a script of the page can change it.
 */
(() => {
  const clipboard = globalThis.Clipboard?.prototype; // missing on http pages
  const descriptor = clipboard && Object.getOwnPropertyDescriptor(clipboard, 'writeText');
  if (typeof descriptor?.value !== 'function') return;

  /** copy.js answers well before, unless it ends meanwhile. */
  const ANSWER_WITHIN_MS = 2000;
  const LONGEST = 65_536;
  const own = navigator.clipboard;
  const writeText = descriptor.value;
  const { apply } = Reflect;
  const { exec } = RegExp.prototype; // `test` would call whatever a page has put in its place
  const link = /^https?:\/\/\S+$/i;
  const dispatch = window.dispatchEvent;
  const later = window.setTimeout;
  const Channel = MessageChannel;
  const Question = MessageEvent;

  /**
   * @param {string} text
   * @returns {Promise<boolean> | undefined} whether it was written, clean; nothing at once if nobody takes it
   */
  const writtenClean = (text) => {
    const { port1, port2 } = new Channel();
    const question = new Question('detick-copied', { data: text, ports: [port2], cancelable: true });
    if (apply(dispatch, window, [question])) return undefined;
    return new Promise((resolve) => {
      const settle = (/** @type {unknown} */ isWritten) => {
        port1.close();
        resolve(isWritten === true);
      };
      port1.onmessage = ({ data }) => settle(data);
      apply(later, window, [settle, ANSWER_WITHIN_MS]);
    });
  };

  /** @param {unknown} text */
  const isLoneLink = (text) => typeof text === 'string' && text.length <= LONGEST && apply(exec, link, [text]) !== null;

  const replacement = {
    /** @this {Clipboard} @param {string} text @returns {Promise<void>} */
    writeText(text) {
      const written = this === own && isLoneLink(text) ? writtenClean(text) : undefined;
      // biome-ignore lint/complexity/noArguments: whatever else a page hands over, the browser gets
      if (!written) return apply(writeText, this, arguments);
      return written.then((isWritten) => (isWritten ? undefined : apply(writeText, this, [text])));
    },
  };
  Object.defineProperty(clipboard, 'writeText', { ...descriptor, value: replacement.writeText });
})();
// Whoever reads a stack, or an error made here, finds no address of ours.
//# sourceURL=about:blank
