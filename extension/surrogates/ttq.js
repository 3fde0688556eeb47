/**
 * Stands in for the pixel's script. Pages that wait for it go on: callbacks run, calls are accepted, nothing is sent,
 * stored or read. It must also run in workers, so it knows no `document`.
 *
 * A page's base code makes `ttq` an array with methods that queue calls; the pixel's script takes that queue over. This
 * one does the same and drops what it takes. The page's own `load` stays: it asks for this file once more.
 */
(() => {
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

  /** Page code must not break ours, nor find out by an exception. @param {unknown} callback */
  const run = (callback) => {
    if (typeof callback === 'function') setTimeout(callback, 0);
  };

  /**
   * The real library cannot be overwritten by base code that runs again: its methods have setters that do nothing.
   *
   * @param {object} target
   * @param {string} name
   * @param {unknown} value
   */
  const fix = (target, name, value) => {
    try {
      Object.defineProperty(target, name, {
        configurable: true,
        enumerable: true,
        get: () => value,
        set: () => undefined,
      });
    } catch {
      // A page that froze or fixed the property itself keeps its own.
    }
  };

  /** @param {object} target @param {string[]} names */
  const silence = (target, names) => {
    for (const name of names) fix(target, name, () => undefined);
    fix(target, 'ready', run);
  };

  /** @typedef {unknown[] & Record<string, unknown>} Queue */

  /** What a queue holds of `ready(callback)` calls. @param {Queue} queue */
  const takeReady = (queue) => {
    const callbacks = queue.flatMap((call) => (Array.isArray(call) && call[0] === 'ready' ? [call[1]] : []));
    queue.length = 0;
    return callbacks;
  };

  const scope = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (self));
  const name = String(scope.TiktokAnalyticsObject || 'ttq');
  const queue = /** @type {Queue} */ (Array.isArray(scope[name]) ? scope[name] : []);
  const pixels = /** @type {Queue[]} */ (Object.values(queue._i ?? {}).filter(Array.isArray));
  const waiting = [queue, ...pixels].flatMap(takeReady);

  for (const pixel of pixels) silence(pixel, [...PIXEL_METHODS, 'push']);
  silence(queue, [...LIBRARY_METHODS, 'push']);
  fix(queue, 'instances', () => []);
  fix(queue, 'instance', () => {
    const pixel = { getPixelInfo: () => ({}) };
    silence(pixel, PIXEL_METHODS);
    return pixel;
  });
  queue.load ??= () => undefined;
  queue.methods ??= [...LIBRARY_METHODS, 'ready', 'instance', 'instances'];
  queue.setAndDefer ??= () => undefined;
  for (const store of ['_i', '_t', '_o']) queue[store] ??= {};
  scope[name] ??= queue;

  for (const callback of waiting) run(callback);
})();
