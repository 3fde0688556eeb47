// The parts of the bench, by name. This file needs nothing that is installed: names are checked before anything is.

import { parseArgs } from 'node:util';

/** @typedef {'matching' | 'lists' | 'links' | 'conversion' | 'export' | 'growth' | 'browser'} PartName */

/** @type {Record<PartName, string>} */
export const PARTS = {
  matching: 'requests decided with EasyList and EasyPrivacy, by every engine',
  lists: "requests decided with Detick's own lists, and with nine big ones",
  links: 'links cleaned',
  conversion: "lists converted to browsers' rules",
  export: 'whether other engines read our exported lists as Detick decides',
  growth: 'time and memory from 1,000 filters to half a million, or as many as there are',
  browser: 'cold start, page load, heavy pages, popup and memory in Chromium and Firefox',
};

const NAMES = /** @type {PartName[]} */ (Object.keys(PARTS));

export const USAGE = `npm run bench [-- [PART …] [--rounds N] [--beside FOLDER]]

Measures all parts, or those that are named:
${NAMES.map((name) => `  ${name.padEnd(12)}${PARTS[name]}`).join('\n')}

Each is measured N times (3 if not said), engines in turn; figures are medians over these rounds.
FOLDER holds another blocker's unpacked extension, which the part “browser” loads pages with.`;

/**
 * @param {string[]} args of the command line
 * @returns {{ parts: PartName[], rounds: number, beside?: string, help: boolean }}
 * @throws {Error} with a sentence for the person who typed them
 */
export function readArguments(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '3' },
      beside: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.find((name) => !isPart(name));
  if (unknown !== undefined) throw new Error(`There is no part “${unknown}”. There are: ${NAMES.join(', ')}.`);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds needs a whole number above 0.');
  const parts = positionals.filter(isPart);
  return { parts: parts.length > 0 ? parts : NAMES, rounds, beside: values.beside, help: values.help };
}

/** @param {string} name @returns {name is PartName} */
function isPart(name) {
  return Object.hasOwn(PARTS, name);
}
