/**
 * Who may ask what, and how it must look. A message that fits no row is refused before its handler sees it.
 *
 * Pages that the web may open (see `web_accessible_resources`) are kinds of their own: they may ask for what they are
 * for, and no more.
 *
 * @import { Messages } from '../types.js'
 */

import { api } from './browser.js';
import { isHost, isRecord, listOf, textUpTo } from './shapes.js';
import { isListUrl } from './subscriptions.js';

/** @typedef {'page' | 'content' | 'unwrap.html' | 'lockout/page.html'} Kind */

/** @typedef {{ from: Kind[], holds: (payload: Record<string, unknown>) => boolean }} Row */

const LONGEST_LINK = 65_536;
const LONGEST_NAME = 1_000;
const MOST_NAMES = 200;

const isLink = textUpTo(LONGEST_LINK);
const isVideo = textUpTo(24);
const isLanguage = textUpTo(35);
const isDirective = textUpTo(40);
const areNames = listOf(textUpTo(LONGEST_NAME), MOST_NAMES);
const areReports = listOf(textUpTo(16_000), 50);
const areLists = listOf(isListUrl);
const areRefused = listOf((one) => isRecord(one) && isLink(one.url) && isDirective(one.by), 100);
/** @param {unknown} value */
const isHash = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const nothing = () => true;

/** Pages, and frames that a page has made without an address of their own. */
const WEB = /^(?:https?:\/\/|about:(?:blank|srcdoc)|blob:|data:)/i;

/** @type {Record<keyof Messages, Row>} */
export const PROTOCOL = {
  cleanCopied: { from: ['content'], holds: ({ text }) => isLink(text) },
  embedWords: { from: ['content'], holds: ({ language }) => isLanguage(language) },
  expand: { from: ['page'], holds: ({ url }) => isLink(url) },
  followSettings: { from: ['page', 'lockout/page.html'], holds: nothing },
  liftLockout: { from: ['page', 'lockout/page.html'], holds: nothing },
  lockAgain: { from: ['page'], holds: nothing },
  originalAddress: { from: ['page'], holds: ({ tabId, url }) => Number.isInteger(tabId) && isLink(url) },
  passUnwrapping: { from: ['unwrap.html'], holds: ({ url }) => isLink(url) },
  pixelReports: {
    from: ['content'],
    holds: ({ reports, gathered }) => areReports(reports) && areReports(gathered),
  },
  playEmbed: { from: ['content'], holds: ({ video }) => isVideo(video) },
  refusedByPolicy: { from: ['content'], holds: ({ refused }) => areRefused(refused) },
  settingsHere: { from: ['content'], holds: nothing },
  storedIdentifiers: { from: ['content'], holds: ({ site, names }) => isHost(site) && areNames(names) },
  updateList: { from: ['page'], holds: ({ url }) => isListUrl(url) },
  vouch: {
    from: ['page'],
    holds: ({ trusted, untrusted, ownLines }) =>
      areLists(trusted) && areLists(untrusted) && (ownLines === undefined || isHash(ownLines)),
  },
};

/**
 * What kind of script sent a message. Browsers fill in the sender, so it cannot be made up.
 *
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Kind}
 * @throws {Error} if it is none of ours
 */
export function kindOf({ id, url = '', tab }) {
  if (id !== api.runtime.id) throw new Error('Messages are taken from Detick itself only.');
  const own = api.runtime.getURL('');
  if (url.startsWith(own)) {
    const path = url.slice(own.length).replace(/[?#].*$/s, '');
    return path === 'unwrap.html' || path === 'lockout/page.html' ? path : 'page';
  }
  if (tab === undefined || !WEB.test(url)) throw new Error('Messages are taken from pages in tabs only.');
  return 'content';
}

/**
 * Whether a message may be handled.
 *
 * @param {string} name
 * @param {unknown} payload
 * @param {chrome.runtime.MessageSender} sender
 * @throws {Error} if nobody may send it, or not this sender, or not so
 */
export function admit(name, payload, sender) {
  const kind = kindOf(sender);
  if (!Object.hasOwn(PROTOCOL, name)) throw new Error(`There is no message "${name}".`);
  const row = PROTOCOL[/** @type {keyof Messages} */ (name)];
  if (!row.from.includes(kind)) throw new Error(`${WORDS[kind]} may not ask for "${name}".`);
  if (!isRecord(payload) || !row.holds(payload)) throw new Error(`This is not what "${name}" needs.`);
}

/** @type {Record<Kind, string>} */
const WORDS = {
  page: 'A page of Detick',
  content: 'A web page',
  'unwrap.html': 'The page that unwraps',
  'lockout/page.html': 'The page of the lockout',
};
