/**
 * As much of IndexedDB as the extension uses: stores with keys of their own, transactions that happen whole or not at
 * all.
 */

/** @typedef {Map<string, Map<string, unknown>>} Stores */

/** What is on the disk, and what is wrong with it. */
export const disk = {
  /** @type {Stores} */
  stores: new Map(),
  /** Why it takes nothing more, if it does not. @type {Error | undefined} */
  full: undefined,
  /** Called when something has been written. @type {() => void} */
  onWritten: () => undefined,
  /** Why it cannot be opened, if it cannot. @type {Error | undefined} */
  broken: undefined,
};

/** A request that is answered in the next turn. @param {() => unknown} answer */
function request(answer) {
  /**
   * @type {{ result?: unknown, error?: unknown, onsuccess?: () => void, onerror?: () => void, onupgradeneeded?: () => void }}
   */
  const asked = {};
  queueMicrotask(() => {
    try {
      asked.result = answer();
    } catch (error) {
      asked.error = error;
      return asked.onerror?.();
    }
    asked.onupgradeneeded?.();
    return asked.onsuccess?.();
  });
  return asked;
}

/** @param {string} name @param {Stores} stores */
function storeIn(stores, name) {
  const entries = stores.get(name) ?? new Map();
  stores.set(name, entries);
  return {
    get: (/** @type {string} */ key) => request(() => structuredClone(entries.get(key))),
    getAll: () => request(() => structuredClone([...entries.values()])),
    put: (/** @type {unknown} */ value, /** @type {string} */ key) => entries.set(key, structuredClone(value)),
    delete: (/** @type {string} */ key) => entries.delete(key),
    clear: () => entries.clear(),
  };
}

function transaction() {
  const draft = new Map([...disk.stores].map(([name, entries]) => [name, new Map(entries)]));
  /**
   * @type {{ error?: Error, oncomplete?: () => void, onabort?: () => void, objectStore: (name: string) => ReturnType<typeof storeIn> }}
   */
  const running = { objectStore: (name) => storeIn(draft, name) };
  // Not `setTimeout`, which tests with a clock of their own hold back.
  setImmediate(() => {
    if (disk.full && running.oncomplete) {
      running.error = disk.full;
      return running.onabort?.();
    }
    if (!running.oncomplete) return undefined;
    disk.stores = draft;
    disk.onWritten();
    return running.oncomplete();
  });
  return running;
}

/** A store outlives those who open it. @param {string} name */
function createObjectStore(name) {
  if (!disk.stores.has(name)) disk.stores.set(name, new Map());
}

Object.assign(globalThis, {
  indexedDB: {
    open: () =>
      request(() => {
        if (disk.broken) throw disk.broken;
        const objectStoreNames = { contains: (/** @type {string} */ name) => disk.stores.has(name) };
        return { transaction, createObjectStore, objectStoreNames };
      }),
  },
});
