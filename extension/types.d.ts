/** Every shape that crosses a boundary: engine, storage, messages, pages. */

import type { LineComplaint, ListFacts, ListReport } from './wasm/compiler.js';
import type {
  Cleaned,
  CleanedText,
  CleanOptions,
  Fact,
  FoundLink,
  Verdict as Judged,
  Removed,
  Tracker,
} from './wasm/detick.js';

export type { Cleaned, CleanedText, CleanOptions, Fact, FoundLink, LineComplaint, ListFacts, ListReport, Removed };

/** What the engine says of a request; with the file that has the line's text, until that is read. */
export type Verdict = Judged & { file?: ListFile };

export type Tier = CleanOptions['tier'];

/** A parameter that a person wants to keep on a site. */
export type Kept = CleanOptions['keep'][number];

/** The part of the WebAssembly engine that the extension uses. */
export interface Engine {
  /** `off`: the sum of the bits of the lists that do not hold for this request. */
  check(url: string, sourceUrl: string, type: string, method: string, off?: number): Verdict | undefined;
  /** What `off` calls a list; 0 if it always holds. */
  listBit(name: string): number;
  clean(url: string, options: CleanOptions): Cleaned;
  cleanText(text: string, options: CleanOptions): CleanedText;
  tracker(host: string): Tracker | undefined;
  /** Whether a body is a report of the pixel's, wherever it is sent. */
  isReport(body: Uint8Array): boolean;
  /** What a request of TikTok's pixel would have told; nothing for any other. */
  learned(url: string, body: Uint8Array): Fact[];
}

/** A site on which Detick rests; `until` is ms since 1970, 0 means until turned on by hand. */
export interface Pause {
  host: string;
  until: number;
}

/** What is stored, by key; `stored/keys.js` says where, what it may be and who writes it. */
export interface Stored {
  settings: object;
  ownLines: object;
  account: Account;
  totals: Totals;
  forgotten: Forgotten;
  listStates: Record<string, object>;
  listSet: ListSet;
  /** Which set of lists the browser's rules are of. */
  listRules: string;
  /** The version that nobody has read about yet. */
  news: string;
  tab: TabRecord;
  /** Of pages that a tab has left, newest last. */
  left: TabRecord[];
  /** The last requests of open tabs that Detick had to do with, oldest first. */
  recent: Recent[];
  /** Tabs whose page was there before Detick was. */
  openBefore: number[];
  forgottenHere: ForgottenHere;
  /** ms since 1970 until which a lockout rests. */
  liftedUntil: number;
  players: Player[];
  /** Tabs that show something of TikTok's, and their cookie stores. */
  tiktokTabs: { tabId: number; store: string }[];
  /** Where short links lead. */
  expanded: Record<string, string>;
  /** Where the page that unwraps links has just led tabs. */
  unwrapped: { tabId?: number; place: string; ms: number }[];
  /** What the browser's rules say; `false` while they are being set. */
  rulesSynced: string | boolean;
  faults: string[];
}

/** How far Detick goes, from least to most. */
export type Level = 'pixels' | 'visitor' | 'lockout';

/** Whether somebody is signed in to TikTok. */
export interface Account {
  /** `unknown`: without access to sites cookies cannot be read. */
  state: 'visitor' | 'member' | 'unknown';
  /** Cookie stores with a person's session. */
  stores: string[];
  /**
   * Cookie stores with the session of another product of TikTok's: an advertiser's, a seller's. Earlier versions wrote
   * none.
   */
  products?: string[];
}

/** Identifiers of TikTok's that were deleted. */
export interface Forgotten {
  /** ms since 1970 */
  since: number;
  all: number;
}

/** Site -> name -> how often it was deleted. */
export type ForgottenHere = Record<string, Record<string, number>>;

/** A filter list that a person has added. */
export interface Subscription {
  /** https */
  url: string;
  on: boolean;
  /** Its lines may do what else only the user's own may: send links elsewhere, switch off a page's security headers. */
  trusted: boolean;
}

/** What is known of a fetched file of a list; lists may include others. In IndexedDB, see stored/list-files.js. */
export interface Head {
  url: string;
  /** The address of the list that it belongs to. */
  list: string;
  /** SHA-256 of its bytes. */
  hash: string;
  facts: ListFacts;
}

/** Which file of a list, and which bytes. */
export type ListFile = Pick<Head, 'url' | 'list' | 'hash'>;

