/**
 * What is done in Firefox's own window, where its internals are within reach. Each function is sent there as text: it
 * uses nothing of this module.
 */

/**
 * Asks the reporters behind about:memory: what a process has from the system is more, and goes up and down for reasons
 * of its own.
 *
 * @param {string} whose a site, for the process of its pages, or `extensions`
 * @returns {Promise<string>} bytes
 */
export async function allocatedBy(whose) {
  const { Components, ChromeUtils, Services } = /** @type {any} */ (globalThis);
  const { children } = await ChromeUtils.requestProcInfo();
  /** @typedef {{type: string, windows: {documentURI: {spec: string} | null}[]}} Child */
  const { pid } = children.find((/** @type {Child} */ { type, windows }) =>
    whose === 'extensions'
      ? type === 'extension'
      : windows.some(({ documentURI }) => documentURI?.spec.startsWith(`https://${whose}/`)),
  );
  Services.obs.notifyObservers(null, 'child-mmu-request'); // collects garbage in all processes
  const manager = Components.classes['@mozilla.org/memory-reporter-manager;1'].getService(
    Components.interfaces.nsIMemoryReporterManager,
  );
  let bytes = 0;
  const add = (
    /** @type {string} */ process,
    /** @type {string} */ path,
    /** @type {number} */ kind,
    /** @type {number} */ _,
    /** @type {number} */ amount,
  ) => {
    const isOutsideHeap = kind === Components.interfaces.nsIMemoryReporter.KIND_NONHEAP && path.startsWith('explicit/');
    if (process.includes(`${pid}`) && (path === 'heap-allocated' || isOutsideHeap)) bytes += amount;
  };
  await new Promise((done) => manager.getReports(add, null, done, null, false));
  return String(bytes);
}

/**
 * @param {string} site
 * @returns {Promise<string>} processor time of the main thread of the process of its pages, in ns
 */
export async function mainThreadOf(site) {
  const { ChromeUtils } = /** @type {any} */ (globalThis);
  /** @typedef {{windows: {documentURI: {spec: string} | null}[]}} Child */
  const { children } = await ChromeUtils.requestProcInfo();
  const { pid, threads } = children.find((/** @type {Child} */ { windows }) =>
    windows.some(({ documentURI }) => documentURI?.spec.startsWith(`https://${site}/`)),
  );
  return String(threads.find((/** @type {{tid: number}} */ { tid }) => tid === pid).cpuTime);
}

/**
 * Chooses an item of the context menu, once that is open.
 *
 * @param {string} id
 * @returns {Promise<boolean>} whether there was such an item
 */
export async function chooseInOpenMenu(id) {
  /**
   * @typedef {{state: string, openPopup: () => void, hidePopup: () => void, activateItem: (item: Element) => void}} Popup
   */
  const menu = /** @type {Popup & HTMLElement} */ (document.getElementById('contentAreaContextMenu'));
  const reach = async (/** @type {Popup} */ popup, /** @type {string} */ state) => {
    for (let waited = 0; popup.state !== state && waited < 3000; waited += 20) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await reach(menu, 'open');
  const item = document.getElementById(id);
  if (item) {
    // Several items of one extension are gathered in a submenu.
    const popup = /** @type {Popup & HTMLElement} */ (item.closest('menupopup'));
    if (popup !== menu) popup.openPopup();
    await reach(popup, 'open');
    popup.activateItem(item);
  } else {
    menu.hidePopup();
  }
  await reach(menu, 'closed');
  return item !== null;
}

/**
 * Presses Alt, Shift and a letter as a keyboard does; keys that a driver sends reach pages only.
 *
 * @param {string} letter a capital one
 */
export function pressAltShift(letter) {
  /**
   * @typedef {{keydown(event: Event): void, keyup(event: Event): void, beginInputTransactionForTests(target: Window): void}} Keyboard
   */
  const { Components } = /** @type {{Components: any}} */ (/** @type {unknown} */ (globalThis));
  const { classes, interfaces } = Components;
  const processor = classes['@mozilla.org/text-input-processor;1'];
  /** @type {Keyboard} */
  const keyboard = processor.createInstance(interfaces.nsITextInputProcessor);
  keyboard.beginInputTransactionForTests(window);
  const keys = [
    new KeyboardEvent('', { key: 'Alt', code: 'AltLeft', keyCode: 18 }),
    new KeyboardEvent('', { key: 'Shift', code: 'ShiftLeft', keyCode: 16 }),
    new KeyboardEvent('', { key: letter, code: `Key${letter}`, keyCode: letter.charCodeAt(0) }),
  ];
  for (const key of keys) keyboard.keydown(key);
  for (const key of keys.reverse()) keyboard.keyup(key);
}

/**
 * Enters a text in the address bar.
 *
 * @param {string} text
 * @returns {Promise<boolean>} whether an extension suggested something
 */
export async function enterInAddressBar(text) {
  const { gURLBar } = /** @type {{gURLBar: {focus(): void, search(text: string): void, handleCommand(): void}}} */ (
    /** @type {unknown} */ (globalThis)
  );
  const suggested = () =>
    [...document.querySelectorAll('.urlbarView-row[type="addon"]')].some((row) => row.textContent);
  gURLBar.focus();
  gURLBar.search(text);
  for (let waited = 0; !suggested() && waited < 15_000; waited += 50) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const found = suggested();
  gURLBar.handleCommand();
  return found;
}

/** Opens the developer tools beside the tab that is shown, at the panel that records requests. */
export async function openNetworkTools() {
  const { ChromeUtils, gBrowser } = /** @type {any} */ (globalThis);
  const loader = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = loader.require('devtools/client/framework/devtools');
  await gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: 'netmonitor' });
}
