export type BrowserName = 'chromium' | 'firefox';
/** How many rules may be made: what the browser takes of dynamic ones, less those that the extension needs itself. */
export interface Budget {
  rules: number;
  /** Of those: how many may redirect or change headers. */
  unsafe: number;
  /** Of those: how many may have a regex. */
  regex: number;
}
/** The engine, as reports ask it: its answers, each as JSON. */
export interface ReportAnswers {
  listBit(name: string): number;
  place(url: string): string;
  check(url: string, sourceUrl: string, type: string, method: string, off: number): string;
  tracker(host: string): string;
  clean(url: string): string;
  told(url: string): string;
}
/** How a report is wanted. */
export interface ReportWish {
  /** What it calls the recording. */
  name: string;
  /** Detick's version. */
  version: string;
  /** When it is made, ms since 1970. */
  made: number;
  /** Whether it repeats values, and not kinds alone. */
  values: boolean;
  /** A page of HTML; otherwise JSON, as in docs/report.schema.json. */
  html: boolean;
}
/** What a list says about itself. */
export interface ListFacts {
  title?: string;
  version?: string;
  homepage?: string;
  licence?: string;
  /** After how many hours it wants to be fetched again, between 6 and 720. */
  expiresHours?: number;
  /** How many filters were read. */
  filters: number;
  /** Files that it includes in this browser, as written. Each is to be added as a list of its own. */
  includes: { line: number; file: string }[];
}
/** Something about a line that its author should know. */
export interface LineComplaint {
  line: number;
  /** Counted in characters from 1. */
  column: number;
  /**
   * It could not be read; only a trusted list may have it; it is a filter that rules cannot say; it is in force, but
   * looks wrong.
   */
  kind: 'unread' | 'unprivileged' | 'beyond' | 'advice';
  /** A short name of what is wrong, which does not change. */
  code: string;
  /** What of the line `why` names, in its order. */
  named: string[];
  /** A sentence in English. */
  why: string;
  /** The line, clipped. */
  text: string;
}
/**
 * What became of a list's lines: `lines` is the sum of the other numbers. `refused` lines are beyond what rules can say
 * and `left` ones beyond the budget: where the engine decides requests live, it still does what it can.
 */
export interface ListReport {
  name: string;
  lines: number;
  comments: number;
  cosmetic: number;
  unread: number;
  unprivileged: number;
  cancelled: number;
  converted: number;
  refused: number;
  left: number;
  complaints: LineComplaint[];
  refusals: (Pick<LineComplaint, 'code' | 'named' | 'why'> & {
    count: number;
    examples: { line: number; text: string }[];
  })[];
  leftExamples: number[];
}
/** `lists` has those from the web first, then the user's own, each in the order in which they were added. */
export interface CompileReport {
  lists: ListReport[];
  rules: number;
  unsafe: number;
  regex: number;
  /** Rules that were made and did not fit. */
  leftRules: number;
}
/** Why a body is no list. */
export interface Unfit {
  code: 'empty' | 'too-large' | 'html' | 'binary' | 'no-filters';
  why: string;
}
