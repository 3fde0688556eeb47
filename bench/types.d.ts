/** What the engines have in common. Texts in, numbers out: nobody is handed anything parsed. */

/** 0: nothing to say, 1: stopped (also: answered with a stand-in), 2: stopped, were it not for an exception. */
export type Decision = 0 | 1 | 2;

/** An engine with lists in it. */
export interface Loaded {
  decide(url: string, sourceUrl: string, type: string): Decision;
  /** What an extension would store, to be back soon. */
  save?(): Promise<Uint8Array> | Uint8Array;
  /** Makes an engine of that, ready to decide. */
  restore?(saved: Uint8Array): Promise<unknown> | unknown;
  /** Memory outside of JavaScript's heap that the engine holds, in bytes. */
  outside?(): number;
}

export interface MatchingEngine {
  /** Program and version. */
  name: string;
  /** Once per process, before anything is timed: what a bundled program has at hand. */
  prepare?(): Promise<void>;
  load(lists: string[]): Promise<Loaded> | Loaded;
}
