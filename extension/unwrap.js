/**
 * A rule sends navigations to a redirector here, the whole link behind `#`: where it leads is decoded and opened, and the
 * redirector is never asked. Anyone may open this page with any link, so it goes on only to what the engine makes of it,
 * and with no more rights than any page has. A link that it cannot unwrap goes on as it is.
 */

import { engine } from './background/engine.js';
import { cleanWith } from './background/links.js';
import { h } from './shared/dom.js';
import { ask } from './shared/messages.js';
import * as settings from './shared/settings.js';
import { nameLanguage, text } from './shared/text.js';

/** The engine leaves all but web addresses as they are, and the background lets nobody past to anything else. */
async function go() {
  const link = location.hash.slice(1);
  const [ready, chosen] = await Promise.all([engine(), settings.load()]);
  const { url } = cleanWith(ready, chosen, link, 'navigation');
  if (url === link) await ask('passUnwrapping', { url: link });
  forward(url);
}

/**
 * Goes on from a frame that is nobody: a page of an extension that may see all sites is trusted by them, and would show them
 * even the cookies that they keep from links (SameSite=Strict). Measured in Chromium 156.
 *
 * @param {string} url
 */
function forward(url) {
  const frame = h('iframe', { sandbox: 'allow-scripts allow-top-navigation', src: 'forward.html', hidden: true });
  frame.addEventListener('load', () => frame.contentWindow?.postMessage(url, '*'));
  document.body.append(frame);
}

/** Nothing that can be opened, or something went wrong: whoever presses the button sees where it goes. @param {string} link */
function showLink(link) {
  nameLanguage();
  const isOpenable = /^https?:\/\//i.test(link) && URL.canParse(link);
  document
    .getElementById('content')
    ?.replaceChildren(
      h('h1', {}, text('unwrapFailed')),
      h('p', {}, text('unwrapFailedMore')),
      h('code', {}, link),
      isOpenable ? h('button', { class: 'main', onclick: () => location.replace(link) }, text('unwrapOpen')) : '',
    );
}

go().catch((error) => {
  console.error('Detick: the link could not be unwrapped.', error);
  showLink(location.hash.slice(1));
});
