/** Every shape that crosses a boundary: engine, storage, messages, pages. */

/** What the engine says about one request; `undefined` in its place means that no line matched. */
export interface Verdict {
  action: 'block' | 'allow' | 'redirect';
  filter: string;
  list: string;
  line: number;
  surrogate?: string;
  company?: string;
  purpose?: string;
}

export type Tier = 'navigation' | 'share';

/** A parameter that a person wants to keep on a site. */
export interface Kept {
  host: string;
  name: string;
}

export interface CleanOptions {
  tier: Tier;
  referral: boolean;
  keep: Kept[];
}

export interface Removed {
  name: string;
  rule: string;
  why: string;
}

/** One link after cleaning; nothing removed and nothing unwrapped means `url` is the same bytes. */
export interface Cleaned {
  url: string;
  removed: Removed[];
  unwrapped: string[];
}

/** A link found in a text: `start` and `end` are UTF-16 offsets into the original text. */
export interface FoundLink extends Cleaned {
  start: number;
  end: number;
}

export interface CleanedText {
  text: string;
  links: FoundLink[];
}

/** The part of the WebAssembly engine that the extension uses. */
export interface Engine {
  check(url: string, sourceUrl: string, type: string, method: string): Verdict | undefined;
  clean(url: string, options: CleanOptions): Cleaned;
  cleanText(text: string, options: CleanOptions): CleanedText;
  tracker(host: string): { company: string; purpose: string } | undefined;
}

/** A site on which Detick rests; `until` is ms since 1970, 0 means until turned on by hand. */
export interface Pause {
  host: string;
  until: number;
}

/** storage.local `settings`; written by shared/settings.js alone. */
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
  /** Links that a page's own copy button writes are cleaned. */
  cleanCopied: boolean;
  /** The toolbar icon carries the number of stopped requests. */
  badge: boolean;
}

/** One kind of stopped request on a page. `url` carries no query and at most 300 characters. */
export interface Stopped {
  url: string;
  host: string;
  type: string;
  action: 'blocked' | 'stand-in';
  company: string;
  purpose: string;
  filter: string;
  list: string;
  line: number;
  count: number;
}

/** The address that a page was asked for, where Detick cleaned it on the way. */
export interface Arrival {
  from: string;
  url: string;
  removed: Removed[];
  unwrapped: string[];
}

/** storage.session `tab:ID`; written by background/counts.js alone. */
export interface TabRecord {
  url: string;
  host: string;
  /** Requests stopped since the page was opened; exact even where `stopped` is cut. */
  count: number;
  stopped: Stopped[];
  arrival?: Arrival;
}

/** storage.local `totals`; written by background/counts.js alone. Days are local dates, YYYY-MM-DD. */
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
}

/** Every message is answered with one of these. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: string };

/** A file as exported by the settings page. */
export interface Exported {
  detick: 1;
  exported: string;
  settings: Settings;
}

/** webRequest details as both browsers give them, as far as we read them. */
export interface RequestDetails {
  requestId: string;
  url: string;
  method: string;
  type: string;
  tabId: number;
  frameId: number;
  timeStamp: number;
  /** Chromium: the origin that asked. */
  initiator?: string;
  /** Firefox: the address of the document that asked. */
  originUrl?: string;
  documentUrl?: string;
  /** Firefox: parents of the frame, nearest first. */
  frameAncestors?: { url: string; frameId: number }[];
  /** Chromium. */
  documentLifecycle?: string;
  error?: string;
  statusLine?: string;
  redirectUrl?: string;
}

/** What a blocking listener answers. */
export interface BlockingResponse {
  cancel?: boolean;
  redirectUrl?: string;
}
