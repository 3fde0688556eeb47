/** The context menu, in order of use. */

import { api } from '../../shared/browser.js';
import { makeQueue } from '../../shared/queue.js';
import { SHORT_HOSTS } from '../../shared/short-links.js';
import { text } from '../../shared/text.js';
import { copyExpanded, copyLink, copyText, shareable } from './copying.js';

/** @typedef {chrome.contextMenus.OnClickData} Click */

/**
 * @typedef {object} Item
 * @property {string} id
 * @property {string} key of its title
 * @property {NonNullable<chrome.contextMenus.CreateProperties['contexts']>} contexts
 * @property {string[]} [targetUrlPatterns]
 * @property {string[]} [documentUrlPatterns]
 * @property {(click: Click, tab: chrome.tabs.Tab) => unknown} run
 */

const WEB = ['http://*/*', 'https://*/*'];
const SHORT = [...SHORT_HOSTS.map((host) => `*://${host}/*`), '*://*.tiktok.com/t/*'];

/** @type {Item[]} */
const ITEMS = [
  {
    id: 'copy-link',
    key: 'menuCopyLink',
    contexts: ['link'],
    targetUrlPatterns: WEB,
    run: ({ linkUrl = '' }, tab) => copyLink(idOf(tab), linkUrl),
  },
  {
    id: 'open-link',
    key: 'menuOpenLink',
    contexts: ['link'],
    targetUrlPatterns: WEB,
    run: async ({ linkUrl = '' }, tab) => openBeside(tab, (await shareable(linkUrl)).url),
  },
  {
    id: 'expand-link',
    key: 'menuExpandLink',
    contexts: ['link'],
    targetUrlPatterns: SHORT,
    run: ({ linkUrl = '' }, tab) => copyExpanded(idOf(tab), linkUrl),
  },
  {
    id: 'copy-media',
    key: 'menuCopyMedia',
    contexts: ['image', 'video'],
    targetUrlPatterns: WEB,
    run: ({ srcUrl = '' }, tab) => copyLink(idOf(tab), srcUrl),
  },
  {
    id: 'copy-selection',
    key: 'menuCopySelection',
    contexts: ['selection'],
    run: async (click, tab) => copyText(idOf(tab), await selectionOf(click, tab)),
  },
  {
    id: 'copy-page',
    key: 'menuCopyPage',
    contexts: ['page'],
    documentUrlPatterns: WEB,
    run: ({ pageUrl = '' }, tab) => copyLink(idOf(tab), tab.url ?? pageUrl),
  },
  {
    id: 'log',
    key: 'log',
    contexts: ['action'],
    run: (_, tab) => api.tabs.create({ url: api.runtime.getURL(`log/page.html?tab=${idOf(tab)}`) }),
  },
];

/** Starts listening. To be called synchronously when the background starts; phones have no such menus. */
export function watch() {
  if (!api.contextMenus) return;
  api.runtime.onInstalled.addListener(create);
  api.runtime.onStartup.addListener(create);
  api.contextMenus.onClicked.addListener((click, tab) => {
    if (tab) ITEMS.find((item) => item.id === click.menuItemId)?.run(click, tab);
  });
}

const queued = makeQueue();

/** Installing and starting may come together: items are made once at a time, or their ids clash. */
function create() {
  return queued(async () => {
    await api.contextMenus.removeAll();
    for (const { key, run: _, ...item } of ITEMS) api.contextMenus.create({ ...item, title: text(key) });
  });
}

/** @param {chrome.tabs.Tab} tab */
function idOf(tab) {
  return tab.id ?? api.tabs.TAB_ID_NONE;
}

/** @param {chrome.tabs.Tab} tab @param {string} url */
function openBeside(tab, url) {
  return api.tabs.create({ url, index: tab.index + 1, openerTabId: tab.id });
}

/**
 * The selection as it stands on the page: the menu tells it without line breaks.
 *
 * @param {Click} click
 * @param {chrome.tabs.Tab} tab
 */
async function selectionOf({ selectionText = '', frameId = 0 }, tab) {
  try {
    const target = { tabId: idOf(tab), frameIds: [frameId] };
    const [answer] = await api.scripting.executeScript({ target, func: () => String(getSelection()) });
    return answer?.result || selectionText;
  } catch {
    // The browser's own pages and documents let no script in: what the menu tells will do.
    return selectionText;
  }
}
