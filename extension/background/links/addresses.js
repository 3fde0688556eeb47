/**
 * Addresses that change without a request: single-page sites, and what rules cannot say (fragments, encoded names). The
 * entry in the history is replaced, its state kept; a page that puts back what was taken out has it.
 *
 * @import { Arrival } from '../../types.js'
 */

import { engine } from '../../engine/engine.js';
import { cleanWith } from '../../engine/links.js';
import { api, canBlock } from '../../shared/browser.js';
import { siteOf } from '../../shared/site.js';
import * as settings from '../../stored/settings.js';
import { comesBack } from '../requests/breaker.js';
import * as counts from '../requests/counts.js';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.webNavigation.onHistoryStateUpdated.addListener(tidy, { url: [{ queryContains: '=' }] });
  api.webNavigation.onReferenceFragmentUpdated.addListener(tidy);
  // Where the engine sees navigations before they leave, a committed address is clean already.
  if (!canBlock) api.webNavigation.onCommitted.addListener(tidy, { url: [{ schemes: ['http', 'https'] }] });
}

/** @param {{ tabId: number, frameId: number, url: string, documentLifecycle?: string }} details */
async function tidy({ tabId, frameId, url, documentLifecycle }) {
  if (frameId !== 0 || documentLifecycle === 'prerender' || !/[?#].*=/s.test(url)) return;
  const [ready, chosen] = await Promise.all([engine(), settings.load()]);
  if (!chosen.cleanOpened || settings.isPaused(chosen, siteOf(url))) return;
  const cleaned = cleanWith(ready, chosen, url, 'navigation');
  if (cleaned.url === url || cleaned.unwrapped.length > 0) return;
  if (comesBack(tabId, cleaned.url, `the page's ${cleaned.url}`) !== 'no') return;
  await replaceAddress(tabId, { from: url, ...cleaned });
}

/** @param {number} tabId @param {Arrival} arrival */
async function replaceAddress(tabId, arrival) {
  try {
    const [answer] = await api.scripting.executeScript({
      target: { tabId },
      world: 'MAIN', // Firefox hands another world a copy of the page's state
      injectImmediately: true,
      func: replaceInHistory,
      args: [arrival.from, arrival.url],
    });
    if (answer?.result === true) counts.tidied(tabId, arrival);
  } catch {
    // The tab has moved on, or lets no script in: the address stays.
  }
}

/**
 * Runs in the page, which may have put its own function over `history.replaceState` to follow its own changes.
 *
 * @param {string} from
 * @param {string} to
 */
function replaceInHistory(from, to) {
  if (location.href !== from) return false;
  History.prototype.replaceState.call(history, history.state, '', to);
  return location.href === to;
}
