// `npm run test:defences`: takes out each defence that SECURITY.md names, one at a time, and wants its test to turn
// red.
//
// Works in a copy of the repository, which has to be built (`cargo xtask build`). Words behind `--` choose rows that
// have them. BROWSER says in which browser the browser specs run: Chromium if it does not. All output is kept in
// .cache/defences/.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXTENSION_DIR, requireBuilt } from '../harness/extension.js';
import { defences, flawOf } from './defences/rows.mjs';
import { changed, refresh, TREE } from './defences/tree.mjs';
import { tried } from './defences/trial.mjs';
import { ROOT } from './setup.mjs';

/** @typedef {import('./defences/rows.mjs').Defence} Defence */
/** @typedef {import('./defences/trial.mjs').Colour} Colour */

/** @typedef {{defence: Defence, colour: Colour | string, seconds: number}} Result */

const LOGS = join(ROOT, '.cache/defences');

/**
 * Tests that are green as long as nothing is taken out, so that red means something.
 *
 * @type {Map<string, Promise<Colour>>}
 */
const untouched = new Map();

/** @param {Defence} defence @returns {Promise<Colour>} */
function untouchedColour({ test, name }) {
  const key = `${test} ${name}`;
  const known = untouched.get(key) ?? tried(`with it: ${name}`, test, name).then(({ colour }) => colour);
  untouched.set(key, known);
  return known;
}

/** @param {Defence} defence @param {number} index @returns {Promise<Result>} */
async function tryOut(defence, index) {
  const flaw = flawOf(defence, TREE);
  if (flaw) return { defence, colour: flaw, seconds: 0 };
  const before = await untouchedColour(defence);
  if (before !== 'green') return { defence, colour: `${before} with it`, seconds: 0 };
  const { test, name } = defence;
  const { colour, seconds, output } = await changed(defence, () => tried(`without: ${defence.defence}`, test, name));
  writeFileSync(join(LOGS, `${index + 1}.log`), `${defence.defence}\n\n${output}`);
  console.log(`${colour}: ${defence.defence}`);
  return { defence, colour, seconds };
}

/** @param {Result[]} results @returns {string} Markdown */
function table(results) {
  const rows = results.map(({ defence: { who, threat, defence, test, name }, colour, seconds }) =>
    ['', `${who}: ${threat}`, defence, `\`${test}\`: “${name}”`, colour, seconds.toFixed(0), ''].join(' | ').trim(),
  );
  return ['| threat | defence taken out | test | it turns | seconds |', '|---|---|---|---|---|', ...rows].join('\n');
}

process.chdir(ROOT);
requireBuilt(EXTENSION_DIR);
mkdirSync(LOGS, { recursive: true });
refresh();
const words = process.argv.slice(2);
const chosen = defences().filter((row) => words.every((word) => JSON.stringify(row).includes(word)));
/** @type {Result[]} */
const results = [];
for (const [index, defence] of chosen.entries()) results.push(await tryOut(defence, index));
const report = table(results);
writeFileSync(join(LOGS, 'table.md'), `${report}\n`);
const red = results.filter(({ colour }) => colour === 'red').length;
console.log(`\n${report}\n\n${red} passed, ${results.length - red} failed, 0 skipped`);
if (red < results.length || red === 0) process.exitCode = 1;
