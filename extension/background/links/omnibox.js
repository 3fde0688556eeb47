/** `detick <link>` in the address bar shows and opens the clean link. */

import { cleanLink, isLoneLink } from '../../engine/links.js';
import { api, suggestsInXml } from '../../shared/browser.js';
import { text } from '../../shared/text.js';

/** Starts listening. To be called synchronously when the background starts; phones have no such keywords. */
export function watch() {
  if (!api.omnibox) return;
  api.omnibox.onInputChanged.addListener(suggest);
  api.omnibox.onInputEntered.addListener(open);
}

/** @param {string} typed @param {(suggestions: chrome.omnibox.SuggestResult[]) => void} show */
async function suggest(typed, show) {
  const link = linkIn(typed);
  const clean = link ? (await cleanLink(link)).url : '';
  api.omnibox.setDefaultSuggestion({ description: shown(clean ? text('omniboxOpen', clean) : text('omniboxHint')) });
  show(clean && clean !== typed ? [{ content: clean, description: shown(clean) }] : []);
}

/** @param {string} typed @param {`${chrome.omnibox.OnInputEnteredDisposition}`} disposition */
async function open(typed, disposition) {
  const link = linkIn(typed);
  if (!link) return;
  const { url } = await cleanLink(link);
  if (disposition === 'currentTab') await api.tabs.update({ url });
  else await api.tabs.create({ url, active: disposition === 'newForegroundTab' });
}

/** The link that was typed, with or without its scheme; nothing for anything else. @param {string} typed */
export function linkIn(typed) {
  const trimmed = typed.trim();
  if (isLoneLink(trimmed)) return trimmed;
  return /^[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?$/.test(trimmed) ? `https://${trimmed}` : '';
}

/** @param {string} words */
function shown(words) {
  return suggestsInXml ? words.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`) : words;
}
