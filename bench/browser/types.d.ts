/** What the measurements in browsers have in common. */

import type { launch } from '../../harness/browser.js';
import type { World } from '../../harness/world.js';

export type BrowserName = 'chromium' | 'firefox';
export type Browser = Awaited<ReturnType<typeof launch>>;

export interface Plan {
  world: World;
  /** The extension as it ships. */
  extensionDir: string;
  /** Another blocker, unpacked, to be measured beside it. */
  beside?: string;
  rounds: number;
}

/** One figure of the table: what it is, and what each round gave. */
export interface Row {
  title: string;
  unit: 'ms' | 'MB' | 'times';
  values: number[];
}

export type Measurement = (name: BrowserName, plan: Plan) => Promise<Row[]>;
