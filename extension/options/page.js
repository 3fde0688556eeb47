/** The settings page: reads, shows, and writes what is chosen. */

import { h, show } from '../shared/dom.js';
import { fromFile, NotTaken, toFile } from '../shared/exchange.js';
import * as settings from '../shared/settings.js';
import { siteOf } from '../shared/site.js';
import { nameLanguage, text } from '../shared/text.js';
import { render } from './view.js';

/** @import { Settings } from '../types.js' */
/** @import { Actions, Notice } from './view.js' */

const root = /** @type {HTMLElement} */ (document.getElementById('settings'));
const said = /** @type {HTMLElement} */ (document.getElementById('said'));

/** @type {Settings} */
let chosen;

/** @type {Notice | undefined} */
let notice;

/** @type {Actions} */
const actions = {
  change: (change) => settings.update(change),
  leaveAlone,
  exportFile,
  importFile,
  reset,
};

/** A host, or any address of the site. @param {string} typed */
function leaveAlone(typed) {
  const host = siteOf(/^https?:/i.test(typed) ? typed : `https://${typed.trim()}`);
  if (!host) return say(text('leftWrong', typed), true);
  settings.update((now) => settings.withLinksOff(now, host));
}

function exportFile() {
  const now = new Date();
  const file = new Blob([toFile(chosen, now)], { type: 'application/json' });
  const href = URL.createObjectURL(file);
  h('a', { href, download: `detick-${now.toISOString().slice(0, 10)}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

function importFile() {
  const input = h('input', { type: 'file', accept: 'application/json,.json' });
  input.addEventListener('change', () => {
    if (input.files?.[0]) take(input.files[0]);
  });
  input.click();
}

/** @param {File} file */
async function take(file) {
  try {
    const taken = fromFile(await file.text());
    await settings.update(() => taken);
    say(text('imported'), false);
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error;
    say(text(error.key, ...error.values), true);
  }
}

async function reset() {
  if (!confirm(text('resetSure'))) return;
  await settings.update(() => settings.DEFAULTS);
  say(text('resetDone'), false);
}

/** @param {string} words @param {boolean} isWrong */
function say(words, isWrong) {
  notice = { words, isWrong };
  said.textContent = words;
  show(root, render(chosen, notice, actions));
}

nameLanguage();
document.title = text('settingsTitle');
settings.follow((now) => {
  chosen = now;
  show(root, render(chosen, notice, actions));
});
