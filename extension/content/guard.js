/**
 * Answers a visitor's page on tiktok.com as if the person had said no: camera, microphone, screen, place, clipboard, motion, MIDI and
 * identity. Runs in the page's own world, before its scripts.
 */
(() => {
  /** @param {string} name */
  const refuse = (name) => {
    throw new DOMException('The request is not allowed by the user agent.', name);
  };
  const rejects = async () => refuse('NotAllowedError');

  /**
   * What a page calls, by the interface that has it, and what it gets instead.
   *
   * @type {Record<string, Record<string, (...values: any[]) => unknown>>}
   */
  const ANSWERS = {
    MediaDevices: { getUserMedia: rejects, getDisplayMedia: rejects },
    Geolocation: { getCurrentPosition: denyPlace, watchPosition: denyPlace },
    Clipboard: { read: rejects, readText: rejects },
    Navigator: { requestMIDIAccess: rejects },
    CredentialsContainer: { get: rejects, create: rejects },
  };

  /** Events that tell how a device is held and moved. */
  const MOTION = /^device(motion|orientation|orientationabsolute)$/;

  /** @param {unknown} _ @param {((error: object) => void) | null} [fail] */
  function denyPlace(_, fail) {
    const error = { code: 1, message: 'User denied Geolocation', PERMISSION_DENIED: 1 };
    if (typeof fail === 'function') setTimeout(() => fail(error), 0);
    return 0;
  }

  const scope = /** @type {Record<string, { prototype: object } | undefined>} */ (/** @type {unknown} */ (globalThis));
  for (const [name, methods] of Object.entries(ANSWERS)) {
    const { prototype } = scope[name] ?? {};
    for (const [method, value] of Object.entries(methods)) {
      if (prototype && method in prototype) Object.defineProperty(prototype, method, { value, configurable: false });
    }
  }

  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function addEventListener(type, ...rest) {
    if (!MOTION.test(type)) listen.call(this, type, ...rest);
  };
})();
