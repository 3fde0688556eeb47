/**
 * The browser that the extension's modules see in tests: storage, rules and badges that remember, events that can be
 * fired, and the extension's own files read from disk. Import it before anything from extension/.
 */

import { readFile } from 'node:fs/promises';

/**
 * @typedef {{ name: string, value: string, domain: string, path: string, secure: boolean, storeId: string } & Partition} Cookie
 */
/** @typedef {{ partitionKey?: { topLevelSite: string } }} Partition */
/** @typedef {{ name?: string, url?: string, domain?: string, storeId: string } & Partition} CookieQuestion */

const OWN = 'chrome-extension://detick/';
const FILES = new URL('../../extension/', import.meta.url);

/** @template {unknown[]} Arguments */
class FakeEvent {
  /** @type {((...values: Arguments) => unknown)[]} */
  listeners = [];

  /** @param {(...values: Arguments) => unknown} listener */
  addListener = (listener) => {
    this.listeners.push(listener);
  };

  /** @param {Arguments} values */
  fire(...values) {
    return this.listeners.map((listener) => listener(...values));
  }
}

class FakeStorage {
  /** @type {Record<string, unknown>} */
  data = {};
  onChanged = new FakeEvent();
  writes = 0;
  /** Resolves before each read: a test may make reading slow. @type {Promise<unknown>} */
  readable = Promise.resolve();

  /** For whom the browser has it, if an extension has said so. @type {string | undefined} */
  accessLevel;

  /** @param {{ accessLevel: string }} level */
  setAccessLevel = async ({ accessLevel }) => {
    this.accessLevel = accessLevel;
  };

  /** Why writing fails, if it does. @type {Error | undefined} */
  refusal;

  /** @param {string | string[] | null} keys */
  get = async (keys) => {
    await this.readable;
    const wanted = keys === null ? Object.keys(this.data) : [keys].flat().filter((one) => one in this.data);
    return structuredClone(Object.fromEntries(wanted.map((one) => [one, this.data[one]])));
  };

  /** @param {Record<string, unknown>} items */
  set = async (items) => {
    if (this.refusal) throw this.refusal;
    this.writes += 1;
    const changes = Object.entries(items).map(([key, newValue]) => [key, { oldValue: this.data[key], newValue }]);
    Object.assign(this.data, structuredClone(items));
    if (changes.length > 0) this.onChanged.fire(Object.fromEntries(changes));
  };

  /** @param {string | string[]} keys */
  remove = async (keys) => {
    for (const key of [keys].flat()) delete this.data[key];
  };
}

/**
 * Rules as declarativeNetRequest keeps them; refuses a batch with a rule that `refuses` names, or for which there is no
 * room.
 */
class FakeRules {
  /** @type {{ id: number }[]} */
  rules = [];
  /** @type {(rule: { id: number }) => boolean} */
  refuses = () => false;
  /** How many rules there is room for. */
  most = Number.POSITIVE_INFINITY;
  /** How often rules were changed, or were to be. */
  updates = 0;

  /** @param {{ ruleIds?: number[] }} [filter] */
  get = async ({ ruleIds } = {}) => this.rules.filter(({ id }) => ruleIds?.includes(id) ?? true);

  /** @param {{ removeRuleIds?: number[], addRules?: { id: number }[] }} change */
  update = async ({ removeRuleIds = [], addRules = [] }) => {
    this.updates += 1;
    const refused = addRules.find(this.refuses);
    if (refused) throw new Error(`Rule with id ${refused.id} is refused.`);
    const gone = new Set(removeRuleIds);
    const kept = this.rules.filter((rule) => !gone.has(rule.id));
    const ids = new Set(kept.map((rule) => rule.id));
    if (addRules.some((rule) => ids.has(rule.id))) throw new Error('An id is taken.');
    if (kept.length + addRules.length > this.most) throw new Error('Dynamic rule count exceeded.');
    this.rules = [...kept, ...addRules];
  };
}

const dynamic = new FakeRules();
const session = new FakeRules();