/** Which set of lists is in force. */
export interface Meta {
  /** Engine version, lists, trust and own lines: another key, another set. */
  key: string;
  /** The engine that made it. */
  version: string;
  /** Redirectors, for rules that are made at run time. */
  unwrap: chrome.declarativeNetRequest.RuleCondition[];
  /**
   * Names that own lines and important ones take out of links, in spite of exceptions; missing in what an older version
   * stored.
   */
  insistent?: string[];
  /**
   * The files that it was compiled of, by the names that verdicts have for them; missing in what an older version
   * stored, whose image has their text.
   */
  files?: Map<string, ListFile>;
}

/** storage.local `listStates`: by address; written by stored/list-states.js alone. Times are ms since 1970. */
export interface ListState {
  doing?: 'fetching' | 'compiling';
  /** Bytes that have come, while fetching. */
  received?: number;
  /** When the text in force came. */
  fetched?: number;
  /** When the server last had nothing newer. */
  checked?: number;
  /** When it is asked next. */
  next?: number;
  /** Attempts in a row that failed. */
  failures: number;
  /** Why the last one did: a message and its values. */
  problem?: { key: string; values: (string | number)[] };
  /** What the list calls itself. */
  title?: string;
  homepage?: string;
  version?: string;
}

/** How many lines of a list became what. */
export type ListCounts = Pick<ListReport, 'lines' | 'converted' | 'refused' | 'left' | 'unread' | 'unprivileged'>;

/** storage.local `listSet`: what lists and own lines come to together; written by stored/list-states.js alone. */
export interface ListSet {
  doing?: 'compiling';
  /** How often in a row that was begun and did not end. */
  tries?: number;
  problem?: { key: string; values: (string | number)[] };
  /** Names the settings and own lines that were last seen to. */
  heeded?: string;
  /** The set in force; nothing without lists and own lines. */
  key?: string;
  /** How many rules it has. */
  rules?: number;
  /** By address of a list; own lines have none. */
  counts?: Record<string, ListCounts>;
  /** How long compiling and putting in force took. */
  ms?: number;
}

/** storage.local `settings`; written by stored/settings.js alone. */
export interface Settings {
  /** Sites on which everything rests. */
  paused: Pause[];
  /** Sites whose links are left as they are. */
  linksOff: string[];
  /** Parameters that are never removed. */
  keep: Kept[];
  /** Affiliate parameters are removed too. */
  removeReferral: boolean;
  /** Copying a short link asks the short host where it leads. */
  expandShortLinks: boolean;
  /** Links are cleaned on their way when they are opened. */
  cleanOpened: boolean;
  /** From links that are copied or shared goes more: what would have to stay for opening, too. */
  cleanMore: boolean;
  /** Links that a page's own copy button writes are cleaned. */
  cleanCopied: boolean;
  /** Visitors' pages of TikTok's own are cleared of what stands over their video. */
  clearView: boolean;
  /** Sites are told by Global Privacy Control not to sell or share what they learn. */
  gpc: boolean;
  /** How far Detick goes; `auto`: as a visitor on tiktok.com while nobody is signed in there. */
  level: 'auto' | Level;
  /** What besides the last page being closed makes Detick forget a visitor: a time since a page was last opened. */
  forget: 'closed' | 'tenMinutes' | 'hour';
  /** Embedded videos of TikTok's wait for a click, or load as the page wants. */
  embeds: 'ask' | 'load';
  /** Sites on which embedded videos need no click. */
  embedSites: string[];
  /** The toolbar icon carries the number of stopped requests. */
  badge: boolean;
  /** Filter lists besides Detick's own. */
  lists: Subscription[];
}

/** One kind of stopped request on a page. `url` carries no query and at most 300 characters. */
export interface Stopped {
  url: string;
  host: string;
  type: string;
  action: 'blocked' | 'stand-in';
  company: string;
  purpose: string;
  /** The line; empty where the body of the request decided, or the list's text is not to be had any more. */
  filter: string;
  list: string;
  line: number;
  /** What has the line's text, until that is read. */
  file?: ListFile;
  count: number;
}

/**
 * What became of a request.
 *
 * - `blocked`, `stand-in`: stopped, by a line of a list
 * - `cleaned`: sent on to its clean address
 * - `allowed`: a line of a list says that it may pass
 * - `paused`: it would have been stopped, but Detick rests on the site
 * - `passed`: no line is about it
 * - `ended`: it did not leave, but not through Detick: the page, the browser or another extension
 */
export type Outcome = 'blocked' | 'stand-in' | 'cleaned' | 'allowed' | 'paused' | 'passed' | 'ended';

