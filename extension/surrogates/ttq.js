/**
 * Stands in for the pixel's script. Pages that wait for it go on: callbacks run, calls are accepted, nothing is sent,
 * stored or read. It must also run in workers, so it looks for no `document` there.
 *
 * A page's base code makes `ttq` an array with methods that queue calls; the pixel's script takes that queue over. This
 * one does the same and drops what it takes. The page's own `load` stays: it asks for this file once more.
 *
 * Of a dropped call Detick's own script in the page is told, by an event, the report that the pixel would have sent of
 * it: what happened, with what the page said of it, where, and to whose pixel. Of personal data that a page hands over
 * to be recognised by, that report has the kinds alone, never the data.
 */
(() => {
  // Only in a module is there no `this`: there a page could read our address in the stack of whatever we call or it
  // calls.
  if (this === undefined) return;

  const TOLD = 'detick-ttq';
  /** The longest report that is told; the pixel's own are a few thousand characters. */
  const LONGEST = 16_000;
  /** Stands for the hash of something: there is nobody whose it is. */
  const HASH = '0'.repeat(64);
  const PIXEL_METHODS = [
    'page',
    'track',
    'identify',
    'on',
    'off',
    'once',
    'alias',
    'group',
    'enableCookie',
    'disableCookie',
    'holdConsent',
    'revokeConsent',
    'grantConsent',
    'setPageInfo',
    'setAdvancedMatchingAvailableProperties',
    'setPixelInfo',
  ];
  const LIBRARY_METHODS = [
    ...PIXEL_METHODS,
    'debug',
    'set',
    'setAnonymousId',
    'enableFirstPartyCookie',
    'setPCMDomain',
    'setPCMConfig',
    'usePlugin',
    'loadPixel',
    'resetCookieExpires',
  ];

  /** @typedef {unknown[] & Record<string, unknown>} Queue */

  /** @param {unknown} value @returns {value is Record<string, unknown>} */
  const isObject = (value) => typeof value === 'object' && value !== null;

  /**
   * Tells what the pixel would have reported. What a page hands over may be anything: what is no JSON, or too much, is
   * left out.
   *
   * @param {string} pixels their numbers
   * @param {string} event
   * @param {unknown} properties
   * @param {Record<string, string>} [user]
   */
  const tell = (pixels, event, properties, user = {}) => {
    if (typeof document === 'undefined' || 'importScripts' in self) return;
    const page = { url: location.href, referrer: document.referrer };
    const context = { user, pixel: { codes: pixels }, page, userAgent: navigator.userAgent };
    const detail = written({ event, properties, context }) ?? written({ event, context });
    if (detail !== undefined) document.dispatchEvent(new CustomEvent(TOLD, { detail }));
  };

  /** @param {object} report @returns {string | undefined} */
  const written = (report) => {
    try {
      const text = JSON.stringify(report);
      return text.length <= LONGEST ? text : undefined;
    } catch {
      return undefined;
    }
  };

  /**
   * The kinds of what a page hands over to have people recognised by, in the form in which the pixel would send them.
   *
   * @param {unknown} who
   */
  const kindsOf = (who) => {
    if (!isObject(who)) return [];
    const given = Object.entries(who).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
    const isSentAsItIs = (/** @type {string} */ key, /** @type {unknown} */ value) =>
      key === 'external_id' && !/^[0-9a-f]{32,64}$/i.test(String(value));
    return given
      .filter(([, value]) => value !== '')
      .map(([key, value]) => [key, isSentAsItIs(key, value) ? 'given' : HASH]);
  };

  /** Effects of intercepted calls. @type {Record<string, (pixels: string, first: unknown, second: unknown) => void>} */
  const EFFECTS = {
    page: (pixels, properties) => tell(pixels, 'Pageview', properties),
    track: (pixels, event, properties) =>
      tell(pixels, event === 'Purchase' ? 'CompletePayment' : String(event), properties),
    identify: (pixels, first, second) => {
      const kinds = [...kindsOf(first), ...kindsOf(second)];
      if (kinds.length > 0) tell(pixels, 'EnrichAM', {}, Object.fromEntries(kinds));
    },
    // A callback runs after the page's own code, as it would after the real script; its errors stay the page's.
    ready: (_, callback) => {
      if (typeof callback === 'function') setTimeout(callback, 0);
    },
  };

  /** Every pixel of the page. */
  const allPixels = () => Object.keys(queue._i ?? {}).join('|');

  /** @param {string} method @param {unknown} first @param {unknown} second @param {string} [pixels] one alone */
  const drop = (method, first, second, pixels = allPixels()) => {
    if (Object.hasOwn(EFFECTS, method)) EFFECTS[method]?.(pixels, first, second);
  };

  /**
   * A queue's calls are arrays: the method's name, then its arguments.
   *
   * @param {unknown} call
   * @param {string} [pixels]
   */
  const dropCall = (call, pixels) => {
    if (Array.isArray(call)) drop(String(call[0]), call[1], call[2], pixels);
  };

  /**
   * The real library cannot be overwritten by base code that runs again: its methods have setters that do nothing.
   *
   * @param {object} target
   * @param {string} name
   * @param {unknown} value
   * @param {{ enumerable: boolean }} [visibility]
   */
  const fix = (target, name, value, { enumerable } = { enumerable: true }) => {
    try {
      Object.defineProperty(target, name, { configurable: true, enumerable, get: () => value, set: () => undefined });
    } catch {
      // A page that froze or fixed the property itself keeps its own.
    }
  };

  /** @param {object} target @param {string[]} names @param {string} [pixels] one alone */
  const silence = (target, names, pixels) => {
    for (const name of [...names, 'ready']) {
      fix(target, name, (/** @type {unknown} */ first, /** @type {unknown} */ second) =>
        drop(name, first, second, pixels),
      );
    }
  };

  /** Empties a queue and keeps it empty. @param {Queue} queue @param {string} [pixels] one alone */
  const takeOver = (queue, pixels) => {
    const calls = Array.isArray(queue) ? queue.splice(0) : [];
    const push = (/** @type {unknown[]} */ ...later) => {
      for (const call of later) dropCall(call, pixels);
      return 0;
    };
    fix(queue, 'push', push, { enumerable: false });
    for (const call of calls) dropCall(call, pixels);
  };

  /** A pixel that knows nothing, which is what the real library returns for an unknown id. @param {unknown} id */
  const instance = (id) => {
    const known = isObject(queue._i) ? queue._i[String(id)] : undefined;
    const pixel = /** @type {Queue} */ (Array.isArray(known) ? known : []);
    silence(pixel, PIXEL_METHODS, String(id));
    fix(pixel, 'getPixelInfo', () => ({}));
    return pixel;
  };

  const scope = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (self));
  const name = String(scope.TiktokAnalyticsObject || 'ttq');
  const present = scope[name];
  const queue = /** @type {Queue} */ (isObject(present) ? present : []);

  silence(queue, LIBRARY_METHODS);
  fix(queue, 'instances', () => []);
  fix(queue, 'instance', instance);
  queue.load ??= () => undefined;
  queue.methods ??= [...LIBRARY_METHODS, 'ready', 'instance', 'instances'];
  queue.setAndDefer ??= () => undefined;
  for (const store of ['_i', '_t', '_o']) queue[store] ??= {};
  scope[name] ??= queue;

  const waiting = Object.keys(queue._i ?? {}).map((id) => /** @type {const} */ ([instance(id), id]));
  takeOver(queue);
  for (const [pixel, id] of waiting) takeOver(pixel, id);
})();
