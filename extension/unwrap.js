/**
 * A rule sends navigations here that only the engine can clean: to a redirector, where the link leads is decoded and
 * opened, and the redirector is never asked. The whole link stands behind `#`. Anyone may open this page with any link,
 * so it goes on only to what the engine makes of it, and with no more rights than any page has. A link that is left as
 * it is goes on as it is.
 *
 * Sole writer of storage.session `unwrapped`.
 */

import { engine } from './engine/engine.js';
import { cleanWith } from './engine/links.js';
import { api } from './shared/browser.js';
import { element } from './shared/element.js';
import { leaveFor } from './shared/leaving.js';
import { ask } from './shared/messages.js';
import { hostOf } from './shared/site.js';
import { nameLanguage, text } from './shared/text.js';
import * as keys from './stored/keys.js';
import * as settings from './stored/settings.js';

const SOON_MS = 10_000;
/**
 * How often one tab may be led to the same place in that time: a destination that leads back here would have no end.
 */
const TIMES = 2;

/** The start of a link is enough to let it past. */
const LONGEST_PASSED = 65_536;

/** The engine leaves all but web addresses as they are, and the background lets nobody past to anything else. */
async function go() {
  const link = location.hash.slice(1);
  const [ready, chosen] = await Promise.all([engine(), settings.load()]);
  const { url } = cleanWith(ready, chosen, link, 'navigation');
  if (url !== link && !(await leadsBack(url))) await leaveFor(url);
  await ask('passUnwrapping', { url: link.slice(0, LONGEST_PASSED) });
  await leaveFor(link);
}

/**
 * Whether this tab has been led to a place again and again. Kept where it outlives this page and the background.
 *
 * @param {string} url
 * @returns {Promise<boolean>}
 */
async function leadsBack(url) {
  const [tab, stored = [], place] = await Promise.all([api.tabs.getCurrent(), keys.get('unwrapped'), digest(url)]);
  const now = Date.now();
  const led = stored.filter((one) => now - one.ms < SOON_MS);
  const times = led.filter((one) => one.tabId === tab?.id && one.place === place).length;
  await keys.put('unwrapped', [...led, { tabId: tab?.id, place, ms: now }]);
  return times >= TIMES;
}

/** @param {string} url @returns {Promise<string>} a number for host and path, from which they cannot be read */
async function digest(url) {
  const bytes = new TextEncoder().encode(url.replace(/[?#].*$/s, ''));
  const [first] = new BigUint64Array(await crypto.subtle.digest('SHA-256', bytes));
  return String(first);
}

/**
 * Nothing that can be opened, or something went wrong: whoever presses the button sees where it goes.
 *
 * @param {string} link
 */
function showLink(link) {
  nameLanguage();
  const open = () => leaveFor(link).catch((error) => console.error('Detick: the link could not be opened.', error));
  const canBeOpened = hostOf(link) !== '';
  const button = element('button', { class: 'main' }, text('unwrapOpen'));
  button.addEventListener('click', open);
  const brand = element('p', { class: 'brand' });
  brand.append(element('img', { src: api.runtime.getURL('icons/on-128.png'), alt: '' }), text('name'));
  document
    .getElementById('content')
    ?.replaceChildren(
      brand,
      element('h1', {}, text('unwrapFailed')),
      element('p', {}, text('unwrapFailedMore')),
      canBeOpened ? element('p', {}, text('unwrapOpenMore')) : '',
      element('code', {}, link),
      canBeOpened ? button : '',
    );
}

go().catch((error) => {
  console.error('Detick: the link could not be unwrapped.', error);
  showLink(location.hash.slice(1));
});
