/**
 * Backgrounds that live and die: the whole of background.js against the fake browser, as often as a test wants, each time with
 * modules of its own. A life that has ended gets no more answers, so that nothing of it goes on.
 *
 * Import it before anything from extension/.
 */

import { register } from 'node:module';
import { events, reset, world } from './fake-browser.js';
import { disk } from './fake-indexeddb.js';

register(new URL('lives-loader.js', import.meta.url));

/** @typedef {typeof events & Record<string, {listeners: ((...values: any[]) => unknown)[], fire: (...values: any[]) => unknown}>} AllEvents */

/** What is stored and in force, which is all that outlives a background. */
const KEPT = /** @type {const} */ ({
  local: () => world.local.data,
  session: () => world.session.data,
  dynamic: () => world.dynamic.rules,
  sessionRules: () => world.sessionRules.rules,
  rulesets: () => [...world.rulesets].sort(),
  scripts: () => world.scripts,
  alarms: () => world.alarms,
  disk: () => disk.stores,
});

/** @typedef {Record<keyof typeof KEPT, any>} Snapshot */

/** @returns {Snapshot} */
export function snapshot() {
  const kept = Object.fromEntries(Object.entries(KEPT).map(([name, read]) => [name, read()]));
  return /** @type {Snapshot} */ (structuredClone(kept));
}

/** Cookies of the fake browser. @type {{name: string, domain: string, value: string, path: string, secure: boolean, storeId: string}[]} */
export const cookies = [];

/** Puts the browser into a state. @param {Snapshot} state */
export function restore(state) {
  reset();
  const { local, session, dynamic, sessionRules, rulesets, scripts, alarms, disk: stores } = structuredClone(state);
  world.local.data = local;
  world.session.data = session;
  world.dynamic.rules = dynamic;
  world.sessionRules.rules = sessionRules;
  world.rulesets = new Set(rulesets);
  world.scripts = scripts;
  world.alarms = alarms;
  disk.stores = stores;
}

/** @param {Snapshot} state @returns {Snapshot} after the browser was closed and opened */
export function reopened(state) {
  return { ...state, session: {}, sessionRules: [] };
}

let lives = 0;

/** Files that are being read. */
let reading = 0;
const fetchFile = globalThis.fetch;
globalThis.fetch = (input, init) => {
  reading += 1;
  return fetchFile(input, init).finally(() => {
    reading -= 1;
  });
};

/** One life of the background. */
export class Life {
  #dead = false;
  #calls = 0;
  /** Called after each answer of the browser. @type {() => void} */
  onAnswer = () => undefined;

  /** @returns {Promise<Life>} a background that has just been started, with its listeners in place */
  static async start() {
    const life = new Life();
    for (const event of Object.values(events)) event.listeners = [];
    for (const area of [world.local, world.session]) area.onChanged.listeners = [];
    Object.assign(globalThis, { chrome: life.#wrap(wholeBrowser) });
    lives += 1;
    await import(`../../extension/background.js?life=${lives}`);
    return life;
  }

  /** Ends it on the spot: it gets no further answer. */
  kill() {
    this.#dead = true;
  }

  /** Waits until it asks the browser for nothing more, and reads no file. */
  async settle() {
    for (let before = -1; before !== this.#calls || reading > 0; ) {
      before = this.#calls;
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  }

  /**
   * The browser as this life sees it.
   *
   * @template {object} T
   * @param {T} part
   * @returns {T}
   */
  #wrap(part) {
    return new Proxy(part, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (typeof value === 'function') return this.#wrapCall(target, value);
        return typeof value === 'object' && value !== null && !('listeners' in value) ? this.#wrap(value) : value;
      },
    });
  }

  /** @param {object} target @param {Function} call */
  #wrapCall(target, call) {
    return (/** @type {unknown[]} */ ...values) => {
      if (this.#dead) return new Promise(() => undefined);
      const answer = call.apply(target, values);
      if (!(answer instanceof Promise)) return answer;
      this.#calls += 1;
      this.onAnswer(); // The browser has done it; the background has not yet heard.
      return answer.finally(() => {
        this.#calls += 1;
        return this.#dead ? new Promise(() => undefined) : this.onAnswer();
      });
    };
  }
}

/** An event that nothing but the background listens to. */
function event() {
  /** @type {((...values: any[]) => unknown)[]} */
  const listeners = [];
  const added = {
    listeners,
    addListener: (/** @type {(...values: any[]) => unknown} */ listener) => added.listeners.push(listener),
    fire: (/** @type {any[]} */ ...values) => added.listeners.map((listener) => listener(...values)),
  };
  return added;
}

/** Events that only a whole background listens to. */
export const more = {
  onCookie: event(),
  onBeforeNavigate: event(),
  onCompleted: event(),
};

const nothing = async () => undefined;
const fake = /** @type {any} */ (globalThis.chrome);

/** The fake browser with all that background.js asks for. */
const wholeBrowser = {
  ...fake,
  storage: { ...fake.storage, managed: { get: async () => ({}) } },
  action: { ...fake.action, setIcon: nothing, setTitle: nothing },
  tabs: {
    ...fake.tabs,
    query: async () => [],
    get: nothing,
    onUpdated: event(),
    onCreated: event(),
    onReplaced: event(),
  },
  webNavigation: { ...fake.webNavigation, onBeforeNavigate: more.onBeforeNavigate, onCompleted: more.onCompleted },
  webRequest: {
    ...fake.webRequest,
    onBeforeRequest: event(),
    onBeforeRedirect: event(),
    onErrorOccurred: event(),
    onResponseStarted: event(),
    onCompleted: event(),
  },
  cookies: {
    onChanged: more.onCookie,
    getAllCookieStores: async () => [{ id: '0' }],
    getAll: async (/** @type {{domain?: string}} */ { domain }) =>
      cookies.filter((cookie) => !domain || cookie.domain.replace(/^\./, '').endsWith(domain)),
    remove: nothing,
  },
  browsingData: { remove: nothing },
  commands: { onCommand: event() },
  contextMenus: { create: nothing, removeAll: nothing, onClicked: event() },
  omnibox: { onInputChanged: event(), onInputEntered: event(), setDefaultSuggestion: nothing },
  runtime: { ...fake.runtime, onUpdateAvailable: event(), onConnect: event() },
};