/**
 * storage.session `recent`: a request that was stopped, or let through by the person's own choice, as the log shows it
 * later. `url` carries no query and at most 300 characters.
 */
export interface Recent {
  /** ms since 1970 */
  time: number;
  tabId: number;
  /** Of the page that it was made for. */
  site: string;
  /** The host of the document that made it; empty if the user did. */
  from: string;
  type: string;
  method: string;
  url: string;
  outcome: 'blocked' | 'stand-in' | 'allowed' | 'paused';
  company?: string;
  purpose?: string;
  filter: string;
  list: string;
  line: number;
}

/** A request as the log shows it, and as it is saved. */
export interface Logged {
  /** ms since 1970; `NaN` where that is not known */
  time: number;
  /** -1 for what belongs to no tab */
  tabId: number;
  /** Of the page that the request was made for. */
  site: string;
  isPrivate: boolean;
  /** From before the log was opened: the address is without its query. */
  isEarlier?: true;
  /** As webRequest names it. */
  type: string;
  method: string;
  url: string;
  /** The address, or origin, of the document that made the request; empty if the user did. */
  asker: string;
  outcome: Outcome;
  company?: string;
  purpose?: string;
  /** The line that decided. */
  filter?: string;
  list?: string;
  line?: number;
  cleanUrl?: string;
  removed?: Removed[];
  unwrapped?: string[];
}

/** Requests to one host of TikTok's or a sister's that left, though Detick would have stopped them. */
export interface Passed {
  /** A pause, a line of the person's own, an embedded video that they let load. */
  why: 'paused' | 'allowed' | 'video';
  host: string;
  /** The own line that allowed them; empty where none did. */
  filter: string;
  count: number;
}

/** The address that a page was asked for, where Detick cleaned it on the way. The addresses are never stored. */
export interface Arrival {
  from: string;
  url: string;
  removed: Removed[];
  unwrapped: string[];
}

/**
 * storage.session `tab:ID`, and a list of them under `left:ID` for pages that a tab may go back to; written by
 * background/requests/tab-records.js alone, for pages on which something was stopped or removed.
 */
export interface TabRecord {
  host: string;
  /** Tells the page's address from others without telling it; empty where a stored one has `documentId`. */
  page: string;
  /** The browser's name for the document, where it has one. */
  documentId?: string | undefined;
  /** When the tab switched to it, ms since 1970. */
  sinceMs?: number;
  /** Requests stopped since the page was opened; exact even where `stopped` is cut. */
  count: number;
  stopped: Stopped[];
  /** What the stopped requests would have told; for the page's life alone. */
  learned: Learned[];
  /** What Detick removed from the address that the page was asked for, and which redirectors it skipped. */
  arrival?: Pick<Arrival, 'removed' | 'unwrapped'>;
  /** What left all the same. */
  passed?: Passed[];
}

/** A fact that TikTok would have been told, or that its pixel would have `gathered` by itself. */
export type Learned = Fact & { gathered?: true };

/** An embedded video that a reader started. */
export interface Player {
  tabId: number;
  /** TikTok's number of the video. */
  video: string;
  /**
   * Made for this play, and part of the address that rules let through. The tab's next page may ask for a player of the
   * same video before the rules have followed the tab.
   */
  token: string;
  /** The site of the page at the top, whichever frame in it embeds the video. */
  site: string;
  /** The tab has turned to another page: its player gets nothing any more, but what it may not do holds on. */
  isLeft?: boolean;
}

/** What a page's markup tells of an embedded video, of a creator's videos, or of a tag's. */
export interface Embed {
  id?: string;
  user?: string;
  tag?: string;
  /** A link that leads to it, where the page says no more. */
  short?: string | undefined;
  isPhoto?: boolean;
  /** Of a picture or a film that the page shows by its address. */
  address?: string;
  caption?: string;
}

/** The words on placeholders in one language, `$1` where something is to be put in. */
export interface EmbedWords {
  language: string;
  words: Record<string, string>;
}

/** A message in the language of the page around. */
export type Say = (key: string, ...values: string[]) => string;

export interface Speech {
  language: string;
  dir: 'ltr' | 'rtl';
  say: Say;
}

/** CSS of an embed's height, and of the box that it stands in. */
export interface Place {
  height: string;
  box: string;
}

/** What the person trusts; written by background/lists/trust.js alone. */
export interface Trust {
  /** Addresses. */
  lists: string[];
  /** SHA-256 of own lines: the newest, and those of before until the newest are stored. */
  ownLines: string[];
}