/** What the test looks at and turns. */
export const world = {
  local: new FakeStorage(),
  session: new FakeStorage(),
  dynamic,
  sessionRules: session,
  rulesets: new Set(['block', 'links']),
  hasAccess: true,
  /** tab id -> badge text @type {Map<number, string>} */
  badges: new Map(),
  /** @type {Record<string, { when: number }>} */
  alarms: {},
  /** @type {{ id: number, url?: string, incognito?: boolean, cookieStoreId?: string }[]} */
  tabs: [],
  /** @type {Cookie[]} */
  cookies: [],
  /** What the browser was asked to delete of sites' storage. @type {object[]} */
  removed: [],
  /** Registered content scripts. @type {{ id: string; matches?: string[]; excludeMatches?: string[] }[]} */
  scripts: [],
  /** The language of the browser, and the messages that Detick has in it. */
  language: 'en',
  /** @type {Record<string, string>} */
  messages: {},
  /** Files of the extension that a test replaces, path -> text. @type {Map<string, string>} */
  files: new Map(),
};

/** Everything as after a fresh installation. */
export function reset() {
  for (const storage of [world.local, world.session]) {
    storage.data = {};
    storage.writes = 0;
    storage.readable = Promise.resolve();
    storage.refusal = undefined;
    storage.accessLevel = undefined;
  }
  for (const rules of [dynamic, session]) {
    rules.rules = [];
    rules.refuses = () => false;
    rules.most = Number.POSITIVE_INFINITY;
    rules.updates = 0;
  }
  world.rulesets = new Set(['block', 'links']);
  world.hasAccess = true;
  world.badges.clear();
  world.alarms = {};
  world.scripts = [];
  world.tabs = [];
  world.cookies = [];
  world.removed = [];
  world.files.clear();
  world.language = 'en';
  world.messages = {};
}

export const events = {
  onCommitted: new FakeEvent(),
  onErrorOccurred: new FakeEvent(),
  onHistoryStateUpdated: new FakeEvent(),
  onReferenceFragmentUpdated: new FakeEvent(),
  onCreated: new FakeEvent(),
  onRemoved: new FakeEvent(),
  onMessage: new FakeEvent(),
  onAlarm: new FakeEvent(),
  onInstalled: new FakeEvent(),
  onStartup: new FakeEvent(),
  onAdded: new FakeEvent(),
  onPermissionsRemoved: new FakeEvent(),
  onHeadersReceived: new FakeEvent(),
  onCookieChanged: new FakeEvent(),
};

