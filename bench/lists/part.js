// Requests decided with other sets of lists: the few that come with Detick, and many that people add.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, NINE, requestFile } from '../lib/data.js';
import { BASELINE, matchingTables, measureMatching } from '../matching/part.js';

const FILTERS = join(import.meta.dirname, '../../filters');
/** What of them speaks of requests. */
const OWN = ['tiktok.txt', 'embeds.txt', 'player.txt', 'visitor.txt', 'lockout.txt'];

/** @param {number} rounds @returns {string} Markdown */
export function report(rounds) {
  const requests = requestFile();
  const nine = listFiles(NINE);
  const own = OWN.filter((name) => readdirSync(FILTERS).includes(name)).map((name) => join(FILTERS, name));
  const [first, second] = [
    measureMatching({ lists: own, requests: requests.file, rounds, engines: ['detick', 'detick-native', BASELINE] }),
    measureMatching({
      lists: nine.files,
      requests: requests.file,
      rounds,
      engines: ['detick', 'detick-native', BASELINE, 'adblock-rs', 'ghostery'],
    }),
  ];
  return [
    "## Requests, Detick's own lists",
    `Lists: ${OWN.join(', ')}. Requests: ${requests.says}.`,
    matchingTables(first),
    '## Requests, nine big lists',
    `Lists: ${nine.says}. Requests: ${requests.says}.`,
    matchingTables(second),
  ].join('\n\n');
}
