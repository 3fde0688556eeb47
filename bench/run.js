// Measures the parts that are asked for and prints Markdown. `scripts/bench.mjs` builds and installs what this needs.

import { cpus } from 'node:os';
import { readArguments } from './parts.js';

const { parts, rounds, beside } = readArguments(process.argv.slice(2));
const { model = 'unknown processor' } = cpus()[0] ?? {};
console.log(
  `${cpus().length} cores (${model}), Node ${process.version}, ${process.platform}, medians of ${rounds} rounds.`,
);
for (const part of parts) {
  const { report } = await import(`./${part}/part.js`);
  console.log(`\n${await report(rounds, { beside })}`);
}
