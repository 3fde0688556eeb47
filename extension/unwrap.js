/**
 * A rule sends navigations to a redirector here, the whole link behind `#`: where it leads is decoded and opened, and the
 * redirector is never asked. Anyone may open this page with any link, so it goes on only to what the engine makes of it; any
 * other link is shown, not opened.
 */

import { engine } from './background/engine.js';
import { cleanWith } from './background/links.js';
import { h } from './shared/dom.js';
import * as settings from './shared/settings.js';
import { nameLanguage, text } from './shared/text.js';

/** @import { Engine, Settings } from './types.js' */

/**
 * Where a link leads without its redirector; nothing if it is none.
 *
 * @param {Engine} engine
 * @param {Settings} chosen
 * @param {string} link
 */
export function destination(engine, chosen, link) {
  if (!/^https?:\/\//i.test(link)) return undefined;
  const { url } = cleanWith(engine, chosen, link, 'navigation');
  return url !== link && /^https?:\/\//i.test(url) ? url : undefined;
}

async function go() {
  const link = location.hash.slice(1);
  const [ready, chosen] = await Promise.all([engine(), settings.load()]);
  const url = destination(ready, chosen, link);
  if (url) location.replace(url);
  else showLink(link);
}

/** @param {string} link */
function showLink(link) {
  nameLanguage();
  const isOpenable = /^https?:\/\//i.test(link) && URL.canParse(link);
  const content = document.getElementById('content');
  content?.replaceChildren(
    h('h1', {}, text('unwrapFailed')),
    h('p', {}, text('unwrapFailedMore')),
    h('code', {}, link),
    isOpenable ? h('button', { class: 'main', onclick: () => location.replace(link) }, text('unwrapOpen')) : '',
  );
}

if (globalThis.document) {
  go().catch((error) => {
    console.error('Detick: the link could not be unwrapped.', error);
    showLink(location.hash.slice(1));
  });
}
