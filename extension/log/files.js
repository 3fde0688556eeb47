/**
 * The log as a file of JSON lines, as in `docs/log-files.md`; `shared/har.js` writes the other form.
 *
 * @import { Entry } from './entries.js'
 */

import { dateOf, savable } from '../shared/har.js';

/**
 * One request a line, oldest first: `url`, `sourceUrl`, `type` and `method` as `detick check --batch` reads them, and
 * what became of it.
 *
 * @param {readonly Entry[]} entries oldest first
 * @returns {string} JSON lines
 */
export function toLines(entries) {
  const lines = savable(entries).map(({ id: _, isPrivate: __, isEarlier, time, asker, url, type, method, ...rest }) =>
    JSON.stringify({
      time: dateOf(time),
      url,
      sourceUrl: asker,
      type,
      method,
      ...rest,
      ...(isEarlier && { withoutQuery: true }),
    }),
  );
  return lines.map((line) => `${line}\n`).join('');
}
