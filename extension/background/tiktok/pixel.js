/**
 * What the pixel would have reported of each page, as its surrogate counted; sole writer of storage.session `pixel:ID`.
 *
 * A page can count up whatever it likes: so names are short, few, and shown for what they are.
 *
 * @import { Messages, PixelRecord } from '../../types.js'
 */

import { api } from '../../shared/browser.js';
import { siteOf } from '../../shared/site.js';
import * as keys from '../../stored/keys.js';

const NAME_LENGTH = 50;
const NAMES_KEPT = 50;

/** What the pixel takes as identity, in its own words. */
const IDENTITY = new Set([
  'email',
  'phone_number',
  'external_id',
  'first_name',
  'last_name',
  'city',
  'state',
  'country',
  'zip_code',
]);

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.webNavigation.onCommitted.addListener(({ tabId, frameId }) => {
    if (frameId === 0) write(tabId, () => undefined);
  });
  api.tabs.onRemoved.addListener((tabId) => write(tabId, () => undefined));
}

/**
 * Adds what a page's surrogate counted.
 *
 * @param {Messages['pixelCalls'][0]} payload
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<undefined>}
 * @throws {Error} if it is not a tab that tells
 */
export async function pixelCalls({ events, identity }, sender) {
  const tab = sender.tab;
  if (tab?.id === undefined) throw new Error('Only a page can have called the pixel.');
  await write(tab.id, (record) =>
    withCalls(record ?? { site: siteOf(tab.url ?? sender.url), events: {}, identity: [] }, { events, identity }),
  );
}

/**
 * @param {PixelRecord} record
 * @param {Messages['pixelCalls'][0]} calls
 * @returns {PixelRecord}
 */
export function withCalls(record, { events, identity }) {
  const sum = { ...record.events };
  for (const [name, count] of Object.entries(events)) {
    const short = name.slice(0, NAME_LENGTH);
    if (Object.hasOwn(sum, short) || Object.keys(sum).length < NAMES_KEPT)
      sum[short] = (sum[short] ?? 0) + Number(count);
  }
  const known = identity.filter((kind) => IDENTITY.has(kind));
  return { ...record, events: sum, identity: [...new Set([...record.identity, ...known])] };
}

/**
 * @param {number} tabId
 * @param {(record: PixelRecord | undefined) => PixelRecord | undefined} next
 */
function write(tabId, next) {
  return keys.change('pixel', next, tabId);
}
