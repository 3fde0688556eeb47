/**
 * Answers a visitor's page on tiktok.com as if the person had said no, to everything that the header
 * `Permissions-Policy` in filters/visitor.txt denies where browsers heed it: what this browser does not have is passed
 * over. Runs in the page's own world, before its scripts.
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
   * @type {Record<string, Record<string, unknown>>}
   */
  const ANSWERS = {
    MediaDevices: { getUserMedia: rejects, getDisplayMedia: rejects },
    Geolocation: { getCurrentPosition: denyPlace, watchPosition: denyPlace },
    Clipboard: { read: rejects, readText: rejects },
    Navigator: { requestMIDIAccess: rejects, mozGetUserMedia: denyCamera },
    CredentialsContainer: { get: rejects, create: rejects },
    PaymentRequest: { canMakePayment: async () => false, show: rejects },
    Bluetooth: { requestDevice: rejects },
    HID: { requestDevice: rejects },
    Serial: { requestPort: rejects },
    USB: { requestDevice: rejects },
    IdleDetector: { start: rejects },
    Sensor: { start: () => undefined },
  };

  /** Events that tell how a device is held and moved. */
  const MOTION = /^device(motion|orientation|orientationabsolute)$/;

  /**
   * The camera as pages asked for it of old.
   *
   * @param {unknown} _
   * @param {unknown} __
   * @param {(error: object) => void} [fail]
   */
  function denyCamera(_, __, fail) {
    rejects().catch((error) => fail?.(error));
  }

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

  for (const name of ['ondevicemotion', 'ondeviceorientation', 'ondeviceorientationabsolute']) {
    if (name in globalThis) Object.defineProperty(globalThis, name, { get: () => null, set: () => undefined });
  }

  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function addEventListener(type, ...rest) {
    if (!MOTION.test(type)) listen.call(this, type, ...rest);
  };
})();
