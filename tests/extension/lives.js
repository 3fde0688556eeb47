/**
 * Backgrounds that live and die: the whole of background.js against the fake browser, as often as a test wants, each
 * time with modules of its own. A life that has ended gets no more answers, so that nothing of it goes on.
 *
 * Import it before anything from extension/.
 */

import { register } from 'node:module';
import { isWaiting } from './awaited.js';
import { events, reset, world } from './fake-browser.js';
import { disk } from './fake-indexeddb.js';
import { joinedLife } from './joined-lives.js';

register(new URL('lives-loader.js', import.meta.url));

/**
 * @typedef {typeof events & Record<string, {listeners: ((...values: any[]) => unknown)[], fire: (...values: any[]) => unknown}>} AllEvents
 */

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

/**
 * Cookies of the fake browser.
 *
 * @type {{name: string, domain: string, value: string, path: string, secure: boolean, storeId: string}[]}
 */
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

/**
 * @param {Snapshot} state
 * @returns {string} the same for the same
 */
function nameOf(state) {
  return JSON.stringify(state, (_, value) => {
    if (value instanceof Map) return [...value];
    return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value;
  });
}

/**
 * @param {Snapshot} state
 * @param {() => unknown} act
 * @param {'three rules' | 'whole'} [engine]
 * @returns {Promise<Snapshot[]>} the states that a browser is in between while a background starts and then does
 *   something, each once
 */
export async function statesOf(state, act, engine) {
  restore(state);
  const life = await Life.start(engine);
  /** @type {Map<string, Snapshot>} */
  const states = new Map();
  const keep = () => {
    const now = snapshot();
    states.set(nameOf(now), now);
  };
  life.onAnswer = keep;
  await life.settle();
  keep();
  await act();
  await life.settle();
  life.kill();
  return [...states.values()];
}

/**
 * What the browser does to have the next background.
 *
 * @type {[string, (state: Snapshot) => Snapshot, () => unknown][]}
 */
export const NEXT_LIVES = [
  [
    'the next background',
    (state) => state,
    () => events.onCommitted.fire({ tabId: 7, frameId: 1, url: 'https://news.example/', timeStamp: 0 }),
  ],
  ['the browser, opened again,', reopened, () => events.onStartup.fire()],
];

let lives = 0;

/** One life of the background. */
export class Life {
  /** Those that it alone has, by their paths. @type {Record<string, any>} */
  #modules = {};
  #dead = false;
  #calls = 0;
  /** Called after each answer of the browser. @type {() => void} */
  onAnswer = () => undefined;

  /**
   * @param {'three rules' | 'whole'} [engine] what it decides with
   * @returns {Promise<Life>} a background that has just been started, with its listeners in place
   */
  static async start(engine = 'three rules') {
    const life = new Life();
    for (const event of Object.values(events)) event.listeners = [];
    for (const area of [world.local, world.session]) area.onChanged.listeners = [];
    Object.assign(globalThis, { chrome: life.#wrap(wholeBrowser) });
    disk.onWritten = () => life.#dead || life.onAnswer();
    lives += 1;
    life.#modules = (await import(`${await joinedLife(engine)}?life=${lives}`)).modules;
    return life;
  }

  /** @param {string} path in the extension @returns {any} the module as this life has it */
  module(path) {
    return this.#modules[path];
  }

  /** Ends it on the spot: it gets no further answer. */
  kill() {
    this.#dead = true;
  }

  /** Waits until it asks the browser for nothing more, and waits for nothing else. */
  async settle() {
    for (let before = -1; before !== this.#calls || isWaiting(); ) {
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
    get: async (/** @type {number} */ id) => world.tabs.find((tab) => tab.id === id),
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
    onSendHeaders: event(),
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