/** What the person has chosen for one page: what scripts there are told. */
export interface Here {
  /** Detick rests. */
  paused: boolean;
  /** What becomes of embedded videos. */
  embeds: 'ask' | 'play' | 'locked' | 'load';
  /** A visitor's page of TikTok's own, which is to be cleared of what stands over its video. */
  clearsView: boolean;
}

/** Stopped requests by day: local dates, YYYY-MM-DD. */
export interface Totals {
  since: string;
  all: number;
  days: Record<string, number>;
}

/** Where a short link leads, as its host says, cleaned. */
export interface Expanded {
  url: string;
  removed: Removed[];
}

/** name -> [what is sent, what is answered] */
export interface Messages {
  /** A page's copy button wrote this text: what should be on the clipboard? Content scripts may ask. */
  cleanCopied: [{ text: string }, { text: string }];
  /** The page that unwraps could not: let its tab open the link itself. */
  passUnwrapping: [{ url: string }, Record<string, never>];
  /** Ask a short host where its link leads. */
  expand: [{ url: string }, Expanded];
  /** The reader wants to see an embedded video: let its player through for this tab. Content scripts may ask. */
  playEmbed: [{ video: string }, { token: string }];
  /** What is on placeholders, in the language of the page around them. Content scripts may ask. */
  embedWords: [{ language: string }, EmbedWords | undefined];
  /**
   * The address that a tab's page was asked for before Detick cleaned it; nothing where that is not, or no longer,
   * known.
   */
  originalAddress: [{ tabId: number; url: string }, string | undefined];
  /** Let the person in for a while though TikTok is locked out. */
  liftLockout: [Record<string, never>, undefined];
  /** Lock TikTok out again before that while is over. */
  lockAgain: [Record<string, never>, undefined];
  /** Ask for a list now, whatever its time. Answers when that is done, well or not. */
  updateList: [{ url: string }, undefined];
  /** Answers when the rules follow the settings. */
  followSettings: [Record<string, never>, undefined];
  /**
   * Pages of ours say which lists the person trusts and does not any more, by address, and the SHA-256 of their own
   * lines.
   */
  vouch: [{ trusted: string[]; untrusted: string[]; ownLines?: string }, undefined];
  /** What holds on the page that asks: of that the browser says which it is. Content scripts may ask. */
  settingsHere: [Record<string, never>, Here];
  /**
   * The reports, in JSON, that the pixel would have sent of what its surrogate took, and of what it gathers by itself.
   * Content scripts tell.
   */
  pixelReports: [{ reports: string[]; gathered: string[] }, undefined];
  /** The policy that a player's page got refused these, by the directives named. Content scripts tell. */
  refusedByPolicy: [{ refused: { url: string; by: string }[] }, undefined];
  /** A page's storage held these identifiers, which are gone. Content scripts tell. */
  storedIdentifiers: [{ site: string; names: string[] }, undefined];
}

/** Every message is answered with one of these. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: string };

/** A file as exported by the settings page; `docs/settings.schema.json` describes it to others. */
export interface Exported {
  /** The version of the format. */
  detick: 2;
  exported: string;
  settings: Settings;
  /** The user's own filter lines. */
  ownLines: string;
}

/** webRequest details as both browsers give them, as far as we read them. */
export interface RequestDetails {
  requestId: string;
  url: string;
  method: string;
  type: string;
  tabId: number;
  frameId: number;
  parentFrameId?: number;
  timeStamp: number;
  /** Chromium: the origin that asked. */
  initiator?: string;
  /** Firefox: the address of the document that asked. */
  originUrl?: string;
  documentUrl?: string;
  /** Firefox: whose cookies go with it. */
  cookieStoreId?: string;
  /** Firefox: parents of the frame, nearest first. */
  frameAncestors?: { url: string; frameId: number }[];
  /** Chromium. */
  documentLifecycle?: string;
  /** Chromium: the document that asked; a navigation has none. */
  documentId?: string;
  /** A form in fields, anything else in bytes. */
  requestBody?: { formData?: Record<string, unknown[]>; raw?: { bytes?: ArrayBuffer }[] } | null;
  /** Firefox. */
  incognito?: boolean;
  error?: string;
  statusLine?: string;
  redirectUrl?: string;
}

/** What a blocking listener answers. */
export interface BlockingResponse {
  cancel?: boolean;
  redirectUrl?: string;
}
