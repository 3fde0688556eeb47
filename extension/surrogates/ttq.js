/**
 * Stands in for the pixel's script. Pages that wait for it go on: callbacks run, calls are accepted, nothing is sent,
 * stored or read. It must also run in workers, so it looks for no `document` there.
 *
 * A page's base code makes `ttq` an array with methods that queue calls; the pixel's script takes that queue over. This
 * one does the same and drops what it takes. The page's own `load` stays: it asks for this file once more.
 *
 * Dropped calls are counted by an event for Detick's own script in the page: what was about to be reported, with what
 * it was worth (`AddToCart 39.99 EUR`), and which kinds of personal data came with it, never the data.
 */
(() => {
  // Only in a module is there no `this`: there a page could read our address in the stack of whatever we call or it
  // calls.
  if (this === undefined) return;

  const COUNTED = 'detick-ttq';
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

  /** What Detick's script in the page counts. @param {{ event?: string, identity?: string[] }} what */
  const count = (what) => {
    if (typeof document === 'undefined' || 'importScripts' in self) return;
    document.dispatchEvent(new CustomEvent(COUNTED, { detail: JSON.stringify(what) }));
  };

  /** What an event was worth, as the page says: ` 39.99 EUR`, or nothing. @param {unknown} properties */
  const worth = (properties) => {
    const { value, currency } = isObject(properties) ? properties : {};
    if (!/^-?\d{1,12}(\.\d{1,6})?$/.test(String(value))) return '';
    return /^[a-z]{3}$/i.test(String(currency)) ? ` ${value} ${currency}` : ` ${value}`;
  };

  /** Effects of intercepted calls. @type {Record<string, (first: unknown, second: unknown) => void>} */
  const EFFECTS = {
    page: () => count({ event: 'Pageview' }),
    track: (event, properties) => count({ event: String(event) + worth(properties) }),
    identify: (who) => {
      if (isObject(who)) count({ identity: Object.keys(who).filter((key) => who[key]) });
    },
    // A callback runs after the page's own code, as it would after the real script; its errors stay the page's.
    ready: (callback) => {
      if (typeof callback === 'function') setTimeout(callback, 0);
    },
  };

  /** @param {string} method @param {unknown} first @param {unknown} second */
  const drop = (method, first, second) => {
    if (Object.hasOwn(EFFECTS, method)) EFFECTS[method]?.(first, second);
  };

  /** A queue's calls are arrays: the method's name, then its arguments. @param {unknown} call */
  const dropCall = (call) => {
    if (Array.isArray(call)) drop(String(call[0]), call[1], call[2]);
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

  /** @param {object} target @param {string[]} names */
  const silence = (target, names) => {
    for (const name of [...names, 'ready']) {
      fix(target, name, (/** @type {unknown} */ first, /** @type {unknown} */ second) => drop(name, first, second));
    }
  };

  /** Empties a queue and keeps it empty. @param {Queue} queue */
  const takeOver = (queue) => {
    const calls = Array.isArray(queue) ? queue.splice(0) : [];
    const push = (/** @type {unknown[]} */ ...later) => {
      later.forEach(dropCall);
      return 0;
    };
    fix(queue, 'push', push, { enumerable: false });
    calls.forEach(dropCall);
  };

  /** A pixel that knows nothing, which is what the real library returns for an unknown id. @param {unknown} id */
  const instance = (id) => {
    const known = isObject(queue._i) ? queue._i[String(id)] : undefined;
    const pixel = /** @type {Queue} */ (Array.isArray(known) ? known : []);
    silence(pixel, PIXEL_METHODS);
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

  const pixels = Object.keys(queue._i ?? {}).map(instance);
  for (const waiting of [queue, ...pixels]) takeOver(waiting);
})();