Object.assign(globalThis, {
  chrome: {
    runtime: {
      id: 'detick',
      getURL: (/** @type {string} */ path) => OWN + path,
      onMessage: events.onMessage,
      // As from a page of ours. Where a test has no background to hear it, all is well with it.
      sendMessage: (/** @type {unknown} */ message) =>
        new Promise((reply) => {
          if (events.onMessage.listeners.length === 0) reply({ ok: true });
          events.onMessage.fire(message, { id: 'detick', url: `${OWN}options/page.html` }, reply);
        }),
      onInstalled: events.onInstalled,
      onStartup: events.onStartup,
      getManifest: () => ({ version: '0.0.0' }),
    },
    storage: { local: world.local, session: world.session },
    i18n: {
      getUILanguage: () => world.language,
      getMessage: (/** @type {string} */ key, /** @type {string[]} */ values = []) =>
        (world.messages[key] ?? '').replace(/\$(\d)/g, (_, number) => values[number - 1] ?? ''),
    },
    permissions: {
      contains: async () => world.hasAccess,
      onAdded: events.onAdded,
      onRemoved: events.onPermissionsRemoved,
    },
    action: {
      setBadgeText: async (/** @type {{ tabId: number, text: string }} */ { tabId, text }) => {
        world.badges.set(tabId, text);
      },
      setBadgeBackgroundColor: async () => undefined,
    },
    tabs: {
      TAB_ID_NONE: -1,
      onCreated: events.onCreated,
      onRemoved: events.onRemoved,
      query: async () => world.tabs,
      get: async (/** @type {number} */ id) => {
        const found = world.tabs.find((tab) => tab.id === id);
        if (!found) throw new Error(`No tab ${id}.`);
        return found;
      },
    },
    cookies: {
      getAllCookieStores: async () => [...new Set(world.cookies.map(({ storeId }) => storeId))].map((id) => ({ id })),
      onChanged: events.onCookieChanged,
      // As in Chromium: partitioned cookies are told only to those who name the site on whose pages they are kept.
      getAll: async (/** @type {CookieQuestion} */ { domain = '', storeId, partitionKey }) =>
        world.cookies.filter(
          (one) =>
            one.storeId === storeId &&
            `.${one.domain}`.endsWith(domain && `.${domain}`) &&
            one.partitionKey?.topLevelSite === partitionKey?.topLevelSite,
        ),
      remove: async (/** @type {CookieQuestion} */ { name, url = '', storeId, partitionKey }) => {
        const { hostname } = new URL(url);
        const isMeant = (/** @type {Cookie} */ one) =>
          one.name === name &&
          one.storeId === storeId &&
          one.domain.replace(/^\./, '') === hostname &&
          one.partitionKey?.topLevelSite === partitionKey?.topLevelSite;
        world.cookies = world.cookies.filter((one) => !isMeant(one));
        return {};
      },
    },
    browsingData: {
      remove: async (/** @type {object} */ where) => {
        world.removed.push(where);
      },
    },
    windows: {},
    management: { getSelf: async () => ({ installType: 'development' }) },
    alarms: {
      onAlarm: events.onAlarm,
      create: async (/** @type {string} */ name, /** @type {{ when: number }} */ info) => {
        world.alarms[name] = info;
      },
      clear: async (/** @type {string} */ name) => delete world.alarms[name],
    },
    webNavigation: {
      getAllFrames: async (/** @type {{ tabId: number }} */ { tabId }) =>
        world.tabs.filter(({ id }) => id === tabId).map(({ url = '' }) => ({ frameId: 0, url })),
      onCommitted: events.onCommitted,
      onErrorOccurred: events.onErrorOccurred,
      onHistoryStateUpdated: events.onHistoryStateUpdated,
      onReferenceFragmentUpdated: events.onReferenceFragmentUpdated,
    },
    webRequest: { onHeadersReceived: events.onHeadersReceived },
    scripting: {
      getRegisteredContentScripts: async (/** @type {{ ids: string[] }} */ { ids }) =>
        world.scripts.filter((script) => ids.includes(script.id)),
      registerContentScripts: async (/** @type {{ id: string; excludeMatches?: string[] }[]} */ scripts) => {
        world.scripts = [...world.scripts, ...scripts];
      },
      unregisterContentScripts: async (/** @type {{ ids: string[] }} */ { ids }) => {
        world.scripts = world.scripts.filter((script) => !ids.includes(script.id));
      },
    },
    declarativeNetRequest: {
      ResourceType: { MAIN_FRAME: 'main_frame', SCRIPT: 'script' },
      getDynamicRules: dynamic.get,
      updateDynamicRules: dynamic.update,
      getSessionRules: session.get,
      updateSessionRules: session.update,
      getEnabledRulesets: async () => [...world.rulesets],
      updateEnabledRulesets: async (
        /** @type {{ enableRulesetIds: string[], disableRulesetIds: string[] }} */ {
          enableRulesetIds,
          disableRulesetIds,
        },
      ) => {
        for (const id of enableRulesetIds) world.rulesets.add(id);
        for (const id of disableRulesetIds) world.rulesets.delete(id);
      },
    },
  },
});

const fetchOutside = globalThis.fetch;

/**
 * The extension's own files; everything else as a test says.
 *
 * @param {RequestInfo | URL} input
 * @param {RequestInit} [init]
 */
globalThis.fetch = async (input, init) => {
  // A file beside a module, asked for by where that is, is asked for by its address in the extension.
  const url = String(input).replace(FILES.href, OWN);
  if (!url.startsWith(OWN)) return fetchOutside(input, init);
  const path = url.slice(OWN.length);
  const body = world.files.get(path) ?? (await readFile(new URL(path, FILES)));
  const type = path.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
  return new Response(body, { headers: { 'content-type': type } });
};

/** Waits until timers of at most `ms` and what they start are done. @param {number} ms */
export async function settle(ms = 0) {
  await new Promise((done) => setTimeout(done, ms));
}
