// Measures the parts that are asked for and prints Markdown. `scripts/bench.mjs` builds and installs what this needs.

import { cpus } from 'node:os';
import { readArguments } from './parts.js';

const { parts, rounds, beside } = readArguments(process.argv.slice(2));
const { model = 'unknown processor' } = cpus()[0] ?? {};
console.log(
  `${cpus().length} cores (${model}), Node ${process.version}, ${process.platform}, medians of ${rounds} rounds.`,
);
for (const part of parts) {
  try {
    const { report } = await import(`./${part}/part.js`);
    console.log(`\n${await report(rounds, { beside })}`);
  } catch (error) {
    // What one part lacks the others may have.
    console.error(`The part “${part}” cannot be measured here: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
