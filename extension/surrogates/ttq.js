/**
 * Stands in for the pixel's script. Pages that wait for it go on: callbacks run, calls are accepted, nothing is sent or
 * stored. It runs in two places:
 *
 * - As the answer to a request for the pixel's script, in pages and in workers, where it looks for no `document`. A
 *   page's base code makes `ttq` an array with methods that queue calls; the pixel's script takes that queue over. This
 *   one does the same and drops what it takes. The page's own `load` stays: it asks for this file once more.
 * - Before any script of a page, in the page's own world, where it waits for the base code and takes the queue over as
 *   soon as there is one. A pixel that comes from the site's own address, which no rule can tell, then finds a queue
 *   that knows no pixel and keeps its methods, and has nothing to report. That one alone tells Detick's script beside
 *   the page, over a node that both have from before the page began, the report that the pixel would have sent: what
 *   happened, with what the page said of it, where, and to whose pixel. Of personal data that a page hands over to be
 *   recognised by, that report has the kinds alone, never the data. And what the page has said to its tag manager of
 *   what it sells, which the pixel reads besides. What Partytown passes on to a pixel in a worker, it hears on the way.
 */
(() => {
  // Only in a module is there no `this`: there a page could read our address in the stack of whatever we call or it
  // calls.
  if (this === undefined) return;

  /** Which object of a page is the pixel's. */
  const NAMED = 'TiktokAnalyticsObject';
  /** The longest report that is told; the pixel's own are a few thousand characters. */
  const LONGEST = 16_000;
  const MOST_PIXELS = 20;
  /** As much is read of what a page says to its tag manager. */
  const MOST_ENTRIES = 100;
  /** What of that is about what is sold and searched for. */
  const ENTRIES_SAY = ['ecommerce', 'items', 'transaction_id', 'value', 'currency', 'search_term'];
  /** What Tealium's tag manager calls these, as its documentation gives it. */
  const UTAG_SAYS = Object.entries({
    order_id: 'transaction_id',
    order_total: 'value',
    order_currency: 'currency',
    search_keyword: 'search_term',
  });
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
  /** Those that say something of the page and its people. */
  const TOLD = ['page', 'track', 'identify'];
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

  const scope = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (self));
  const isPage = typeof document !== 'undefined' && !('importScripts' in self);
  /** Whether no script of the page has run yet. */
  const isFirst = isPage && document.currentScript === null && document.scripts.length === 0;

  /**
   * Hands on what is told, or gathered; not where this is an answer to the page.
   *
   * @type {((type: 'told' | 'gathered', detail: string) => void) | undefined}
   */
  let hand;

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
    if (!hand) return;
    const page = { url: location.href, referrer: document.referrer };
    const context = { user, pixel: { codes: pixels }, page, userAgent: navigator.userAgent };
    const detail = written({ event, properties, context }) ?? written({ event, context });
    if (detail !== undefined) hand('told', detail);
    for (const entry of freshEntries()) {
      const gathered = written({ auto_collected_properties: { content_data: { data_layer: [entry] } } });
      if (gathered !== undefined) hand('gathered', gathered);
    }
  };

  /** Entries that were read. @type {WeakSet<object>} */
  const read = new WeakSet();
  let entriesRead = 0;

  /** What the page has said to its tag manager since this was asked last: the pixel reads that besides. */
  const freshEntries = () => {
    try {
      const layer = scope.dataLayer;
      const all = Array.isArray(layer) ? layer.slice(-MOST_ENTRIES) : [];
      const fresh = all.filter((entry) => isObject(entry) && !read.has(entry)).slice(0, MOST_ENTRIES - entriesRead);
      for (const entry of fresh) read.add(entry);
      entriesRead += fresh.length;
      return [...fresh.map(soldIn), soldByUtag()].filter((said) => Object.keys(said).length > 0);
    } catch {
      return []; // a page may have put anything there
    }
  };

  /**
   * What an entry says of what is sold: it is an object, or the three arguments of a call.
   *
   * @param {Record<string, unknown>} entry
   */
  const soldIn = (entry) => {
    const said = entry[0] === 'event' ? entry[2] : entry;
    if (!isObject(said)) return {};
    return Object.fromEntries(ENTRIES_SAY.filter((key) => key in said).map((key) => [key, said[key]]));
  };

  /** What a page says to Tealium's tag manager, where each product has its place in several lists. */
  const soldByUtag = () => {
    const said = isObject(scope.utag) ? scope.utag.data : undefined;
    if (!isObject(said) || read.has(said)) return {};
    read.add(said);
    const products = [said.product_name ?? said.product_id ?? []].flat().slice(0, MOST_ENTRIES);
    const items = products.map((name) => ({ item_name: name }));
    const rest = UTAG_SAYS.filter(([theirs]) => theirs in said).map(([theirs, key]) => [key, said[theirs]]);
    return { ...Object.fromEntries(rest), ...(items.length > 0 && { items }) };
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
    track: (pixels, event, properties) => {
      if (typeof event === 'string') tell(pixels, event === 'Purchase' ? 'CompletePayment' : event, properties);
    },
    identify: (pixels, first, second) => {
      const kinds = [...kindsOf(first), ...kindsOf(second)];
      if (kinds.length > 0) tell(pixels, 'EnrichAM', {}, Object.fromEntries(kinds));
    },
    // A callback runs after the page's own code, as it would after the real script; its errors stay the page's.
    ready: (_, callback) => {
      if (typeof callback === 'function') setTimeout(callback, 0);
    },
  };

  /** The pixels of the page, as far as it has named them. @type {Set<string>} */
  const ids = new Set();

  /** @param {string} method @param {unknown} first @param {unknown} second @param {string} [pixels] one alone */
  const drop = (method, first, second, pixels = [...ids].join('|')) => {
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
   * @param {{ enumerable?: boolean, set?: (value: unknown) => void }} [how]
   */
  const fix = (target, name, value, { enumerable = true, set = () => undefined } = {}) => {
    const before = /** @type {Record<string, unknown>} */ (target)[name];
    try {
      Object.defineProperty(target, name, { configurable: true, enumerable, get: () => value, set });
      set(before);
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

  /**
   * A pixel that knows nothing, which is what the real library returns for an unknown id.
   *
   * @param {Queue} queue
   * @param {unknown} id
   */
  const instance = (queue, id) => {
    const known = isObject(queue._i) ? queue._i[String(id)] : undefined;
    const pixel = /** @type {Queue} */ (Array.isArray(known) ? known : []);
    silence(pixel, PIXEL_METHODS, String(id));
    fix(pixel, 'getPixelInfo', () => ({}));
    return pixel;
  };

  /** Makes a queue the library's, once. @param {Queue} queue @returns {boolean} whether it was not yet */
  const adopt = (queue) => {
    if (Object.getOwnPropertyDescriptor(queue, 'push')?.get) return false;
    silence(queue, LIBRARY_METHODS);
    fix(queue, 'instances', () => []);
    fix(queue, 'instance', (/** @type {unknown} */ id) => instance(queue, id));
    return true;
  };

  /** @param {unknown} id */
  const note = (id) => {
    if (typeof id === 'string' && ids.size < MOST_PIXELS) ids.add(id);
    return true;
  };

  /** Pixels as a page names them. The real library finds none of them there, and can add none. */
  const noPixels = new Proxy(/** @type {Record<string, unknown>} */ ({}), {
    get: (target, id) => (typeof id === 'string' && ids.has(id) ? [] : Reflect.get(target, id)),
    set: (_, id) => note(id),
    defineProperty: (_, id) => note(id),
  });

  /** Queues that were taken over, as the page sees them. @type {WeakMap<object, unknown>} */
  const inert = new WeakMap();

  /** @param {unknown} pixels */
  const noteAll = (pixels) => isObject(pixels) && Object.keys(pixels).forEach(note);

  /**
   * Some clients make the pixel a function that keeps what it is called with. It stays the page's, but knows no pixel,
   * and what it keeps is heard.
   *
   * @param {Queue & ((...given: unknown[]) => unknown)} pixel
   * @returns {unknown} as the page is to see it
   */
  const overhear = (pixel) => {
    fix(pixel, '_i', noPixels, { set: noteAll });
    const heard = new WeakSet();
    const hear = () => {
      const kept = Array.isArray(pixel.queue) ? pixel.queue : [];
      for (const call of kept.filter((one) => isObject(one) && !heard.has(one))) {
        heard.add(call);
        if (call[0] === 'init') note(call[1]);
        drop(String(call[0]), call[1], call[2]);
      }
    };
    setTimeout(hear, 0);
    const shown = new Proxy(pixel, {
      apply: (target, owner, given) => {
        const result = Reflect.apply(target, owner, given);
        hear();
        return result;
      },
    });
    for (const one of [pixel, shown]) inert.set(one, shown);
    return shown;
  };

  /**
   * Takes over a queue before the real library can, which defines its methods anew.
   *
   * @param {unknown} value
   * @returns {unknown} as the page is to see it
   */
  const keepInert = (value) => {
    if (!Object.isExtensible(value)) return value;
    const queue = /** @type {Queue} */ (/** @type {unknown} */ (value));
    if (typeof queue === 'function') return inert.get(queue) ?? overhear(queue);
    if (!Array.isArray(value)) return value;
    if (!adopt(queue)) return inert.get(queue) ?? queue;
    fix(queue, '_i', noPixels, { set: noteAll });
    takeOver(queue);
    const fixed = Object.getOwnPropertyNames(queue).filter((key) => Object.getOwnPropertyDescriptor(queue, key)?.get);
    const shown = new Proxy(queue, {
      defineProperty: (target, key, how) => fixed.includes(String(key)) || Reflect.defineProperty(target, key, how),
    });
    inert.set(queue, shown);
    return shown;
  };

  /**
   * Has a say when a property of the page's is set. It is there before the page sets it, as nothing.
   *
   * @param {string} name
   * @param {(value: unknown) => unknown} react given what is set, gives what the page is to find there
   */
  const onSet = (name, react) => {
    let held = scope[name] === undefined ? undefined : react(scope[name]);
    try {
      Object.defineProperty(self, name, {
        configurable: true,
        get: () => held,
        set: (value) => {
          held = react(value);
        },
      });
    } catch {
      // a page that was there before fixed it
    }
  };

  /**
   * Calls of the page's that Partytown passes on to a worker, where the pixel runs and nobody hears what the answer
   * there is told. What is called stays Partytown's.
   *
   * @param {string} method
   * @param {ArrayLike<unknown>} given
   */
  const hearForwarded = (method, given) => {
    try {
      if (method === 'load') note(given[0]);
      else if (TOLD.includes(method)) drop(method, given[0], given[1]);
      else if (method === 'push')
        for (const call of Array.from(given)) if (Array.isArray(call)) hearForwarded(String(call[0]), call.slice(1));
    } catch {
      // a page may hand over anything
    }
  };

  /** Objects whose forwards are overheard. @type {WeakSet<object>} */
  const overheard = new WeakSet();

  /** Hears what was passed on so far, and what will be: by then Partytown has its functions in the pixel's place. */
  const overhearForwards = () => {
    const { partytown, ttq: pixel, _ptf: queued } = scope;
    const forward = isObject(partytown) ? partytown.forward : undefined;
    if (!Array.isArray(forward) || !isObject(pixel) || inert.has(pixel) || overheard.has(pixel)) return;
    const names = forward.map((one) => String([one].flat()[0])).filter((name) => name.startsWith('ttq.'));
    if (names.length === 0) return;
    overheard.add(pixel);
    // The queue has paths and arguments in turn.
    const calls = Array.isArray(queued) ? queued : [];
    for (const [at, path] of calls.entries())
      if (at % 2 === 0 && path?.[0] === 'ttq') hearForwarded(String(path[1]), calls[at + 1] ?? []);
    for (const name of names) passOn(pixel, name.slice('ttq.'.length));
  };

  /** @param {Record<string, unknown>} pixel @param {string} method that Partytown puts there, and once more later */
  const passOn = (pixel, method) => {
    const heard = (/** @type {unknown} */ value) =>
      typeof value !== 'function'
        ? value
        : new Proxy(value, {
            apply: (target, owner, given) => {
              hearForwarded(method, given);
              return Reflect.apply(target, owner, given);
            },
          });
    let shown = heard(pixel[method]);
    const get = () => shown;
    const set = (/** @type {unknown} */ value) => {
      shown = heard(value);
    };
    Object.defineProperty(pixel, method, { configurable: true, enumerable: true, get, set });
  };

  /** Pages of the same origin as the tab's, and no others: what is in their frames is theirs. */
  const isOfTop = () => {
    try {
      return Boolean(top?.location.href);
    } catch {
      return false;
    }
  };

  if (isFirst) {
    if (!isOfTop()) return;
    const { dispatchEvent } = EventTarget.prototype;
    const [Told, { apply }, node] = [CustomEvent, Reflect, document.createElement('i')];
    hand = (type, detail) => apply(dispatchEvent, node, [new Told(type, { detail })]);
    document.fonts.dispatchEvent(new MouseEvent('told', { relatedTarget: node }));
    const known = new Set();
    onSet(NAMED, (name) => {
      const isNew = typeof name === 'string' && !known.has(name);
      if (isNew && (scope[name] === undefined || Array.isArray(scope[name]) || typeof scope[name] === 'function')) {
        known.add(name);
        onSet(name, keepInert);
      }
      return name;
    });
    for (const type of ['DOMContentLoaded', 'load']) self.addEventListener(type, overhearForwards);
    return;
  }

  const name = String(scope[NAMED] || 'ttq');
  const present = scope[name];
  const queue = /** @type {Queue} */ (isObject(present) ? present : []);
  const isNew = adopt(queue);
  queue.load ??= () => undefined;
  queue.methods ??= [...LIBRARY_METHODS, 'ready', 'instance', 'instances'];
  queue.setAndDefer ??= () => undefined;
  for (const store of ['_i', '_t', '_o']) queue[store] ??= {};
  scope[name] ??= queue;
  if (!isNew) return;

  const waiting = Object.keys(queue._i ?? {}).map((id) => /** @type {const} */ ([instance(queue, id), id]));
  takeOver(queue);
  for (const [pixel, id] of waiting) takeOver(pixel, id);
})();
// Whoever reads a stack finds the pixel's address, not one that is Detick's alone.
//# sourceURL=https://analytics.tiktok.com/i18n/pixel/events.js
