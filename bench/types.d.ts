/** What the engines have in common. Texts in, decisions out: nobody is handed anything parsed. */

/** A request as recorded. Types are `webRequest`'s. */
export interface RequestRow {
  url: string;
  sourceUrl: string;
  type: string;
}

/** 0: nothing to say, 1: stopped (also: answered with a surrogate), 2: stopped, were it not for an exception. */
export type Decision = 0 | 1 | 2;

/** An engine with lists in it. */
export interface Matcher {
  decide(url: string, sourceUrl: string, type: string): Decision;
  /** What an extension would store, to be back soon. */
  save?(): Promise<Uint8Array | string> | Uint8Array | string;
  /** Gives back what no garbage collector can. */
  free?(): void;
  /** Milliseconds of loading that went into something else than deciding, which no other engine makes. */
  aside?: number;
}

export interface MatchingEngine {
  /** Program and version. */
  name: string;
  /** Once per process, before anything is timed: what a bundled program has at hand. */
  prepare?(): Promise<void>;
  load(lists: string[]): Promise<Matcher> | Matcher;
  /** Whether that is a text. */
  storesText?: boolean;
  /** Makes an engine of what `save` gave. */
  restore?(saved: Uint8Array | string): Promise<Matcher> | Matcher;
}

export interface MatchingPlan {
  /** Files. */
  lists: string[];
  /** A file of `RequestRow`s, one JSON value a line. */
  requests: string;
  /** How often each order is measured, and how many loops over all requests one measurement has. */
  passes: number;
  loops: number;
  restores: number;
  /** A file: where the first process leaves what it saved, and the second one finds it. */
  saved: string;
}

/** What one process tells of an engine that it loaded. Times in milliseconds, of requests in microseconds. */
export interface MatchingFigures {
  name: string;
  load: number;
  firstPass: number;
  inOrder: number;
  shuffled: number;
  p50: number;
  p99: number;
  bytes?: number;
  restore?: number;
  /** Megabytes. */
  memory?: { held: number; resident: number };
  /** One digit for each request. */
  decisions: string;
}

/** A link, and what it should become when it is shared. */
export interface LabelledLink {
  link: string;
  clean: string;
}

export interface Cleaner {
  /** What becomes of a link. May throw. */
  clean(link: string): string;
  /** As a `Matcher`'s. */
  aside?: number;
}

export interface CleaningEngine {
  name: string;
  prepare?(): Promise<void>;
  /** Texts: AdGuard's list, and ClearURLs' rules as JSON. An engine that brings its own takes neither. */
  load(rules: { list: string; clearUrls: string }): Promise<Cleaner> | Cleaner;
}

/** Names of files, and how often. */
export interface CleaningPlan {
  list: string;
  clearUrls: string;
  /** The sets of links, as JSON. */
  links: string;
  passes: number;
  loops: number;
}

/** Shares are null where nothing was to be shared. */
export interface LinkScore {
  recall: number | null;
  precision: number | null;
  spoilt: number;
  threw: number;
  links: number;
}

export interface Converted {
  rules: number;
  /** Lines that no rule could be made of. */
  refused: number;
  /** Of the rules as JSON, which is what an extension ships or stores. */
  bytes: number;
}

export interface ConvertingEngine {
  name: string;
  prepare?(): Promise<void>;
  /** Converts a list to rules of declarativeNetRequest, as objects. */
  convert(list: string): Promise<{ rules: object[]; refused: number }>;
}

export interface ConversionFigures extends Converted {
  name: string;
  first: number;
  later: number;
}

export interface CleaningFigures {
  name: string;
  load: number;
  firstPass: number;
  all: number;
  real: number;
  p50: number;
  p99: number;
  own: LinkScore;
  adGuard: LinkScore;
  clearUrls: LinkScore;
}
